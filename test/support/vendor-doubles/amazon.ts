import type { VendorDouble } from './vendor-double.ts';

/** `amzn-consent.js`, which writes its cookie as it loads, and of `amzn.js` what reads that. */
export const amazon = {
  load({ hear, store, stored }) {
    store('amzn_consent', stored('amzn_consent') ?? 'denied');
    Reflect.set(globalThis, 'amznConsent', (consent: { readonly enableAdStorage: boolean }) => {
      hear(consent);
      store('amzn_consent', consent.enableAdStorage ? 'granted' : 'denied');
    });
    Reflect.set(globalThis, 'amzn', (event: string) => hear(event, stored('amzn_consent')));
  },
  after() {
    Reflect.get(globalThis, 'amzn')('trackEvent');
  },
} satisfies VendorDouble;
