import type { Importer } from '../types.ts';
import { createImporter, decodeText, type ImportMap, readObject } from './importer.ts';

/** How the site had configured vanilla-cookieconsent. */
export interface VanillaCookieConsentOptions {
  /** `cookie.name`, or `cookie_name` in version 2. @default 'cc_cookie' */
  readonly cookieName?: string;
  /**
   * `revision` of its configuration, if it had one: a decision about another is not taken over.
   * @default any
   */
  readonly revision?: number;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const texts = (value: unknown): string[] | null => (Array.isArray(value) ? value.filter(isText) : null);

/**
 * vanilla-cookieconsent 2 and 3: JSON of the accepted categories with the date of the last change, in a cookie (version
 * 2: also without percent-encoding) or in localStorage under the same name. What is not in the list was refused. Leave
 * categories out that were enabled beforehand (`enabled`, `mode: 'opt-out'`): nobody said yes.
 *
 * Source: https://github.com/orestbida/cookieconsent (3.1: `src/utils/cookies.js`, `src/core/api.js`; 2.9: `src/cookieconsent.js`)
 * @param map by category, or in version 3 by service
 */
export function fromVanillaCookieConsent(
  map: ImportMap,
  options: VanillaCookieConsentOptions = {},
): Importer {
  const { cookieName = 'cc_cookie', revision } = options;
  return createImporter('vanilla-cookieconsent', map, (page) => {
    const text = page.cookie(cookieName) || (page.stored(cookieName) ?? '');
    const found = readObject(text) ?? readObject(decodeText(text));
    const accepted = texts(found?.['categories']);
    const time = found?.['lastConsentTimestamp'] ?? found?.['last_consent_update'];
    const isDecided = isText(found?.['consentId'] ?? found?.['consent_uuid']);
    const expires = found?.['expirationTime'] ?? Number.POSITIVE_INFINITY;
    if (!accepted || !isDecided || !isText(time) || !(Number(expires) > page.now)) return null;
    if (revision !== undefined && found?.['revision'] !== revision) return null;
    // Each category has a list of the services that were accepted in it.
    const services = Object.entries(found?.['services'] ?? {}).flatMap(([category, list]) =>
      accepted.includes(category) ? (texts(list) ?? []) : [],
    );
    return { time, answer: (theirs) => accepted.includes(theirs) || services.includes(theirs) };
  });
}
