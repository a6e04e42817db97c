import { defineSignal } from './kit/define-signal.ts';

/**
 * WP Consent API of WordPress. Its plugin takes everything for granted until it is told which law holds: that comes first.
 * Each answer is a cookie of the plugin's, so it is told only what differs from what it takes for the answer: nothing
 * before a decision, but a denial where an answer of before is still there.
 *
 * Source: https://github.com/WordPress/wp-consent-level-api
 */
export const wordpress = defineSignal({
  name: 'wordpress',
  terms: {
    functional: 'always',
    preferences: ['preference', 'personalization'],
    statistics: ['analytics'],
    'statistics-anonymous': ['analytics'],
    marketing: 'advertising',
  },
  connect(_, denied, consent) {
    let wanted = denied;
    let isKnown = false;
    const tell = () => {
      const has: unknown = Reflect.get(globalThis, 'wp_has_consent');
      const set: unknown = Reflect.get(globalThis, 'wp_set_consent');
      // While something is asked, no answer of before holds.
      if (typeof has !== 'function' || typeof set !== 'function' || !(isKnown || consent.promptReason))
        return;
      for (const [category, isGranted] of Object.entries(wanted)) {
        if (has(category) !== isGranted && (consent.receipt || !isGranted)) {
          set(category, isGranted ? 'allow' : 'deny');
        }
      }
    };
    Reflect.set(globalThis, 'wp_consent_type', consent.regime === 'opt-in' ? 'optin' : 'optout');
    document.dispatchEvent(new CustomEvent('wp_consent_type_defined'));
    // After any script: the plugin's is at the end of the page, and often put off.
    const moments = ['DOMContentLoaded', 'load'];
    for (const moment of moments) document.addEventListener(moment, tell, true);
    return {
      update(granted) {
        wanted = granted;
        isKnown = true;
        tell();
      },
      stop() {
        for (const moment of moments) document.removeEventListener(moment, tell, true);
      },
    };
  },
});
