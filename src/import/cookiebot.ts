import type { Importer } from '../types.ts';
import { createImporter, decodeText, type ImportMap, readPairs } from './importer.ts';

/** How the site had configured Cookiebot. */
export interface CookiebotOptions {
  /** @default 'CookieConsent' */
  readonly cookieName?: string;
  /** `ver` of the consent in force, if the site has renewed consents. @default any */
  readonly version?: number;
}

/**
 * Cookiebot: a cookie `{stamp:'…',necessary:true,preferences:false,statistics:false,marketing:false,method:'explicit',
 * ver:1,utc:1698057791350,region:'gb'}`, percent-encoded in part. `method:'implied'` and the stamp `-1` (a region where
 * it did not ask) are no decision.
 *
 * Source: https://www.cookiebot.com/en/developer/ (`consent.method`, `consentUTC`), and cookies as sites show them
 * @param map by `preferences`, `statistics` and `marketing`
 */
export function fromCookiebot(map: ImportMap, options: CookiebotOptions = {}): Importer {
  const { cookieName = 'CookieConsent', version } = options;
  return createImporter('cookiebot', map, (page) => {
    const [, body = ''] = /^\{(.*)\}$/s.exec(decodeText(page.cookie(cookieName))) ?? [];
    const found = readPairs(body.replaceAll("'", ''));
    const utc = Number(found.get('utc'));
    const isDecided = found.get('method') === 'explicit' && found.get('stamp') !== '-1' && utc > 0;
    if (!isDecided || (version !== undefined && found.get('ver') !== String(version))) return null;
    return {
      time: utc,
      answer(theirs) {
        const value = found.get(theirs);
        return value === 'true' || (value === 'false' ? false : undefined);
      },
    };
  });
}
