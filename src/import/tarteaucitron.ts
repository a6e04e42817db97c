import type { Importer } from '../types.ts';
import { createImporter, type ImportMap, writtenAt } from './importer.ts';

/** How the site had configured tarteaucitron. */
export interface TarteaucitronOptions {
  /**
   * `highPrivacy` of `tarteaucitron.init`, true unless the site said otherwise. Without it, going on to another page was
   * taken for a yes, and the cookie does not tell that from a click: nothing is taken over.
   */
  readonly highPrivacy: boolean;
  /** @default 'tarteaucitron' */
  readonly cookieName?: string;
  /** `tarteaucitronForceExpire`, in days. @default 365 */
  readonly lifetimeDays?: number;
}

/**
 * tarteaucitron: a cookie `!service=true!other=false!third=wait`, without a date. It is written anew for each service
 * that waits, and on each page for one that starts without consent, so that its age is known only where every service in
 * it has an answer and stands in the map. Its date is the lifetime before it expires, which only Chromium's Cookie Store
 * API tells: elsewhere nothing is taken over. Not for sites that used `bypass` or `serviceDefaultState`.
 *
 * Source: https://github.com/AmauriC/tarteaucitron.js (`tarteaucitron.js`: `cookie.create`, `addService`), 1.x
 * @param map by service key, with every service of the site that asked
 */
export function fromTarteaucitron(map: ImportMap, options: TarteaucitronOptions): Importer {
  const { highPrivacy, cookieName = 'tarteaucitron', lifetimeDays = 365 } = options;
  return createImporter('tarteaucitron', map, (page) => {
    const time = writtenAt(page, cookieName, lifetimeDays);
    if (!highPrivacy || time === null) return null;
    const services = page.cookie(cookieName).split('!').filter(Boolean);
    const answers = new Map<string, boolean>();
    for (const one of services) {
      const [, key = '', answer] = /^(.+)=(true|false)$/.exec(one) ?? [];
      if (!answer || !Object.hasOwn(map, key) || answers.has(key)) return null;
      answers.set(key, answer === 'true');
    }
    return { time, answer: (theirs) => answers.get(theirs) };
  });
}
