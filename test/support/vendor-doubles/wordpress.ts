import type { VendorDouble } from './vendor-double.ts';

/**
 * The client side of the WP Consent API plugin: a category is granted where no law is known, and by `allow`; also by
 * nothing, where the law lets visitors opt out.
 */
export const wordpress = {
  load({ hear, store, stored }) {
    // As a declaration at the top of its script, which sets nothing that could be watched.
    const declare = (name: string, value: unknown) =>
      Object.defineProperty(globalThis, name, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    declare('wp_has_consent', (category: string) => {
      const type: string | undefined = Reflect.get(globalThis, 'wp_consent_type');
      const answer = stored(`wp_consent_${category}`);
      return !type || answer === 'allow' || (type === 'optout' && !answer);
    });
    declare('wp_set_consent', (category: string, value: string) => {
      hear(category, value);
      store(`wp_consent_${category}`, value);
    });
  },
} satisfies VendorDouble;
