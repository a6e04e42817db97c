import { describe, expect, it, vi } from 'vitest';
import { google } from '../../../src/signals/google.ts';
import { cleanGlobals, itHears, openPage, SITE } from '../../fixtures/signals.ts';

const errors = cleanGlobals('dataLayer', 'autre');

const DENIED = {
  ad_storage: 'denied',
  ad_user_data: 'denied',
  ad_personalization: 'denied',
  analytics_storage: 'denied',
  functionality_storage: 'denied',
  personalization_storage: 'denied',
  security_storage: 'granted',
};
const GRANTED = Object.fromEntries(Object.keys(DENIED).map((term) => [term, 'granted']));
const ANALYTICS = { ...DENIED, analytics_storage: 'granted' };
const DEFAULT = [
  ['consent', 'default', { ...DENIED, wait_for_update: 500 }],
  ['set', 'ads_data_redaction', true],
  ['set', 'url_passthrough', false],
];
/** Calls of the list as lists; what is no call as it is. */
const layer = (name = 'dataLayer') => {
  const list: unknown[] = [];
  Reflect.set(globalThis, name, list);
  const read = () =>
    list.map((entry) =>
      Object.prototype.toString.call(entry) === '[object Arguments]' ? Array.from(entry as []) : entry,
    );
  return { list, read };
};
function words(..._words: unknown[]): IArguments {
  // biome-ignore lint/complexity/noArguments: Google's tags tell a call from data by it.
  return arguments;
}
const gtag = (list: unknown[], ...call: unknown[]) => list.push(words(...call));
/** Calls about consent, without the event that follows each update. */
const consents = (read: () => unknown[]) =>
  read().filter((entry) => Array.isArray(entry) && entry[0] === 'consent');
const update = (terms: object) => ['consent', 'update', terms];

describe('Google Consent Mode', () => {
  const record = () => {
    const { list, read } = layer();
    // Compared once the visit is over.
    return new Proxy(list, {
      get: (_, key) =>
        Reflect.get(
          read().filter((entry) => Array.isArray(entry)),
          key,
        ),
    });
  };
  itHears(() => google(), record, {
    'nothing is known yet': DEFAULT,
    'a first visit': DEFAULT,
    accepting: [...DEFAULT, update(GRANTED)],
    refusing: [...DEFAULT, update(DENIED)],
    'granting analytics alone': [...DEFAULT, update(ANALYTICS)],
    'accepting, then withdrawing': [...DEFAULT, update(GRANTED), update(DENIED)],
    'back after accepting': [...DEFAULT, update(GRANTED)],
    'back after refusing': [...DEFAULT, update(DENIED)],
    'accepting, then reset': [...DEFAULT, update(GRANTED), update(DENIED)],
    'accepting after the signal was stopped': DEFAULT,
  });

  it('hands each call over as the arguments object that tags look for, not as a list', () => {
    const { list } = layer();
    openPage(google()).begin();
    for (const entry of list) expect(Object.prototype.toString.call(entry)).toBe('[object Arguments]');
  });

  it('tells Tag Manager the full state after each update, and before none', () => {
    const { read } = layer();
    const { begin, consent } = openPage(google());
    begin();
    expect(read().some((entry) => (entry as { event?: string }).event)).toBe(false);
    consent.save({ analytics: 'granted' });
    expect(read().at(-2)).toEqual(update(ANALYTICS));
    expect(read().at(-1)).toEqual({
      event: 'bandeau_consent',
      bandeau: { ...ANALYTICS, choices: { ...consent.choices } },
    });
    expect(consent.choices).toMatchObject({ analytics: 'granted', advertising: 'denied' });
  });
});

