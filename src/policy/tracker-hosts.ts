import { isWithin } from './formats.ts';
import { readHostSource } from './host-source.ts';

/** Hosts that exist for advertising. Far from complete, as the next list is: they catch the common mistakes. */
const ADVERTISING = [
  'adnxs.com',
  'ads-twitter.com',
  'ads.linkedin.com',
  'amazon-adsystem.com',
  'analytics.tiktok.com',
  'bat.bing.com',
  'criteo.com',
  'criteo.net',
  'ct.pinterest.com',
  'doubleclick.net',
  'facebook.net',
  'googleadservices.com',
  'googlesyndication.com',
  'outbrain.com',
  'snap.licdn.com',
  'taboola.com',
  'tr.snapchat.com',
];

/** Hosts that exist for measurement. */
const MEASUREMENT = [
  'abtasty.com',
  'amplitude.com',
  'analytics.google.com',
  'clarity.ms',
  'contentsquare.net',
  'crazyegg.com',
  'fullstory.com',
  'google-analytics.com',
  'googletagmanager.com',
  'hotjar.com',
  'hotjar.io',
  'matomo.cloud',
  'mixpanel.com',
  'mouseflow.com',
  'quantserve.com',
  'scorecardresearch.com',
  'segment.com',
  'segment.io',
  'xiti.com',
];

/**
 * True when the host is known to measure visitors or to serve advertising, or when such hosts are below it.
 * @param entry as in a service's `hosts`: a star, a port and a path hide nothing
 */
export function isTrackerHost(entry: string): boolean {
  const { host, isBelow } = readHostSource(entry) ?? { host: entry, isBelow: false };
  return [...ADVERTISING, ...MEASUREMENT].some(
    (domain) => isWithin(host, domain) || (isBelow && isWithin(domain, host)),
  );
}

/** True when the host, or each host below a star, is known to serve advertising or to measure what it brings. */
export function isAdvertisingHost(entry: string): boolean {
  const { host } = readHostSource(entry) ?? { host: entry };
  return ADVERTISING.some((domain) => isWithin(host, domain));
}
