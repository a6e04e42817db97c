import { describe, expect, it } from 'vitest';
import { fromAxeptio } from '../../src/import/axeptio.ts';
import { fromC15t } from '../../src/import/c15t.ts';
import { fromCookiebot } from '../../src/import/cookiebot.ts';
import { fromCookieYes } from '../../src/import/cookieyes.ts';
import type { ImportMap } from '../../src/import/importer.ts';
import { fromKlaro } from '../../src/import/klaro.ts';
import { fromOneTrust } from '../../src/import/onetrust.ts';
import { fromTarteaucitron } from '../../src/import/tarteaucitron.ts';
import { fromVanillaCookieConsent } from '../../src/import/vanilla-cookieconsent.ts';
import type { Importer } from '../../src/types.ts';
import { readFixture, sourceOf } from '../fixtures/import-source.ts';
import { NOW } from '../fixtures/policy.ts';

const DAY = 864e5;
const TIME = '2025-02-03T09:30:12.345Z';
const WRITTEN = Date.parse(TIME);

interface Tool {
  readonly fixture: string;
  readonly make: (map: ImportMap) => Importer;
  /** What was granted there, what was refused there, and what it does not know. */
  readonly yes: string;
  readonly no: string;
  readonly other?: string;
  /** Of its cookie, where its date is computed. */
  readonly lifetimeDays?: number;
  /** The same cookie, of which nothing must be taken over: by what is the matter with it. */
  readonly bad: Record<string, [from: string | RegExp, to: string]>;
}

const TOOLS: Record<string, Tool> = {
  'vanilla-cookieconsent 3': {
    fixture: 'vanilla-cookieconsent-3',
    make: fromVanillaCookieConsent,
    yes: 'analytics',
    no: 'marketing',
    bad: {
      'without a date': ['lastConsentTimestamp', 'lastSeen'],
      'without an id, as before a decision': ['consentId', 'id'],
      'expired by its own date': ['1757000000000', '1740000000000'],
      'cut off': [/%7D$/, ''],
    },
  },
  'vanilla-cookieconsent 2': {
    fixture: 'vanilla-cookieconsent-2',
    make: fromVanillaCookieConsent,
    yes: 'analytics',
    no: 'marketing',
    bad: { 'of a version without dates': [/,"consent_date".*\}/, '}'], 'cut off': [/\}$/, ''] },
  },
  Klaro: {
    fixture: 'klaro',
    make: fromKlaro,
    yes: 'matomo',
    no: 'youtube',
    other: 'hotjar',
    lifetimeDays: 120,
    bad: { 'with another kind of answer': ['%3Atrue', '%3A1'], 'cut off': [/%7D$/, ''] },
  },
  tarteaucitron: {
    fixture: 'tarteaucitron',
    make: (map) => fromTarteaucitron({ vimeo: [], youtube: [], matomo: [], ...map }, { highPrivacy: true }),
    yes: 'matomo',
    no: 'youtube',
    other: 'hotjar',
    lifetimeDays: 365,
    bad: {
      'with one twice': ['!matomo=true', '!matomo=false!matomo=true'],
      'with one that waits': ['vimeo=false', 'vimeo=wait'],
      'with one that may start by itself': ['!vimeo=false', '!vimeo=false!plausible=true'],
    },
  },
  Cookiebot: {
    fixture: 'cookiebot',
    make: fromCookiebot,
    yes: 'statistics',
    no: 'marketing',
    other: 'unclassified',
    bad: {
      'implied by going on': ['explicit', 'implied'],
      'of a region where it does not ask': [/stamp:%27[^%]+/, 'stamp:%27-1'],
      'without a date': [/%2Cutc:\d+/, ''],
      'with a name twice': ['statistics:true', 'statistics:false%2Cstatistics:true'],
      'of a region, short': [/=.*/, '=-1'],
      'from the future': ['1738575012345', '1838575012345'],
    },
  },
  OneTrust: {
    fixture: 'onetrust',
    make: fromOneTrust,
    yes: 'C0002',
    no: 'C0004',
    other: 'C0009',
    bad: {
      'that was closed and not answered': ['intType=7', 'intType=3'],
      'that does not say how': ['&intType=7', ''],
      'that waits to be asked again': ['AwaitingReconsent=false', 'AwaitingReconsent=true'],
      'that was not answered yet': [/\nOptanonAlertBoxClosed.*/, ''],
      'with another kind of answer': ['C0002%3A1', 'C0002%3A2'],
      'with a broken date': ['2025-02-03T', 'x'],
      'with a group twice': ['C0002%3A1', 'C0002%3A0%2CC0002%3A1'],
      'with its groups twice': ['&groups=', '&groups=C0002%3A1%2CC0004%3A0&groups='],
      'that waits and does not': [
        'AwaitingReconsent=false',
        'AwaitingReconsent=false&AwaitingReconsent=true',
      ],
    },
  },
  Axeptio: {
    fixture: 'axeptio',
    make: fromAxeptio,
    yes: 'matomo',
    no: 'Facebook Pixel',
    other: 'hotjar',
    bad: {
      'that is not completed': ['$$completed%22:true', '$$completed%22:false'],
      'without a date': ['$$date', '$$day'],
      'that contradicts its list of vendors': ['vendors=%2Cmatomo', 'vendors=%2Cyoutube'],
    },
  },
  CookieYes: {
    fixture: 'cookieyes',
    make: fromCookieYes,
    yes: 'analytics',
    no: 'advertisement',
    other: 'social',
    lifetimeDays: 365,
    bad: {
      'before a decision': ['action:yes', 'action:'],
      'with a name twice': ['analytics:yes', 'analytics:no,analytics:yes'],
      'of its opt-out banner': ['consent:yes', 'consent:no'],
    },
  },
  'c15t, in a cookie': {
    fixture: 'c15t-cookie',
    make: fromC15t,
    yes: 'measurement',
    no: 'marketing',
    bad: {
      'without a date': [/,i\.t:\d+/, ''],
      'with a name twice': ['c.measurement:1', 'c.measurement:0,c.measurement:1'],
    },
  },
  'c15t, in localStorage': {
    fixture: 'c15t-stored',
    make: fromC15t,
    yes: 'measurement',
    no: 'marketing',
    other: 'sale',
    bad: { 'without a date': ['"time"', '"at"'], 'cut off': [/\}$/, ''] },
  },
  'c15t 1': {
    fixture: 'c15t-1',
    make: fromC15t,
    yes: 'measurement',
    no: 'marketing',
    other: 'sale',
    bad: { 'without a date': ['"time"', '"at"'] },
  },
};

