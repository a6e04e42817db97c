import { eraseKeys } from '../lib/erase-keys.ts';
import { matchesCookie } from '../model/match-cookie.ts';
import { matchesKey } from '../model/match-key.ts';
import type { Choices, GateEntry, Service } from '../types.ts';
import type { Effect } from './effect.ts';

/**
 * Removes what denied services have stored: cookies, and keys of every storage that the policy names. At each
 * decision, and at each load for what was written after it or could not be seen from another page. What a
 * service that is not denied declares too stays.
 */
export const startErase: Effect = ({ policy, state, jar, record }) => {
  const erase = (choices: Choices, before?: Choices) => {
    // Also what was granted and is forgotten: nobody has refused it, and nobody allows it any more.
    const isDenied = ({ id }: Service) =>
      choices[id] === 'denied' ||
      (before?.[id] === 'granted' && !choices[id]) ||
      // Nobody can allow it.
      !(policy.isAsked(id) || policy.isRequired(id));
    const denied = policy.services.filter(isDenied);
    // Who has refused nothing, as on most pages, has nothing looked up.
    if (!denied[0]) return;
    const others = policy.services.filter((service) => !isDenied(service));
    const seen = jar.names();

    const tell = (service: string, kind: NonNullable<GateEntry['kind']>, name: string, isGone: boolean) =>
      record({ action: isGone ? 'erased' : 'kept', service, kind, name });
    const isOthers = (name: string) =>
      name === policy.scope.cookieName ||
      others.some(({ cookies = [] }) => cookies.some((one) => matchesCookie(one, name)));

    for (const { id, cookies = [] } of denied) {
      for (const declared of cookies) {
        for (const name of seen) {
          if (!matchesCookie(declared, name) || isOthers(name)) continue;
          tell(id, 'cookie', name, jar.remove(name, declared));
        }
        // One for another path is not seen from here.
        if (before && declared.path && declared.name && !isOthers(declared.name)) {
          jar.remove(declared.name, declared);
        }
      }
    }
    // Each storage is asked once for what it has.
    for (const kind of new Set(denied.flatMap(({ storage = [] }) => storage.map(({ kind }) => kind)))) {
      const declares = (name: string) => (service: Service) =>
        service.storage?.some((one) => one.kind === kind && matchesKey(one.key, name));
      const isMeant = (name: string) => denied.some(declares(name)) && !others.some(declares(name));
      void eraseKeys(kind, isMeant, (name, isGone) =>
        tell(denied.find(declares(name))?.id ?? '', kind, name, isGone),
      );
    }
  };
  erase(state.$choices.get());
  return state.$choices.listen(erase);
};
