import type { Importer } from '../types.ts';
import { createImporter, decodeText, type ImportMap, readObject, writtenAt } from './importer.ts';

/** How the site had configured Klaro. */
export interface KlaroOptions {
  /** `storageName` or `cookieName` of its configuration. @default 'klaro' */
  readonly cookieName?: string;
  /** `cookieExpiresAfterDays` of its configuration. @default 120 */
  readonly lifetimeDays?: number;
}

/**
 * Klaro: a cookie with JSON of yes and no by service, written when the visitor saves, without a date. Its date is the
 * lifetime before it expires, which only Chromium's Cookie Store API tells: elsewhere, and where Klaro kept it in
 * localStorage, nothing is taken over. Leave services out that had `default`, `optOut` or `required`: nobody said yes.
 *
 * Source: https://github.com/klaro-org/klaro-js (`src/consent-manager.js`, `src/stores.js`), 0.7
 * @param map by service name
 */
export function fromKlaro(map: ImportMap, options: KlaroOptions = {}): Importer {
  const { cookieName = 'klaro', lifetimeDays = 120 } = options;
  return createImporter('klaro', map, (page) => {
    const services = readObject(decodeText(page.cookie(cookieName)));
    const time = writtenAt(page, cookieName, lifetimeDays);
    if (!services || time === null) return null;
    return {
      time,
      answer(theirs) {
        const value = Object.hasOwn(services, theirs) ? services[theirs] : undefined;
        return typeof value === 'boolean' ? value : undefined;
      },
    };
  });
}
