import { matchesCookie } from '../model/match-cookie.ts';
import { hostRule, parseAddress } from '../policy/host-rule.ts';
import { isRequiredCategory } from '../policy/required.ts';
import type { Choices, Policy, Service } from '../types.ts';

/** What the policy says about addresses and cookie names, as long as the choices are what they are. */
export interface Rules {
  /**
   * The denied service that the value of an attribute belongs to. Undefined when it may be requested.
   * @param base what a relative address is relative to
   * @param name the attribute: `srcset` and `srcdoc` have several addresses. @default one address
   */
  deniedSource(value: string, base: string, name?: string): string | undefined;
  /** The denied service that a cookie of this name belongs to. Undefined when it may be written. */
  deniedCookie(name: string): string | undefined;
  /** @param choices null: everything is granted from now on */
  decide(choices: Choices | null | undefined): void;
}

/** Denies everything that is not required until `decide` says otherwise. */
export function createRules({ categories, services }: Pick<Policy, 'categories' | 'services'>): Rules {
  let known: Choices | null | undefined = {};
  const isGranted = ({ id, category }: Service) =>
    !known ||
    (known[id] ?? known[category]) === 'granted' ||
    categories.some((one) => one.id === category && isRequiredCategory(one));
  /** What several services use may be used once any of them is granted. */
  const denied = (uses: (service: Service, index: number) => boolean | undefined) => {
    const users = services.filter(uses);
    return users.some(isGranted) ? undefined : users[0]?.id;
  };
  const hosts = services.map((service) => service.hosts?.map(hostRule));

  return {
    deniedSource(value, base, name = '') {
      // Whatever may be an address in a list, or in a page that is a text.
      for (const address of value.split(/^src./.test(name) ? /[\s,"'<>=]+/ : /$^/)) {
        const url = parseAddress(address, base);
        const service = url && denied((_, index) => hosts[index]?.some((isMeant) => isMeant(url)));
        if (service) return service;
      }
      return undefined;
    },
    deniedCookie: (name) =>
      denied(({ cookies }) => cookies?.some((declared) => matchesCookie(declared, name))),
    decide(choices) {
      known = choices;
    },
  };
}
