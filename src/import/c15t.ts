import type { Importer } from '../types.ts';
import { createImporter, type ImportMap, readObject, readPairs } from './importer.ts';

/** How the site had configured c15t. */
export interface C15tOptions {
  /** `storageConfig.storageKey`. @default 'c15t', else 'privacy-consent-storage' of version 1 */
  readonly storageKey?: string;
}

/** Of a time in milliseconds or, as some versions wrote it, in seconds. */
const toMilliseconds = (time: number) => (time < 1e11 ? time * 1000 : time);

/**
 * c15t 1 and 2: a cookie `c.necessary:1,c.measurement:1,i.t:1761911048000,i.sid:sub_…`, in which a no is left out, or
 * the same as JSON in localStorage. Not for sites with its `opt-out` model, where consents are granted beforehand.
 *
 * Source: https://github.com/c15t/c15t (`packages/core/src/libs/cookie`, `packages/core/src/libs/save-consents.ts`), 1.8 to 2.1
 * @param map by `functionality`, `experience`, `measurement` and `marketing`
 */
export function fromC15t(map: ImportMap, options: C15tOptions = {}): Importer {
  const { storageKey } = options;
  return createImporter('c15t', map, (page) => {
    const keys = storageKey === undefined ? ['c15t', 'privacy-consent-storage'] : [storageKey];
    for (const key of keys) {
      const cookie = page.cookie(key);
      const pairs = readPairs(cookie);
      const inCookie = Number(pairs.get('i.t'));
      if (inCookie > 0)
        return { time: toMilliseconds(inCookie), answer: (theirs) => pairs.get(`c.${theirs}`) === '1' };
      // What is in localStorage may be older than a cookie that is not understood.
      if (cookie) return null;

      const { consents, consentInfo } = readObject(page.stored(key)) ?? {};
      const answers = readObject(JSON.stringify(consents ?? null));
      const time = Number(readObject(JSON.stringify(consentInfo ?? null))?.['time']);
      if (answers && time > 0) {
        return {
          time: toMilliseconds(time),
          answer(theirs) {
            const value = Object.hasOwn(answers, theirs) ? answers[theirs] : undefined;
            return typeof value === 'boolean' ? value : undefined;
          },
        };
      }
    }
    return null;
  });
}