describe('the default', () => {
  it('comes before what the page has put there, as long as no tag has read it', () => {
    const { list, read } = layer();
    list.push(['js'], ['config', 'G-1']);
    openPage(google());
    expect(read()).toEqual([...DEFAULT, ['js'], ['config', 'G-1']]);
  });

  it('is pushed where a tag has taken the list over, since nothing that it has read comes later', () => {
    const { list, read } = layer();
    list.push(['config', 'G-1']);
    const taken: unknown[] = [];
    list.push = (...entries: unknown[]) => taken.push(...entries);
    openPage(google());
    expect(read()).toEqual([['config', 'G-1']]);
    expect(taken).toHaveLength(DEFAULT.length);
  });

  it("is the page's own where it has one: there is no second", () => {
    const { list, read } = layer();
    gtag(list, 'consent', 'default', { ad_storage: 'denied', security_storage: 'granted' });
    gtag(list, 'js');
    const before = read();
    const { begin, consent } = openPage(google());
    expect(read()).toEqual(before);
    begin();
    consent.rejectAll();
    expect(consents(read)).toEqual([before[0], update(DENIED)]);
  });

  it.each([
    ['is for some regions alone', { ad_storage: 'denied', region: ['US-CA'] }],
    ['is for some regions alone, and grants', { ad_storage: 'granted', region: ['US'] }],
  ])('comes first where the one of the page %s', (_, terms) => {
    const { list, read } = layer();
    gtag(list, 'consent', 'default', terms);
    openPage(google());
    expect(read()).toEqual([...DEFAULT, ['consent', 'default', terms]]);
  });

  it('comes first where the page has pushed a list, which tags take for no call', () => {
    const { list, read } = layer();
    list.push(['consent', 'default', DENIED]);
    openPage(google());
    expect(read()).toEqual([...DEFAULT, ['consent', 'default', DENIED]]);
  });

  it.each([
    ['last', [{ analytics_storage: 'granted' }]],
    ['first', [{ analytics_storage: 'granted' }, { ad_storage: 'denied' }]],
  ])('comes after those of the page, and before anything else, where one grants: the %s', (_, terms) => {
    const { list, read } = layer();
    gtag(list, 'set', 'linker', {});
    for (const one of terms) gtag(list, 'consent', 'default', one);
    gtag(list, 'config', 'G-1');
    openPage(google());
    expect(read()).toEqual([
      ['set', 'linker', {}],
      ...terms.map((one) => ['consent', 'default', one]),
      ...DEFAULT,
      ['config', 'G-1'],
    ]);
  });

  it.each([[[]], [['consent', 'default']], [['consent', 'default', null]], [['consent', 'update', GRANTED]]])(
    'survives a call of the page that says little: %j',
    (words) => {
      const { list } = layer();
      gtag(list, ...words);
      openPage(google());
      expect(errors).toEqual([]);
    },
  );

  it('comes first in another list, too, that the page gives the name to, and once', () => {
    const first = layer();
    const { begin, consent } = openPage(google());
    begin();
    const second = layer();
    second.list.push(['js']);
    consent.acceptAll();
    consent.rejectAll();
    expect(first.read()).toEqual(DEFAULT);
    expect(second.read().slice(0, 4)).toEqual([...DEFAULT, ['js']]);
    expect(consents(second.read)).toEqual([DEFAULT[0], update(GRANTED), update(DENIED)]);
  });

  it.each<[string, PropertyDescriptor]>([
    ['is frozen', { value: Object.freeze([]) }],
    [
      'throws when it is pushed to',
      {
        value: {
          push() {
            throw new Error('of the page');
          },
        },
      },
    ],
    [
      'throws when it is read',
      {
        get() {
          throw new Error('of the page');
        },
      },
    ],
  ])('is reported, and the page goes on, where the list %s', (_, how) => {
    Object.defineProperty(globalThis, 'dataLayer', { ...how, configurable: true });
    const { begin, consent } = openPage(google());
    expect(errors).toHaveLength(1);
    begin();
    consent.acceptAll();
    expect(consent.receipt?.method).toBe('accept-all');
    const { read } = (() => {
      Reflect.deleteProperty(globalThis, 'dataLayer');
      return layer();
    })();
    consent.rejectAll();
    expect(consents(read)).toEqual([DEFAULT[0], update(DENIED)]);
  });

  it('makes the list where there is none yet, for the snippet that comes later', () => {
    openPage(google());
    expect(Reflect.get(globalThis, 'dataLayer')).toHaveLength(DEFAULT.length);
  });

  it('goes where the page says that its list is', () => {
    const { read } = layer('autre');
    openPage(
      google({ dataLayer: 'autre', waitForUpdate: 800, adsDataRedaction: false, urlPassthrough: true }),
    );
    expect(read()).toEqual([
      ['consent', 'default', { ...DENIED, wait_for_update: 800 }],
      ['set', 'ads_data_redaction', false],
      ['set', 'url_passthrough', true],
    ]);
    expect(globalThis).not.toHaveProperty('dataLayer');
  });
});

