import type { VendorDouble } from './vendor-double.ts';

/**
 * What a shop has from its first line on, and the Customer Privacy API, a script that is loaded on demand. It keeps what it
 * is told.
 */
export const shopify = {
  snippet(origin: string) {
    const shop = {
      customerPrivacy: undefined,
      loadFeatures(_wanted: readonly object[], loaded: (error?: unknown) => void) {
        if (shop.customerPrivacy) return loaded();
        const script = document.createElement('script');
        script.src = `${origin}/s/vendor-shopify.js`;
        script.onload = () => loaded();
        document.head.append(script);
      },
    };
    Reflect.set(globalThis, 'Shopify', shop);
  },
  load({ hear, store, stored }) {
    const kept = (): Record<string, string> => JSON.parse(stored('_tracking_consent') ?? '{}');
    Reflect.get(globalThis, 'Shopify').customerPrivacy = {
      currentVisitorConsent: () => ({
        ...{ analytics: '', marketing: '', preferences: '', sale_of_data: '' },
        ...kept(),
      }),
      setTrackingConsent(terms: Readonly<Record<string, unknown>>, done: unknown) {
        if (typeof done !== 'function') throw new TypeError('a callback is required');
        hear(terms);
        const told = Object.entries(terms).map(([term, value]) => [term, value ? 'yes' : 'no']);
        store('_tracking_consent', JSON.stringify({ ...kept(), ...Object.fromEntries(told) }));
        done();
      },
    };
  },
} satisfies VendorDouble;
