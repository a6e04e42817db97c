import type { ConsentEvent, GateEntry, Policy } from '../types.ts';
import { attributeDoors } from './attribute-doors.ts';
import { cookieDoors } from './cookie-doors.ts';
import { frameDoors } from './frame-doors.ts';
import { createHeldElements } from './held-elements.ts';
import { htmlDoors } from './html-doors.ts';
import { createJournal } from './journal.ts';
import { networkDoors } from './network-doors.ts';
import { type Patched, patch, type Realm } from './patch.ts';
import { createRules } from './rules.ts';
import { watchParser } from './watch-parser.ts';

/** What a policy must have to be a guard's. */
export type GuardPolicy = Pick<Policy, 'categories' | 'services'>;

/**
 * The guard without the way back, which a page that has it pasted in never takes.
 * @param over once it is aborted, everything happens as it would without a guard
 * @param onPatch told of each function of this window that is replaced
 * @throws {TypeError} when the policy has no lists of categories and services
 */
export function install(policy: GuardPolicy, over?: AbortSignal, onPatch?: (patched: Patched) => void): void {
  if (!policy?.categories?.map || !policy.services?.map) {
    throw TypeError('bandeau guard: got no policy');
  }
  const rules = createRules(policy, over);
  const journal = createJournal();
  const held = createHeldElements(rules, journal);
  const entered = new WeakSet();

  const enter = (realm: Realm) => {
    // A frame that has navigated is the same window to its page, with other functions.
    if (entered.has(realm.Element)) return;
    entered.add(realm.Element);
    for (const [target, keys, door] of [
      ...attributeDoors(held, realm),
      ...htmlDoors(rules, held, realm),
      ...networkDoors(rules, journal, realm),
      ...cookieDoors(rules, journal, realm),
      ...frameDoors(realm, enter),
    ]) {
      for (const key of keys) patch(target, key, door, realm === window ? onPatch : undefined);
    }
  };
  enter(window);
  watchParser(held);
  const options = over && { signal: over };
  for (const type of ['bandeau:ready', 'bandeau:change']) {
    document.addEventListener(
      type,
      (event) => {
        const { detail } = event as CustomEvent<ConsentEvent | null>;
        // Clones and the like, as long as it is known who denies them.
        held.collect(document);
        rules.decide(detail?.choices ?? {});
        held.release();
        journal.open();
      },
      options,
    );
  }
  // What the core releases is its to answer for, whether the guard was told of the choice yet or not.
  document.addEventListener(
    'bandeau:gate',
    (event) => {
      const { action, element } = (event as CustomEvent<GateEntry | null>).detail ?? {};
      if (action === 'released' && element) held.free(element);
    },
    options,
  );
}
