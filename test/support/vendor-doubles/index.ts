import { adobe } from './adobe.ts';
import { amazon } from './amazon.ts';
import { clarity } from './clarity.ts';
import { contentsquare } from './contentsquare.ts';
import { hotjar } from './hotjar.ts';
import { hubspot } from './hubspot.ts';
import { intercom } from './intercom.ts';
import { matomo } from './matomo.ts';
import { meta } from './meta.ts';
import { mixpanel } from './mixpanel.ts';
import { piano } from './piano.ts';
import { posthog } from './posthog.ts';
import { segment } from './segment.ts';
import { sentry } from './sentry.ts';
import { shopify } from './shopify.ts';
import { tiktok } from './tiktok.ts';
import { uet } from './uet.ts';
import { scriptOf, type VendorDouble } from './vendor-double.ts';
import { wordpress } from './wordpress.ts';

/** By the name of the signal. */
export const VENDOR_DOUBLES = {
  adobe,
  amazon,
  clarity,
  contentsquare,
  hotjar,
  hubspot,
  intercom,
  matomo,
  meta,
  mixpanel,
  piano,
  posthog,
  segment,
  sentry,
  shopify,
  tiktok,
  uet,
  wordpress,
} satisfies Record<string, VendorDouble>;

export type VendorName = keyof typeof VENDOR_DOUBLES;

const all: Readonly<Record<string, VendorDouble>> = VENDOR_DOUBLES;

/** The double's script; nothing where there is none of that name. */
export const vendorScript = (name: string): string | undefined => {
  const double = all[name];
  return double && scriptOf(name, double);
};
