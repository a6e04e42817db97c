import { isWithin } from './formats.ts';
import { readHostSource } from './host-source.ts';

/** Hosts that exist for measurement or advertising. Far from complete: it catches the common mistakes. */
const TRACKER_DOMAINS = [
  'abtasty.com',
  'adnxs.com',
  'ads-twitter.com',
  'ads.linkedin.com',
  'amazon-adsystem.com',
  'amplitude.com',
  'analytics.google.com',
  'analytics.tiktok.com',
  'bat.bing.com',
  'clarity.ms',
  'contentsquare.net',
  'crazyegg.com',
  'criteo.com',
  'criteo.net',
  'ct.pinterest.com',
  'doubleclick.net',
  'facebook.net',
  'fullstory.com',
  'google-analytics.com',
  'googleadservices.com',
  'googlesyndication.com',
  'googletagmanager.com',
  'hotjar.com',
  'hotjar.io',
  'matomo.cloud',
  'mixpanel.com',
  'mouseflow.com',
  'outbrain.com',
  'quantserve.com',
  'scorecardresearch.com',
  'segment.com',
  'segment.io',
  'snap.licdn.com',
  'taboola.com',
  'tr.snapchat.com',
  'xiti.com',
];

/**
 * True when the host is known to measure visitors or to serve advertising, or when such hosts are below it.
 * @param entry as in a service's `hosts`: a star, a port and a path hide nothing
 */
export function isTrackerHost(entry: string): boolean {
  const { host, isBelow } = readHostSource(entry) ?? { host: entry, isBelow: false };
  return TRACKER_DOMAINS.some((domain) => isWithin(host, domain) || (isBelow && isWithin(domain, host)));
}