const expiryOf = ({ lifetimeDays }: Tool) => (lifetimeDays ? WRITTEN + lifetimeDays * DAY : null);

describe.each(Object.entries(TOOLS))('%s', (_, tool) => {
  const { fixture, make, yes, no, other, bad } = tool;
  const text = readFixture(fixture);
  const page = sourceOf(text, expiryOf(tool));

  it('gives yes, no and the time of the decision', () => {
    expect(make({ [yes]: 'analytics', [no]: ['advertising', 'preference'] }).read(page)).toEqual({
      time: TIME,
      choices: { analytics: 'granted', advertising: 'denied', preference: 'denied' },
    });
  });

  it('gives nothing where two that stand for one id disagree', () => {
    expect(make({ [yes]: 'analytics', [no]: 'analytics' }).read(page)).toBeNull();
  });

  if (other) {
    it('gives nothing where a part of the map was not answered', () => {
      expect(make({ [yes]: 'analytics', [other]: 'advertising' }).read(page)).toBeNull();
    });
  }

  it.each(Object.entries(bad))('gives nothing of one %s', (_what, [from, to]) => {
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    expect(
      make({ [yes]: 'analytics', [no]: 'advertising' }).read(sourceOf(broken, expiryOf(tool))),
    ).toBeNull();
  });

  it.each(['', 'x', '{', '%', '[]', 'null', '!', ':', '=', '{}'])('gives nothing of %j', (value) => {
    const name = /([^ =]+)=/.exec(text)?.[1] ?? '';
    for (const line of [`${name}=${value}`, `stored ${name}=${value}`]) {
      expect(make({ [yes]: 'analytics' }).read(sourceOf(line, expiryOf(tool)))).toBeNull();
    }
  });

  it('gives nothing on a page where the tool never was', () => {
    expect(make({ [yes]: 'analytics' }).read(sourceOf('other=1'))).toBeNull();
  });

  it.each(['constructor', '__proto__', 'toString'])('does not take %s for an answer of yes', (name) => {
    const found = make(JSON.parse(`{"${name}":"analytics"}`)).read(page);
    expect(found?.choices['analytics']).not.toBe('granted');
  });
});

