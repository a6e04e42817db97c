import { type NormalizedPolicy, normalizePolicy, type Visitor } from '../policy/normalize.ts';
import type { Policy } from '../types.ts';
import { ShieldError } from './shield-error.ts';

/**
 * The policy with its defaults filled in. A browser that can't use a policy denies everything and shows the page;
 * a server that can't would send a header about nothing, so it is told at once.
 * @throws {ShieldError} when it can't be used
 */
export function usablePolicy(policy: Policy, visitor?: Visitor): NormalizedPolicy {
  try {
    return normalizePolicy(policy, visitor);
  } catch {
    throw new ShieldError('policy', typeof policy, 'a usable policy', 'Run: npx bandeau check policy.json');
  }
}
