import { defineSignal, inWords, tagLayer } from './index.ts';

export interface GoogleOptions {
  /** Milliseconds that Google's tags wait for the choice. @default 500 */
  readonly waitForUpdate: number;
  /**
   * Other defaults for where Google itself sees the visitor: ISO 3166-2, such as `['US-CA']`. Only in the United States
   * may a default grant anything. They belong before every tag: `npx bandeau snippet google` writes them.
   * @default []
   */
  readonly regions: readonly { readonly region: readonly string[]; readonly granted: readonly string[] }[];
  /** Removes ad click ids while `ad_storage` is denied. @default true */
  readonly adsDataRedaction: boolean;
  /** Carries click and session ids in addresses: a use of the device that is asked about (EDPB 2/2023). @default false */
  readonly urlPassthrough: boolean;
  /**
   * Google's tags may load before the choice and send pings without cookies. Each ping carries address, browser and
   * time, which the EDPB counts as access to the device (guidelines 2/2023): contested in the EEA, and said so in the
   * console. Without it a tag is expected to be held.
   * @default false
   */
  readonly advanced: boolean;
  /** Name of the global list. @default 'dataLayer' */
  readonly dataLayer: string;
}

/**
 * Google Consent Mode v2, and a `bandeau_consent` event with the full state for Tag Manager.
 *
 * Source: https://developers.google.com/tag-platform/security/guides/consent
 */
export const google = defineSignal({
  name: 'google',
  terms: {
    ad_storage: 'advertising',
    ad_user_data: 'advertising',
    ad_personalization: 'advertising',
    analytics_storage: ['analytics'],
    functionality_storage: ['preference'],
    personalization_storage: ['personalization'],
    security_storage: 'always',
  },
  connect(options: Partial<GoogleOptions>, denied, consent) {
    const { dataLayer = 'dataLayer', waitForUpdate = 500, advanced } = options;
    const { adsDataRedaction = true, urlPassthrough = false } = options;
    if (advanced) console.warn('bandeau: google: advanced: contested in the EEA (EDPB 2/2023)');
    const layer = tagLayer(
      dataLayer,
      { ...inWords(denied), wait_for_update: waitForUpdate },
      ['set', 'ads_data_redaction', adsDataRedaction],
      ['set', 'url_passthrough', urlPassthrough],
    );
    return {
      update(granted) {
        const words = inWords(granted);
        layer.call('consent', 'update', words);
        layer.push({ event: 'bandeau_consent', bandeau: { ...words, choices: { ...consent.choices } } });
      },
    };
  },
});
