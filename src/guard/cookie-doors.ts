import type { Journal } from './journal.ts';
import { patch } from './patch.ts';
import type { Rules } from './rules.ts';

/** Whether a cookie's text removes it. */
const isRemoval = (text: string) => {
  const attribute = (name: string) => RegExp(`;\\s*${name}\\s*=([^;]*)`, 'i').exec(text)?.[1];
  const seconds = attribute('max-age');
  return seconds === undefined ? Date.parse(attribute('expires') ?? '') <= Date.now() : Number(seconds) <= 0;
};

/** First-party cookies that a script writes. Those of a denied service are dropped; they may be removed. */
export function cookieDoors(rules: Rules, journal: Journal, realm: typeof globalThis): (() => void)[] {
  const isDenied = (name: string, reason: string) => {
    const service = rules.deniedCookie(name);
    if (service) journal.add({ action: 'held', service, name, reason });
    return service;
  };
  return [
    patch(realm.Document.prototype, 'cookie', (_, [value]) => {
      const text = `${value}`;
      const name = text.split(/[=;]/, 1)[0]?.trim() ?? '';
      return !isRemoval(text) && isDenied(name, 'document.cookie') ? [undefined] : undefined;
    }),
    patch(Reflect.get(realm, 'CookieStore')?.prototype, 'set', (_, [first]) => {
      const name = first && typeof first === 'object' ? Reflect.get(first, 'name') : first;
      return isDenied(`${name}`, 'cookieStore') ? [Promise.resolve()] : undefined;
    }),
  ];
}
