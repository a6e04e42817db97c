import type { NormalizedPolicy } from '../policy/normalize.ts';

/**
 * What is kept in localStorage beside the cookie, never before the first decision:
 * - `records`: the last decisions
 * - `outline`: what the last decision was made about, to compare the policy with
 * - `queue`: records that the site has not received yet
 * - `told`: version of the policy that the visitor was told of
 */
export type StoredKey = 'records' | 'outline' | 'queue' | 'told';

/** The name of one, beside the cookie's. */
export const keyOf = (policy: NormalizedPolicy, key: StoredKey): string =>
  `${policy.scope.cookieName}.${key}`;
