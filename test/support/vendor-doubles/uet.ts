import type { VendorDouble } from './vendor-double.ts';

/**
 * Microsoft's list, one word after another, and what its script makes of it: calls, and an object that takes more. The page
 * is only counted once the script is there.
 */
export const uet = {
  snippet() {
    Reflect.set(globalThis, 'uetq', Reflect.get(globalThis, 'uetq') ?? []);
  },
  load({ hear }) {
    const found: unknown = Reflect.get(globalThis, 'uetq');
    const words: unknown[] = Array.isArray(found) ? [...found] : [];
    while (words.length) hear(...words.splice(0, 3));
    Reflect.set(globalThis, 'uetq', { push: hear });
  },
  after() {
    Reflect.get(globalThis, 'uetq').push('pageLoad');
  },
} satisfies VendorDouble;
