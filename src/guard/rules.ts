import { matchesCookie } from '../model/match-cookie.ts';
import { hostRule, parseAddress } from '../policy/host-rule.ts';
import { isRequiredCategory } from '../policy/required.ts';
import type { Choices, Policy, Service } from '../types.ts';

/** What the policy says about addresses and cookie names, as long as the choices are what they are. */
export interface Rules {
  /** The denied service that an address belongs to. Undefined when it may be requested. */
  deniedAddress(address: string, base: string): string | undefined;
  /** The denied service that a cookie of this name belongs to. Undefined when it may be written. */
  deniedCookie(name: string): string | undefined;
  /** False when a text of HTML surely holds no address of any service: a quick look that spares a slow one. */
  mentions(html: string): boolean;
  /** @param choices null: everything is granted from now on */
  decide(choices: Choices | null): void;
}

/** Denies everything that is not required until `decide` says otherwise. */
export function createRules({ categories, services }: Pick<Policy, 'categories' | 'services'>): Rules {
  let known: Choices | null = {};
  const isGranted = ({ id, category }: Service) =>
    !known ||
    (known[id] ?? known[category]) === 'granted' ||
    categories.some((one) => one.id === category && isRequiredCategory(one));
  /** What several services use may be used once any of them is granted. */
  const denied = (uses: (service: Service) => boolean | undefined) => {
    const users = services.filter(uses);
    return users.some(isGranted) ? undefined : users[0]?.id;
  };
  const hosts = new Map(services.map((service) => [service, service.hosts?.map(hostRule)]));
  // A relative address has no host in it, and is meant by a rule with a path at most.
  const marks = services
    .flatMap((service) => service.hosts ?? [])
    .map((rule) => (/\/.*/.exec(rule)?.[0] ?? rule.replace(/^\*\.|:\d+$/g, '')).replace(/\W/g, '\\$&'));
  const mark = RegExp(marks.join('|') || '(?!)', 'i');

  return {
    deniedAddress(address, base) {
      const url = parseAddress(address, base);
      return url && denied((service) => hosts.get(service)?.some((isMeant) => isMeant(url)));
    },
    deniedCookie: (name) =>
      denied(({ cookies }) => cookies?.some((declared) => matchesCookie(declared, name))),
    mentions: (html) => mark.test(html),
    decide(choices) {
      known = choices;
    },
  };
}
