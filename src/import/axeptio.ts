import type { Importer } from '../types.ts';
import { createImporter, decodeText, type ImportMap, readObject } from './importer.ts';

/** How the site had configured Axeptio. */
export interface AxeptioOptions {
  /** `jsonCookieName` of its settings. @default 'axeptio_cookies' */
  readonly cookieName?: string;
  /** `authorizedVendorsCookieName` of its settings. @default 'axeptio_authorized_vendors' */
  readonly authorizedCookieName?: string;
}

/**
 * Axeptio: a cookie with JSON of yes and no by vendor, `$$date`, and `$$completed` once the visitor is done; another
 * with the list of the accepted vendors, which must say the same where it is there.
 *
 * Source: https://support.axeptio.eu/en/articles/274085-what-cookies-does-axeptio-set,
 * https://developers.axeptio.eu/site-integration/registering-user-choices
 * @param map by vendor, as the cookie spells it
 */
export function fromAxeptio(map: ImportMap, options: AxeptioOptions = {}): Importer {
  const { cookieName = 'axeptio_cookies', authorizedCookieName = 'axeptio_authorized_vendors' } = options;
  return createImporter('axeptio', map, (page) => {
    const found = readObject(decodeText(page.cookie(cookieName)));
    const time = found?.['$$date'];
    if (found?.['$$completed'] !== true || typeof time !== 'string') return null;
    const list = page.cookie(authorizedCookieName);
    const authorized = list && decodeText(list).split(',');
    return {
      time,
      answer(theirs) {
        const value = Object.hasOwn(found, theirs) ? found[theirs] : undefined;
        const isAgreed = !authorized || authorized.includes(theirs) === value;
        return typeof value === 'boolean' && isAgreed ? value : undefined;
      },
    };
  });
}
