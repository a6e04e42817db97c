import { type GuardPolicy, install } from './install.ts';
import type { Patched } from './patch.ts';

/**
 * Holds what nobody marked up: elements, requests and cookies that belong to a service of the policy, by its
 * `hosts` and `cookies`, until that service is granted. Call it before anything else in the page runs.
 *
 * It starts with everything denied that is not required, and learns the choices from `bandeau:ready` and
 * `bandeau:change`. Any script of the page could forge those, as it could call `acceptAll()`.
 * What it can't see: docs/guard.md.
 * @returns its stop: puts back each function of the browser that nobody else has replaced since; the others,
 * and those in frames, let everything happen. What is held stays held, marked in the document by
 * `data-bandeau-held-…` attributes
 * @throws {TypeError} when the policy has no lists of categories and services
 */
export function startGuard(policy: GuardPolicy): () => void {
  for (const list of ['categories', 'services'] as const) {
    const got: unknown = policy?.[list];
    if (!Array.isArray(got)) {
      throw new TypeError(
        `bandeau: startGuard(policy): policy.${list} is ${got === null ? 'null' : typeof got}, expected a list. Nothing is guarded; give it the policy that createConsent has.`,
      );
    }
  }
  const all: Patched[] = [];
  const over = new AbortController();
  install(policy, over.signal, (patched) => all.push(patched));
  return () => {
    over.abort();
    for (const { target, key, before, after } of all.splice(0)) {
      const now = Object.getOwnPropertyDescriptor(target, key);
      if (now && now.value === after.value && now.get === after.get && now.set === after.set) {
        Object.defineProperty(target, key, before);
      }
    }
  };
}
