import type { VendorDouble } from './vendor-double.ts';

/**
 * TikTok's base code: a list, the one of before where there is one, with a function for each method. Its script acts on the
 * list, and puts an object with the methods in its place.
 */
export const tiktok = {
  snippet() {
    const found: unknown = Reflect.get(globalThis, 'ttq');
    const list: unknown[] = Array.isArray(found) ? found : [];
    Reflect.set(globalThis, 'ttq', list);
    for (const method of ['page', 'track', 'holdConsent', 'revokeConsent', 'grantConsent']) {
      Reflect.set(list, method, (...args: readonly unknown[]) => void list.push([method, ...args]));
    }
  },
  says() {
    Reflect.get(globalThis, 'ttq').page();
  },
  load({ hear }) {
    const found: unknown = Reflect.get(globalThis, 'ttq');
    const methods = ['page', 'track', 'holdConsent', 'revokeConsent', 'grantConsent'].map((method) => [
      method,
      (...args: readonly unknown[]) => hear(method, ...args),
    ]);
    for (const call of Array.isArray(found) ? found : []) hear(...call);
    Reflect.set(globalThis, 'ttq', Object.fromEntries(methods));
  },
} satisfies VendorDouble;
