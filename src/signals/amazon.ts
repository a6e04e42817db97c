import { callWhenReady } from './kit/call-when-ready.ts';
import { defineSignal } from './kit/define-signal.ts';

export interface AmazonOptions {
  /**
   * Whose law holds, by ISO 3166-1: two capital letters. Amazon rejects what has none.
   * @default that of the visitor's region, where it is known
   */
  readonly country: string;
}

/**
 * Amazon Consent Signal, for `amzn-consent.js`: hold that script, and load it before `amzn.js`. Each call writes the cookie
 * `amzn_consent`, so none is made before a decision. A refusal is told too, since an earlier grant is in the same cookie.
 * Where the IAB's TCF is used Amazon ignores it: leave it out there.
 *
 * Source: https://advertising.amazon.com/help/GKJQ7E8SE9BRG73Q
 */
export const amazon = defineSignal({
  name: 'amazon',
  terms: { amzn_ad_storage: 'advertising', amzn_user_data: 'advertising' },
  connect({ country }: Partial<AmazonOptions>, _, consent, { region = 'eu' }) {
    const { call, stop } = callWhenReady('amznConsent');
    const known = country ?? (region === 'eu' ? undefined : region.slice(0, 2).toUpperCase());
    let isDecided = false;
    return {
      update({ amzn_ad_storage: enableAdStorage, amzn_user_data: enableUserData }) {
        // What the law grants without being asked is no answer to store.
        isDecided ||= !!consent.receipt;
        if (isDecided) call({ ...(known && { countryCode: known }), enableAdStorage, enableUserData });
      },
      stop,
    };
  },
});
