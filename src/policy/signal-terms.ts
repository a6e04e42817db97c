import type { SignalName } from '../types.ts';

/**
 * By signal, the terms that stand for advertising, as its file in src/signals says: only what visitors know as
 * advertising grants them (R5).
 */
export const ADVERTISING_TERMS: Readonly<Record<SignalName, readonly string[]>> = {
  adobe: [],
  amazon: ['amzn_ad_storage', 'amzn_user_data'],
  clarity: ['ad_Storage'],
  contentsquare: [],
  google: ['ad_storage', 'ad_user_data', 'ad_personalization'],
  hotjar: [],
  hubspot: ['advertisement'],
  intercom: [],
  matomo: [],
  meta: ['consent'],
  mixpanel: [],
  piano: [],
  posthog: [],
  segment: ['Advertising', 'DataSharing'],
  sentry: [],
  shopify: ['marketing', 'sale_of_data'],
  tiktok: ['consent'],
  uet: ['ad_storage'],
  wordpress: ['marketing'],
};

export const isSignalName = (name: string): name is SignalName => Object.hasOwn(ADVERTISING_TERMS, name);

/** Every term of Google's, with what holds before anything is known. */
export const GOOGLE_DEFAULTS = {
  ad_storage: 'denied',
  ad_user_data: 'denied',
  ad_personalization: 'denied',
  analytics_storage: 'denied',
  functionality_storage: 'denied',
  personalization_storage: 'denied',
  security_storage: 'granted',
} as const;
