import { callWhenReady } from './kit/call-when-ready.ts';
import { defineSignal } from './kit/define-signal.ts';
import { inWords } from './kit/in-words.ts';

/**
 * Microsoft Clarity (consent API v2). Nothing is told before a choice: Clarity sets no cookie until it hears one where it
 * knows that consent is needed. It records all the same, without cookies and page by page, and after a refusal too: hold
 * its script until analytics is granted.
 *
 * Source: https://learn.microsoft.com/clarity/setup-and-installation/clarity-consent-api-v2
 */
export const clarity = defineSignal({
  name: 'clarity',
  terms: { ad_Storage: 'advertising', analytics_Storage: ['analytics'] },
  connect() {
    const { call, stop } = callWhenReady('clarity');
    return { update: (granted) => call('consentv2', inWords(granted)), stop };
  },
});
