import type { VendorDouble } from './vendor-double.ts';

type Intercom = ((...args: readonly unknown[]) => void) & { q?: (readonly unknown[])[] };

/** Intercom's snippet, a function that keeps calls, and its script, which boots with the settings of the page. */
export const intercom = {
  snippet() {
    Reflect.set(globalThis, 'intercomSettings', { app_id: 'a' });
    const stub: Intercom = (...args) => {
      stub.q ??= [];
      stub.q.push(args);
    };
    Reflect.set(globalThis, 'Intercom', Reflect.get(globalThis, 'Intercom') ?? stub);
  },
  load({ hear, store }) {
    const stub: Intercom | undefined = Reflect.get(globalThis, 'Intercom');
    Reflect.set(globalThis, 'Intercom', hear);
    hear('boot', Reflect.get(globalThis, 'intercomSettings'));
    store('intercom-session-a', '1');
    for (const call of stub?.q ?? []) hear(...call);
  },
} satisfies VendorDouble;