describe('terms for advertising', () => {
  const said = () => vi.spyOn(console, 'error').mockImplementation(() => {});

  it.each(['analytics', 'stats', ['advertising', 'analytics'], 'nobody'])(
    'stay denied when they are mapped to %s, which names no advertising',
    (ids) => {
      const error = said();
      const { read } = layer();
      const { begin, consent } = openPage(google({ map: { ad_storage: ids } }));
      begin();
      consent.acceptAll();
      expect(consents(read).at(-1)).toEqual(update({ ...GRANTED, ad_storage: 'denied' }));
      expect(error).toHaveBeenCalledWith(expect.stringMatching(/google.*ad_storage.*advertising/));
    },
  );

  it('are granted by a service of a category that names advertising', () => {
    const error = said();
    const { read } = layer();
    const { begin, consent } = openPage(google({ map: { ad_storage: 'ads' } }));
    begin();
    consent.acceptAll();
    expect(consents(read).at(-1)).toEqual(update(GRANTED));
    expect(error).not.toHaveBeenCalled();
  });

  it('stay denied where no category names advertising, whatever it is called', () => {
    const { read } = layer();
    const categories = SITE.categories.map((one) =>
      one.id === 'advertising' ? { ...one, title: 'Partenaires' } : one,
    );
    const { begin, consent } = openPage(google(), { policy: { ...SITE, categories } });
    begin();
    consent.acceptAll();
    expect(consents(read).at(-1)).toMatchObject(
      update({ ad_storage: 'denied', analytics_storage: 'granted' }),
    );
  });

  it('stay denied under Global Privacy Control until they are switched on by name', () => {
    const { read } = layer();
    const { begin, consent } = openPage(google(), { visitor: { region: 'fr', gpc: true } });
    begin();
    consent.acceptAll();
    expect(consents(read).at(-1)).toMatchObject(
      update({ ad_storage: 'denied', analytics_storage: 'granted' }),
    );
    consent.save({ advertising: 'granted' });
    expect(consents(read).at(-1)).toMatchObject(update({ ad_storage: 'granted' }));
  });
});

describe('where visitors opt out', () => {
  it('hears at once that all is granted, and then that the visitor has opted out', () => {
    const { read } = layer();
    const { begin, consent } = openPage(google(), { visitor: { region: 'us-ca' } });
    begin();
    consent.optOut();
    const [, first, second, ...more] = consents(read) as [string, string, Record<string, string>][];
    expect(first).toEqual(update(GRANTED));
    expect(second?.[2]).toMatchObject({ ad_storage: 'denied', analytics_storage: 'granted' });
    expect(more).toEqual([]);
  });
});

it('says that advanced mode is contested, and says nothing else', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  layer();
  openPage(google());
  expect(warn).not.toHaveBeenCalled();
  openPage(google({ advanced: true }));
  expect(warn).toHaveBeenCalledWith(expect.stringMatching(/google.*advanced.*EEA/));
  expect(errors).toEqual([]);
});
