import type { VendorDouble } from './vendor-double.ts';

type Hj = ((...args: readonly unknown[]) => void) & { q?: (readonly unknown[])[] };

/** Hotjar's snippet, which keeps calls until its script is there, and the script. */
export const hotjar = {
  snippet() {
    const stub: Hj = (...args) => {
      stub.q ??= [];
      stub.q.push(args);
    };
    Reflect.set(globalThis, 'hj', Reflect.get(globalThis, 'hj') ?? stub);
  },
  says() {
    Reflect.get(globalThis, 'hj')('event', 'viewed');
  },
  load({ hear }) {
    const stub: Hj | undefined = Reflect.get(globalThis, 'hj');
    Reflect.set(globalThis, 'hj', hear);
    for (const call of stub?.q ?? []) hear(...call);
  },
} satisfies VendorDouble;
