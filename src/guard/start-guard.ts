import { listen } from '../lib/listen.ts';
import type { ConsentEvent, Policy } from '../types.ts';
import { attributeDoors } from './attribute-doors.ts';
import { cookieDoors } from './cookie-doors.ts';
import { createHeldElements } from './held-elements.ts';
import { htmlDoors } from './html-doors.ts';
import { createJournal } from './journal.ts';
import { networkDoors } from './network-doors.ts';
import { patch } from './patch.ts';
import { createRules } from './rules.ts';
import { treeDoors } from './tree-doors.ts';
import { examine, watchParser } from './watch-parser.ts';

/**
 * Holds what nobody marked up: elements, requests and cookies that belong to a service of the policy, by its
 * `hosts` and `cookies`, until that service is granted. Call it before anything else in the page runs.
 *
 * It starts with everything denied that is not required, and learns the choices from `bandeau:ready` and
 * `bandeau:change`. Any script of the page could forge those, as it could call `acceptAll()`.
 * What it can't see: docs/guard.md.
 * @returns its stop: puts the browser's functions back. What is held stays held, marked in the document by
 * `data-bandeau-held-…` attributes
 * @throws {TypeError} when the policy has no lists of categories and services
 */
export function startGuard(policy: Pick<Policy, 'categories' | 'services'>): () => void {
  if (!policy?.categories?.map || !policy.services?.map) {
    throw TypeError('bandeau guard: nothing is held: no policy with categories and services');
  }
  const rules = createRules(policy);
  const journal = createJournal();
  const held = createHeldElements(rules, journal);

  const entered = new WeakSet<object>();
  const enter = (realm: typeof globalThis): (() => void)[] => {
    // A frame keeps its window when it goes from one page to another; the functions in it are new.
    if (entered.has(realm.Element)) return [];
    entered.add(realm.Element);
    return [
      ...attributeDoors(held, realm),
      ...htmlDoors(rules, held, realm),
      ...networkDoors(rules, journal, realm),
      ...cookieDoors(rules, journal, realm),
      ...treeDoors(realm, enter, (element) => examine(held, element)),
    ].flatMap(([target, keys, door]) => keys.map((key) => patch(target, key, door)));
  };

  const stops = [
    ...enter(globalThis),
    watchParser(held),
    listen<CustomEvent<ConsentEvent | null>>(document, ['bandeau:ready', 'bandeau:change'], ({ detail }) => {
      rules.decide(detail?.choices ?? {});
      held.release();
      journal.open();
    }),
  ];
  return () => {
    // For doors that somebody put another in front of, and for those in frames.
    rules.decide(null);
    for (const stop of stops) stop();
  };
}
