import { matchesCookie } from '../model/match-cookie.ts';
import { hostRule, parseAddress } from '../policy/host-rule.ts';
import { isRequiredCategory } from '../policy/required.ts';
import type { Choices, Policy, Service } from '../types.ts';

/** What the policy says about addresses and cookie names, as long as the choices are what they are. */
export interface Rules {
  /**
   * The denied service that one address belongs to. Undefined when it may be requested.
   * @param base what a relative address is relative to
   */
  deniedAddress(address: string, base: string): string | undefined;
  /**
   * The same for the value of an attribute, with or without quotes, which may hold several addresses: a list
   * of images, or the text of a page.
   */
  deniedSource(value: string, base: string): string | undefined;
  /** The denied service that a cookie of this name belongs to. Undefined when it may be written. */
  deniedCookie(name: string): string | undefined;
  decide(choices: Choices): void;
}

/** A relative address, or one that carries its own content; in quotes or without. */
const OWN = /^(["']?data:[^<\0-\x20]*|(?!["']?\/\/)[^:<\\\0-\x20]*)$/;

/**
 * Denies everything that is not required until `decide` says otherwise.
 * @param over once it is aborted, everything is granted
 */
export function createRules(
  { categories, services }: Pick<Policy, 'categories' | 'services'>,
  over?: AbortSignal,
): Rules {
  let known: Choices = {};
  const isGranted = ({ id, category }: Service) =>
    over?.aborted ||
    (known[id] ?? known[category]) === 'granted' ||
    categories.some((one) => one.id === category && isRequiredCategory(one));
  /** What several services use may be used once any of them is granted. */
  const denied = (uses: (service: Service, index: number) => boolean | undefined) => {
    const users = services.filter(uses);
    return users.some(isGranted) ? undefined : users[0]?.id;
  };
  const hosts = services.map((service) => service.hosts?.map(hostRule));
  const { hostname } = location;
  const own = `${location.origin}/`;
  /** No rule speaks of hosts that end like the page's. */
  const isForeign = !JSON.stringify(services.map((service) => service.hosts))
    .toLowerCase()
    .includes(hostname.replace(/.*\.(?=.*\.)/, ''));
  const deniedAddress: Rules['deniedAddress'] = (address, base) => {
    const url = parseAddress(address, base);
    return url && denied((_, index) => hosts[index]?.some((isMeant) => isMeant(url)));
  };

  return {
    deniedAddress,
    deniedSource: (value, base) =>
      // Most addresses of a page, and reading one is slow.
      isForeign && OWN.test(value) && base.startsWith(own)
        ? undefined
        : value
            .match(/[^\s,"'<>]+/g)
            // In the text of a page it may follow its name: src=//…
            ?.flatMap((one) => [one, one.replace(/^[^:=]*=/, '')])
            ?.map((address) => deniedAddress(address, base))
            .find(Boolean),
    deniedCookie: (name) =>
      denied(({ cookies }) => cookies?.some((declared) => matchesCookie(declared, name))),
    decide(choices) {
      known = choices;
    },
  };
}
