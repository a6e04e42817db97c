import { describe, expect, it } from 'vitest';
import { matomo } from '../../../src/signals/matomo.ts';
import { cleanGlobals, itHears, openPage, recordPushes, VISITS } from '../../fixtures/signals.ts';
import { matomo as matomoDouble } from '../../support/vendor-doubles/matomo.ts';
import { recordTag } from '../../support/vendor-doubles/vendor-double.ts';

cleanGlobals('_paq');

/** Each call is a list that is pushed; a refusal is a function, for the tracker to decide in. */
const REQUIRE = [['requireConsent']];
const GIVE = [['setConsentGiven']];
const TAKE = [[expect.any(Function)]];

describe('consent to tracking', () => {
  itHears(matomo, () => recordPushes('_paq'), {
    'nothing is known yet': [REQUIRE],
    'a first visit': [REQUIRE],
    accepting: [REQUIRE, GIVE],
    refusing: [REQUIRE, TAKE],
    'granting analytics alone': [REQUIRE, GIVE],
    'accepting, then withdrawing': [REQUIRE, GIVE, TAKE],
    'back after accepting': [REQUIRE, GIVE],
    'back after refusing': [REQUIRE, TAKE],
    'accepting, then reset': [REQUIRE, GIVE, TAKE],
    'accepting after the signal was stopped': [REQUIRE],
  });
});

describe('consent to cookies alone', () => {
  const require = [['requireCookieConsent']];
  const give = [['setCookieConsentGiven']];
  const take = [['forgetCookieConsentGiven']];
  itHears(
    () => matomo({ cookiesOnly: true }),
    () => recordPushes('_paq'),
    {
      'nothing is known yet': [require],
      'a first visit': [require],
      accepting: [require, give],
      refusing: [require, take],
      'granting analytics alone': [require, give],
      'accepting, then withdrawing': [require, give, take],
      'back after accepting': [require, give],
      'back after refusing': [require, take],
      'accepting, then reset': [require, give, take],
      'accepting after the signal was stopped': [require],
    },
  );
});

type Entry = readonly unknown[];
const page = globalThis as { _paq?: { push(entry: Entry): unknown } };
const list = () => (Array.isArray(page._paq) ? (page._paq as Entry[]) : []);

/** @returns what was sent of the pages, and what is on the device */
function load(kept: Readonly<Record<string, string>> = {}) {
  const { heard, device, tag } = recordTag(kept);
  matomoDouble.load(tag);
  return {
    sent: () => heard.filter(([what]) => what === 'trackPageView').map(([, title]) => title),
    device,
  };
}
const visitPage = (title: string) => {
  page._paq ??= [];
  page._paq.push(['trackPageView', title]);
};

describe('matomo.js', () => {
  it('sends nothing before a choice, and all of it after a grant', () => {
    const { begin, consent } = openPage(matomo());
    visitPage('home');
    const { sent } = load();
    begin();
    expect(sent()).toEqual([]);
    consent.acceptAll();
    visitPage('shop');
    expect(sent()).toEqual(['home', 'shop, with cookies']);
  });

  it('sends nothing after a refusal or a withdrawal, and stores nothing for it', () => {
    const { begin, consent } = openPage(matomo());
    const { sent, device } = load();
    begin();
    consent.rejectAll();
    visitPage('home');
    consent.acceptAll();
    consent.withdraw();
    visitPage('shop');
    expect(sent()).toEqual(['home']);
    expect(device.size).toBe(0);
  });

  it('that comes last knows of a withdrawal, although it makes calls in an order of its own', () => {
    VISITS['accepting, then withdrawing'](openPage(matomo()));
    visitPage('home');
    expect(load().sent()).toEqual([]);
  });

  it('that comes last knows of a grant after a withdrawal', () => {
    const page = openPage(matomo());
    VISITS['accepting, then withdrawing'](page);
    page.consent.acceptAll();
    visitPage('home');
    expect(load().sent()).toEqual(['home, with cookies']);
  });

  it('that is there first is stopped from then on', () => {
    visitPage('home');
    const { sent } = load();
    openPage(matomo()).begin();
    visitPage('shop');
    expect(sent()).toEqual(['home, with cookies']);
  });

  it('forgets at a refusal what it has remembered from an earlier time', () => {
    const { begin, consent } = openPage(matomo());
    const { sent, device } = load({ mtm_consent: '1' });
    begin();
    consent.rejectAll();
    visitPage('home');
    expect(sent()).toEqual([]);
    expect([...device.keys()]).toEqual(['mtm_consent', 'mtm_consent_removed']);
  });

  it.each([
    ['accepting', 'home, with cookies'],
    ['refusing', 'home'],
    ['accepting, then withdrawing', 'home'],
  ] as const)('counts without cookies until they are granted, where consent is for them: %s', (way, sent) => {
    VISITS[way](openPage(matomo({ cookiesOnly: true })));
    visitPage('home');
    expect(load().sent()).toEqual([sent]);
  });

  it('keeps what the page itself has to say, in its order', () => {
    visitPage('home');
    VISITS['accepting, then withdrawing'](openPage(matomo()));
    visitPage('shop');
    expect(list().filter(([what]) => what === 'trackPageView')).toEqual([
      ['trackPageView', 'home'],
      ['trackPageView', 'shop'],
    ]);
  });
});

it('follows one service where it is mapped to it', () => {
  const calls = recordPushes('_paq');
  const { begin, consent } = openPage(matomo({ map: { tracking: 'stats' } }));
  begin();
  consent.save({ stats: 'granted' });
  expect(calls.at(-1)).toEqual(GIVE);
  consent.withdraw('stats');
  expect(calls.at(-1)).toEqual(TAKE);
});

it('is denied where only advertising was granted', () => {
  const calls = recordPushes('_paq');
  const { begin, consent } = openPage(matomo());
  begin();
  consent.save({ advertising: 'granted' });
  expect(calls.at(-1)).toEqual(TAKE);
});