describe.each(Object.entries(TOOLS).filter(([, { lifetimeDays }]) => lifetimeDays))(
  '%s, which stores no date',
  (_, tool) => {
    const { fixture, make, yes } = tool;
    const text = readFixture(fixture);
    const read = (expires: number | null) => make({ [yes]: 'analytics' }).read(sourceOf(text, expires));

    it('gives nothing where the browser does not say when the cookie expires', () => {
      expect(read(null)).toBeNull();
    });

    it('gives nothing where the cookie outlives the lifetime that the site names', () => {
      expect(read(NOW + (tool.lifetimeDays ?? 0) * DAY + 1000)).toBeNull();
    });

    it('gives nothing of a cookie that is expired', () => {
      expect(read(NOW)).toBeNull();
    });
  },
);

describe('what a site says of its tool', () => {
  it('another cookie name is read, and the default one is not', () => {
    const page = sourceOf(readFixture('cookiebot').replace('CookieConsent', 'Consent'));
    expect(fromCookiebot({ statistics: 'analytics' }, { cookieName: 'Consent' }).read(page)).not.toBeNull();
    expect(fromCookiebot({ statistics: 'analytics' }).read(page)).toBeNull();
  });

  it('a decision about another revision of vanilla-cookieconsent is not taken over', () => {
    const page = sourceOf(readFixture('vanilla-cookieconsent-3'));
    const read = (revision: number) =>
      fromVanillaCookieConsent({ analytics: 'analytics' }, { revision }).read(page);
    expect(read(2)).not.toBeNull();
    expect(read(3)).toBeNull();
  });

  it('a consent of Cookiebot from before it was renewed is not taken over', () => {
    const page = sourceOf(readFixture('cookiebot'));
    expect(fromCookiebot({ statistics: 'analytics' }, { version: 1 }).read(page)).not.toBeNull();
    expect(fromCookiebot({ statistics: 'analytics' }, { version: 2 }).read(page)).toBeNull();
  });

  it('tarteaucitron without highPrivacy took browsing on for a yes, so nothing is taken over', () => {
    const page = sourceOf(readFixture('tarteaucitron'), WRITTEN + 365 * DAY);
    const map = { matomo: 'analytics', youtube: 'advertising', vimeo: [] };
    expect(fromTarteaucitron(map, { highPrivacy: true }).read(page)).not.toBeNull();
    expect(fromTarteaucitron(map, { highPrivacy: false }).read(page)).toBeNull();
  });

  it('vanilla-cookieconsent in localStorage, with a service of its own', () => {
    const cookie = readFixture('vanilla-cookieconsent-3').slice('cc_cookie='.length);
    const page = sourceOf(`stored cc_cookie=${decodeURIComponent(cookie)}`);
    expect(fromVanillaCookieConsent({ matomo: 'matomo', hotjar: 'heatmap' }).read(page)?.choices).toEqual({
      matomo: 'granted',
      heatmap: 'denied',
    });
  });

  it.each([
    ['without a date', 'c.necessary:1'],
    ['with a name twice', 'c.necessary:1,i.t:1738575012345,i.t:1738575012345'],
  ])('c15t in localStorage does not count beside a cookie of it %s', (_, cookie) => {
    const stored = readFixture('c15t-stored');
    expect(fromC15t({ measurement: 'analytics' }).read(sourceOf(stored))).not.toBeNull();
    expect(fromC15t({ measurement: 'analytics' }).read(sourceOf(`c15t=${cookie}\n${stored}`))).toBeNull();
  });

  it('c15t in seconds is the same time', () => {
    const page = sourceOf(readFixture('c15t-cookie').replace('1738575012345', '1738575012'));
    expect(fromC15t({ measurement: 'analytics' }).read(page)?.time).toBe('2025-02-03T09:30:12.000Z');
  });
});
