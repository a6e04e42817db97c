import type { NormalizedPolicy } from '../policy/normalize.ts';

/**
 * What is kept in localStorage beside the cookie, never before the first decision:
 * - `records`: the last decisions
 * - `outline`: what the last decision was made about, to compare the policy with
 * - `queue`: records that the site has not received yet
 * - `told`: version of the policy that the visitor was told of
 * - `imported`: the tool whose choice was taken over, so that it is not again once the visitor has erased it
 * - `account`: hashes of the account's decisions that the visitor was told of, or made here
 * - `passed`: choices of sister sites that were taken over within two minutes, so that none is twice
 */
export type StoredKey = 'records' | 'outline' | 'queue' | 'told' | 'imported' | 'account' | 'passed';

/** The name of one, beside the cookie's. */
export const keyOf = (policy: NormalizedPolicy, key: StoredKey): string =>
  `${policy.scope.cookieName}.${key}`;
