import type { Importer } from '../types.ts';
import { createImporter, decodeText, type ImportMap, readPairs, writtenAt } from './importer.ts';

/** How the site had configured CookieYes. */
export interface CookieYesOptions {
  /** @default 'cookieyes-consent' */
  readonly cookieName?: string;
  /** Expiration of the consent in its settings. @default 365 */
  readonly lifetimeDays?: number;
}

/**
 * CookieYes: a cookie `consentid:…,consent:yes,action:yes,necessary:yes,analytics:no,…`. Its `lastRenewedDate` is the day
 * on which the site renewed all consents; the visitor's own date is the lifetime before it expires, which only
 * Chromium's Cookie Store API tells: elsewhere nothing is taken over. A yes under `consent:no` is of its opt-out
 * banner, where nobody said it.
 *
 * Source: https://www.cookieyes.com/documentation/cookies-installed-by-cookieyes-and-their-purposes/, and its public script
 * @param map by category, such as `analytics`
 */
export function fromCookieYes(map: ImportMap, options: CookieYesOptions = {}): Importer {
  const { cookieName = 'cookieyes-consent', lifetimeDays = 365 } = options;
  return createImporter('cookieyes', map, (page) => {
    const found = readPairs(decodeText(page.cookie(cookieName)));
    const time = writtenAt(page, cookieName, lifetimeDays);
    if (found.get('action') !== 'yes' || time === null) return null;
    return {
      time,
      answer(theirs) {
        const value = found.get(theirs);
        if (value === 'yes') return found.get('consent') === 'yes' || undefined;
        return value === 'no' ? false : undefined;
      },
    };
  });
}
