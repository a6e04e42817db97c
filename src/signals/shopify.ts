import { defineSignal } from './kit/define-signal.ts';

/** What is used of the Customer Privacy API. */
interface Shopify {
  loadFeatures?(features: readonly object[], loaded: (error?: unknown) => void): void;
  customerPrivacy?: {
    currentVisitorConsent(): { readonly [term: string]: string | undefined };
    setTrackingConsent(consent: object, done: () => void): void;
  };
}

/**
 * Shopify, by its Customer Privacy API: for its pixels, audiences and checkout. Shopify keeps what it is told, so it hears
 * decisions alone, and only where they differ from what it has. `sale_of_data` is told where visitors may opt out of sale:
 * when they do, and when they take that back. What the browser asks for by itself, Shopify sees for itself.
 *
 * Source: https://shopify.dev/docs/api/customer-privacy
 */
export const shopify = defineSignal({
  name: 'shopify',
  terms: {
    analytics: ['analytics'],
    marketing: 'advertising',
    preferences: ['preference', 'personalization'],
    sale_of_data: 'advertising',
  },
  connect(_, denied, consent) {
    let wanted: typeof denied | undefined;
    let isDecided = false;
    const set = ({ customerPrivacy }: Shopify) => {
      if (!wanted || !customerPrivacy) return;
      const known = customerPrivacy.currentVisitorConsent();
      const { receipt, regime } = consent;
      const news = Object.entries(wanted).filter(([term, isGranted]) => {
        const isSale = term === 'sale_of_data';
        if (isSale && (regime !== 'opt-out' || receipt?.method === 'signal')) return false;
        // That data may be sold is told only where it was refused before.
        if (isGranted) return receipt && (isSale ? known[term] === 'no' : known[term] !== 'yes');
        return receipt ? known[term] !== 'no' : known[term] === 'yes';
      });
      wanted = undefined;
      if (news[0]) customerPrivacy.setTrackingConsent(Object.fromEntries(news), () => {});
    };
    const tell = () => {
      const shop: Shopify | undefined = Reflect.get(globalThis, 'Shopify');
      if (wanted) {
        shop?.loadFeatures?.([{ name: 'consent-tracking-api', version: '0.1' }], (error) =>
          error ? reportError(error) : set(shop),
        );
      }
    };
    // After any script, among them the one that makes it.
    document.addEventListener('load', tell, true);
    return {
      update(granted) {
        // What the law grants without being asked is no answer to store; what was told is taken back, though.
        isDecided ||= !!consent.receipt;
        if (isDecided) wanted = granted;
        tell();
      },
      stop() {
        wanted = undefined;
        document.removeEventListener('load', tell, true);
      },
    };
  },
});
