import { defineSignal } from './kit/define-signal.ts';
import { inWords } from './kit/in-words.ts';
import { queueOf } from './kit/queue-of.ts';

/**
 * Microsoft Advertising (UET consent mode). Outside of the EEA, the United Kingdom and Switzerland UET takes a missing
 * answer for a grant, so a denied default is put into its list first.
 *
 * Source: https://docs.cookiehub.com/advanced/microsoft-consent-mode (Microsoft's own page was not read by us)
 */
export const uet = defineSignal({
  name: 'uet',
  terms: { ad_storage: 'advertising' },
  connect(_, denied) {
    const consent = (what: string, terms: object) => queueOf('uetq').push('consent', what, terms);
    consent('default', inWords(denied));
    return { update: (granted) => consent('update', inWords(granted)) };
  },
});
