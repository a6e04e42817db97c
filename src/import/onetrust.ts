import type { Importer } from '../types.ts';
import { createImporter, type ImportMap, readPairs } from './importer.ts';

/**
 * `intType` of the cookie: 1 accept and 2 reject on the banner; 5 accept, 6 reject and 7 confirm in the preference
 * center. Closing a layer is none of them.
 */
const ACTS = ['1', '2', '5', '6', '7'];

/**
 * OneTrust: the cookie `OptanonConsent` with `groups=C0001:1,C0002:0`, and `OptanonAlertBoxClosed` with the date on which
 * the banner was answered (the `datestamp` of the former is the last page view). Without `intType`, which older versions
 * did not write, a banner that was closed can't be told from one that was answered: nothing is taken over then.
 *
 * Source: https://my.onetrust.com/articles/en_US/Knowledge/UUID-2dc719a8-4be5-8d16-1dc8-c7b4147b88e0 (both cookies),
 * https://developer.onetrust.com/onetrust/reference/post_logconsent (kinds of interaction, in the order of `intType`)
 * @param map by group, such as `C0002`
 */
export function fromOneTrust(map: ImportMap): Importer {
  return createImporter('onetrust', map, (page) => {
    const found = new URLSearchParams(page.cookie('OptanonConsent'));
    const names = [...found.keys()];
    if (new Set(names).size < names.length) return null;
    const time = page.cookie('OptanonAlertBoxClosed');
    const isDecided = ACTS.includes(found.get('intType') ?? '') && found.get('AwaitingReconsent') !== 'true';
    if (!time || !isDecided) return null;
    const groups = readPairs(found.get('groups') ?? '');
    return {
      time,
      answer(theirs) {
        const value = groups.get(theirs);
        return value === '1' || (value === '0' ? false : undefined);
      },
    };
  });
}
