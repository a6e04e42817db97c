import type { ConsentEvent, Policy } from '../types.ts';
import { attributeDoors } from './attribute-doors.ts';
import { cookieDoors } from './cookie-doors.ts';
import { createHeldElements } from './held-elements.ts';
import { htmlDoors } from './html-doors.ts';
import { createJournal } from './journal.ts';
import { networkDoors } from './network-doors.ts';
import { type Patched, patch } from './patch.ts';
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

  for (const [target, keys, door] of [
    ...attributeDoors(held),
    ...htmlDoors(rules, held),
    ...networkDoors(rules, journal),
    ...cookieDoors(rules, journal),
  ]) {
    for (const key of keys) patch(target, key, door, onPatch);
  }
  watchParser(held);
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
      over && { signal: over },
    );
  }
}
