import { decodeReceipt } from '../model/receipt.ts';
import { resolve } from '../model/resolve.ts';
import type { Visitor } from '../policy/normalize.ts';
import type { Choices, Policy, PolicyId, PromptReason, Receipt } from '../types.ts';
import { readCookie } from './read-cookie.ts';
import { usablePolicy } from './usable-policy.ts';

/** What a visitor's cookie says under the policy of today: what the page itself will find, to the letter. */
export interface ServerConsent<Id extends string = string> {
  /** Null before a decision, and when it is expired or can't be read. */
  readonly receipt: Receipt | null;
  /** Choices in force, by category id and service id; absent means not asked. */
  readonly choices: Choices<Id>;
  /** Why the page will ask; null when there is nothing to ask. */
  readonly promptReason: PromptReason | null;
  /** True when everything that the id names may run. Required ones always may; an unknown id may not. */
  isGranted(id: Id): boolean;
}

/**
 * Reads the visitor's decision from a request. Whatever is expired, damaged, forged, of an unknown schema or about
 * a service that changed since is denied. Of several cookies of the name that differ, none is believed.
 * @param cookieHeader the request's `Cookie` header; null or undefined when it has none
 * @param now milliseconds since the epoch; default: the clock
 * @param visitor the same region and browser signals as the page is given: `regionOf` reads the one, `Sec-GPC` and `DNT`
 * are the others. Without them the policy's region holds, and no signal
 * @throws {ShieldError} when the policy can't be used; never because of the header
 */
export function readReceipt<const P extends Policy>(
  cookieHeader: string | null | undefined,
  policy: P,
  now?: number,
  visitor?: Visitor,
): ServerConsent<PolicyId<P>>;
// Inside, ids are the strings that they are at run time; the signature above narrows them for the caller.
export function readReceipt(
  cookieHeader: string | null | undefined,
  policy: Policy,
  now = Date.now(),
  visitor?: Visitor,
): ServerConsent {
  const usable = usablePolicy(policy, visitor);
  const text = readCookie(cookieHeader, usable.scope.cookieName);
  const { receipt, choices, promptReason } = resolve(usable, decodeReceipt(text), text !== '', now);
  // There the page answers by itself what the browser asks for.
  const isAnswered = usable.regime === 'opt-out' && usable.browserSignal;
  return {
    receipt,
    choices,
    promptReason: isAnswered ? null : promptReason,
    isGranted: (id) => usable.isRequired(id) || choices[id] === 'granted',
  };
}
