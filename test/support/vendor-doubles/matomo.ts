import type { VendorDouble } from './vendor-double.ts';

type Entry = readonly [what: unknown, ...args: string[]];

/**
 * Matomo's list, and matomo.js: of what was gathered, the calls about consent are made first, in an order of its own and
 * not of the page's; then the rest; then each as it comes. What is tracked without consent is held until there is one.
 */
export const matomo = {
  snippet() {
    Reflect.set(globalThis, '_paq', Reflect.get(globalThis, '_paq') ?? []);
  },
  says() {
    Reflect.get(globalThis, '_paq').push(['trackPageView', 'home']);
  },
  load({ hear, store, stored }) {
    const first = [
      'forgetCookieConsentGiven',
      'requireCookieConsent',
      'setCookieConsentGiven',
      'requireConsent',
      'setConsentGiven',
    ];
    const held: string[] = [];
    const remembers = () =>
      stored('mtm_consent') !== undefined && stored('mtm_consent_removed') === undefined;
    let mayTrack = true;
    let mayStore = true;
    const send = (title: string) => hear('trackPageView', mayStore ? `${title}, with cookies` : title);
    const tracker: Readonly<Record<string, (title: string) => unknown>> = {
      trackPageView: (title) => (mayTrack ? send(title) : held.push(title)),
      hasRememberedConsent: remembers,
      requireConsent: () => {
        mayTrack = remembers();
        if (!mayTrack) mayStore = false;
      },
      setConsentGiven: () => {
        mayTrack = true;
        held.splice(0).forEach(send);
        mayStore = true;
      },
      forgetConsentGiven: () => {
        store('mtm_consent_removed', '1');
        mayTrack = false;
        mayStore = false;
      },
      requireCookieConsent: () => {
        mayStore = false;
      },
      setCookieConsentGiven: () => {
        mayStore = true;
      },
      forgetCookieConsentGiven: () => {
        mayStore = false;
      },
    };
    // What a function asks of the tracker is heard as well.
    const heard = Object.fromEntries(
      Object.entries(tracker).map(([name, method]) => [
        name,
        (title: string) => {
          if (name !== 'trackPageView') hear(name);
          return method(title);
        },
      ]),
    );
    const push = ([what, ...args]: Entry) => {
      const method = typeof what === 'function' ? what : heard[`${what}`];
      if (typeof method !== 'function') throw new TypeError(`no ${what}`);
      method.apply(heard, args);
    };
    const list: Entry[] = Reflect.get(globalThis, '_paq') ?? [];
    for (const name of first) list.filter(([what]) => what === name).forEach(push);
    list.filter(([what]) => !first.includes(`${what}`)).forEach(push);
    Reflect.set(globalThis, '_paq', { push });
  },
} satisfies VendorDouble;
