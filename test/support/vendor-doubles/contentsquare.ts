import type { VendorDouble } from './vendor-double.ts';

/** Contentsquare's list, and its tag: does what the list has kept, and puts an object that does it at once in its place. */
export const contentsquare = {
  snippet() {
    Reflect.set(globalThis, '_uxa', Reflect.get(globalThis, '_uxa') ?? []);
  },
  says() {
    Reflect.get(globalThis, '_uxa').push(['trackPageview', '/']);
  },
  load({ hear, store }) {
    const push = (call: readonly unknown[]) => {
      hear(...call);
      if (call[0] === 'optout') store('_cs_optout', '1');
    };
    const list: (readonly unknown[])[] = Reflect.get(globalThis, '_uxa') ?? [];
    list.forEach(push);
    Reflect.set(globalThis, '_uxa', { push });
  },
} satisfies VendorDouble;
