import type { Journal } from './journal.ts';
import type { Door, DoorPlace, Realm } from './patch.ts';
import type { Rules } from './rules.ts';

/** Whether a cookie's text removes it. */
const isRemoval = (text: string) =>
  /;\s*max-age=[-0]/i.test(text) || Date.parse(/;\s*expires=([^;]*)/i.exec(text)?.[1] ?? '') <= Date.now();

/** First-party cookies that a script writes. Those of a denied service are dropped; they may be removed. */
export function cookieDoors(rules: Rules, journal: Journal, realm: Realm): DoorPlace[] {
  const door: Door = (_, [first], reason) => {
    // `cookieStore.set` takes a name, or an object that has one; `document.cookie` a text.
    const text = `${(first as CookieInit | undefined)?.name ?? first}`;
    const name = text.replace(/[=;].*/s, '').trim();
    const service = isRemoval(text) ? undefined : rules.deniedCookie(name);
    if (!service) return undefined;
    journal.add({ action: 'held', service, name, reason });
    return [Promise.resolve()];
  };
  return [
    [realm.Document.prototype, ['cookie'], door],
    [realm.CookieStore?.prototype, ['set'], door],
  ];
}
