import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { builtSignals } from '../../scripts/signals.mjs';
import type { Policy, SignalSettings } from '../../src/types.ts';
import { ask, html, POLICY, settle, useChromium, useSite } from '../support/stage.ts';
import { VENDOR_DOUBLES, type VendorName } from '../support/vendor-doubles/index.ts';
import type { VendorDouble } from '../support/vendor-doubles/vendor-double.ts';

// What each tool has understood of the choice, as its script tells it, in a real page on the built files.

const { site, tracker } = useSite();
const visitors = useChromium();

type Heard = readonly (readonly unknown[])[];

interface Row {
  readonly vendor: VendorName;
  readonly options?: Omit<SignalSettings, 'name'>;
  /** Who grants the script; null where it is the site's own platform, which is held by nobody. */
  readonly heldBy: 'analytics' | 'preference' | 'publicite' | null;
  /** By a held script: after everything was granted, and then taken back. */
  readonly granted: Heard;
  readonly withdrawn: Heard;
  /** The same on a page after the one where it was granted. @default as `granted` */
  readonly back?: Heard;
  /** With analytics granted and nothing else, where it has more terms and its script is not held by another category. */
  readonly partly?: Heard;
  /** By a platform of the site's own, and what it stores of it. */
  readonly refused?: Heard;
  readonly stores?: readonly string[];
  /** By a script that runs before bandeau: before the choice, then analytics alone, everything, nothing. */
  readonly running: readonly [before: Heard, partly: Heard, granted: Heard, withdrawn: Heard];
  /** What the console says where a script runs although it was refused. */
  readonly complains?: string;
}

const alloy = (val: 'y' | 'n') => [
  'setConsent',
  { consent: [{ standard: 'Adobe', version: '2.0', value: { collect: { val } } }] },
];
const PENDING = ['configure', { defaultConsent: 'pending' }];
const amazon = (isGranted: boolean) => [{ enableAdStorage: isGranted, enableUserData: isGranted }];
const clarity = (ad_Storage: string, analytics_Storage: string) => [
  'consentv2',
  { ad_Storage, analytics_Storage },
];
const hubspot = (analytics: boolean, rest: boolean) => ({
  analytics,
  advertisement: rest,
  functionality: rest,
});
const hubspotConsent = (...of: Parameters<typeof hubspot>) => ['setHubSpotConsent', hubspot(...of)];
const optedIn = { captureEventName: false };
const optedOut = { delete_user: false };
const segment = (event: string, Analytics: boolean, rest: boolean) => {
  const categoryPreferences = {
    Advertising: rest,
    Analytics,
    DataSharing: rest,
    Functional: rest,
    Personalization: rest,
  };
  return [event, { consent: { categoryPreferences } }];
};
const UPDATED = 'Segment Consent Preference Updated';
const uet = (what: string, ad_storage: string) => ['consent', what, { ad_storage }];
const shop = (analytics: boolean, marketing: boolean, preferences: boolean) => [
  { analytics, marketing, preferences },
];
const GIVEN = ['setConsentGiven'];
const WP = ['functional', 'preferences', 'statistics', 'statistics-anonymous', 'marketing'];
const wordpress = (value: string, ...categories: readonly string[]) =>
  categories.map((category) => [category, value]);

const ROWS: readonly Row[] = [
  {
    vendor: 'adobe',
    heldBy: 'analytics',
    granted: [PENDING, alloy('y'), ['sendEvent', {}]],
    withdrawn: [alloy('n')],
    running: [[PENDING], [alloy('y'), ['sendEvent', {}]], [alloy('y')], [alloy('n')]],
  },
  {
    vendor: 'amazon',
    heldBy: 'publicite',
    granted: [amazon(true), ['trackEvent', 'granted']],
    withdrawn: [amazon(false)],
    running: [[['trackEvent', 'denied']], [amazon(false)], [amazon(true)], [amazon(false)]],
  },
  {
    vendor: 'clarity',
    heldBy: 'analytics',
    granted: [clarity('granted', 'granted'), ['start']],
    withdrawn: [clarity('denied', 'denied')],
    partly: [clarity('denied', 'granted'), ['start']],
    running: [
      [['start']],
      [clarity('denied', 'granted')],
      [clarity('granted', 'granted')],
      [clarity('denied', 'denied')],
    ],
  },
  {
    // It knows no grant: that its tag came is what says so.
    vendor: 'contentsquare',
    heldBy: 'analytics',
    granted: [['trackPageview', '/']],
    withdrawn: [['optout']],
    running: [[['trackPageview', '/']], [], [], [['optout']]],
  },
  {
    vendor: 'hotjar',
    heldBy: 'analytics',
    granted: [['event', 'viewed']],
    withdrawn: [],
    running: [[['event', 'viewed']], [], [], []],
    complains: 'hotjar: only a held script can be refused',
  },
  {
    vendor: 'hotjar',
    options: { consentCommand: true },
    heldBy: 'analytics',
    granted: [
      ['event', 'viewed'],
      ['consent', true],
    ],
    withdrawn: [['consent', false]],
    running: [[['event', 'viewed']], [['consent', true]], [['consent', true]], [['consent', false]]],
  },
  {
    vendor: 'hubspot',
    heldBy: 'analytics',
    granted: [hubspotConsent(false, false), hubspotConsent(true, true), ['page view', hubspot(true, true)]],
    withdrawn: [['revokeCookieConsent', null], hubspotConsent(false, false)],
    partly: [hubspotConsent(false, false), hubspotConsent(true, false), ['page view', hubspot(true, false)]],
    running: [
      [['page view', 'granted'], hubspotConsent(false, false)],
      [hubspotConsent(true, false)],
      [hubspotConsent(true, true)],
      [['revokeCookieConsent', null], hubspotConsent(false, false)],
    ],
  },
  {
    vendor: 'intercom',
    heldBy: 'preference',
    granted: [['boot', { app_id: 'a' }]],
    withdrawn: [['shutdown']],
    running: [[['boot', { app_id: 'a' }]], [['shutdown']], [['boot', { app_id: 'a' }]], [['shutdown']]],
  },
  {
    vendor: 'matomo',
    heldBy: 'analytics',
    granted: [['requireConsent'], GIVEN, ['trackPageView', 'home, with cookies']],
    withdrawn: [['hasRememberedConsent'], ['requireConsent']],
    running: [
      [['trackPageView', 'home, with cookies'], ['requireConsent']],
      [GIVEN],
      [GIVEN],
      [['hasRememberedConsent'], ['requireConsent']],
    ],
  },
  {
    vendor: 'meta',
    heldBy: 'publicite',
    granted: [
      ['consent', 'revoke'],
      ['consent', 'grant'],
      ['init', 'id'],
      ['track', 'PageView'],
    ],
    withdrawn: [['consent', 'revoke']],
    running: [
      [
        ['init', 'id'],
        ['track', 'PageView'],
        ['consent', 'revoke'],
      ],
      [['consent', 'revoke']],
      [['consent', 'grant']],
      [['consent', 'revoke']],
    ],
  },
  {
    vendor: 'mixpanel',
    heldBy: 'analytics',
    granted: [
      ['in', {}],
      ['track', 'viewed'],
    ],
    withdrawn: [['out', optedOut]],
    // It has kept the grant itself.
    back: [['track', 'viewed']],
    running: [[], [['in', {}]], [], [['out', optedOut]]],
  },
  {
    vendor: 'piano',
    heldBy: 'analytics',
    granted: [
      ['begins', 'opt-out'],
      ['consent', 'opt-in'],
      ['page.display', 'opt-in'],
    ],
    withdrawn: [['consent', 'opt-out']],
    running: [
      [
        ['begins', 'opt-in'],
        ['page.display', 'opt-in'],
      ],
      [['privacy', 'optin']],
      [['privacy', 'optin']],
      [['privacy', 'optout']],
    ],
  },
  {
    vendor: 'posthog',
    heldBy: 'analytics',
    granted: [
      ['in', optedIn],
      ['capture', 'viewed'],
    ],
    withdrawn: [['out', null]],
    back: [['capture', 'viewed']],
    running: [[], [['in', optedIn]], [], [['out', null]]],
  },
  {
    vendor: 'segment',
    heldBy: 'analytics',
    granted: [segment('Page viewed', true, true), segment(UPDATED, true, true)],
    withdrawn: [segment(UPDATED, false, false)],
    partly: [segment('Page viewed', true, false), segment(UPDATED, true, false)],
    back: [segment('Page viewed', true, true)],
    running: [
      [['Page viewed', {}]],
      [segment(UPDATED, true, false)],
      [segment(UPDATED, true, true)],
      [segment(UPDATED, false, false)],
    ],
  },
  {
    vendor: 'sentry',
    heldBy: 'analytics',
    granted: [['start']],
    withdrawn: [['stop']],
    running: [[], [['start']], [['start']], [['stop']]],
  },
  {
    vendor: 'shopify',
    heldBy: null,
    granted: [shop(true, true, true)],
    withdrawn: [shop(false, false, false)],
    partly: [shop(true, false, false)],
    // It has kept the grant itself.
    back: [],
    refused: [shop(false, false, false)],
    stores: ['_tracking_consent'],
    running: [
      [],
      [shop(true, false, false)],
      [{ marketing: true, preferences: true }].map((terms) => [terms]),
      [shop(false, false, false)],
    ],
  },
  {
    vendor: 'tiktok',
    heldBy: 'publicite',
    granted: [['grantConsent'], ['page']],
    withdrawn: [['revokeConsent']],
    running: [[['page']], [['revokeConsent']], [['grantConsent']], [['revokeConsent']]],
  },
  {
    vendor: 'uet',
    heldBy: 'publicite',
    granted: [uet('default', 'denied'), uet('update', 'granted'), ['pageLoad']],
    withdrawn: [uet('update', 'denied')],
    running: [
      [['pageLoad'], uet('default', 'denied')],
      [uet('update', 'denied')],
      [uet('update', 'granted')],
      [uet('update', 'denied')],
    ],
  },
  {
    vendor: 'wordpress',
    heldBy: null,
    granted: wordpress('allow', ...WP),
    withdrawn: wordpress('deny', ...WP.slice(1)),
    partly: wordpress('allow', 'functional', 'statistics', 'statistics-anonymous'),
    back: [],
    refused: wordpress('allow', 'functional'),
    stores: ['wp_consent_functional'],
    running: [
      [],
      wordpress('allow', 'functional', 'statistics', 'statistics-anonymous'),
      wordpress('allow', 'preferences', 'marketing'),
      wordpress('deny', ...WP.slice(1)),
    ],
  },
];

const service = (id: string, category: string) => ({
  ...{ id, category, vendor: { name: 'Tiers' }, purpose: 'Un outil.', reload: false },
});
const policyOf = ({ vendor, options }: Row): Policy => ({
  ...POLICY,
  categories: [
    ...POLICY.categories,
    { id: 'personalization' },
    { id: 'publicite', title: 'Publicité', description: 'Annonces choisies selon vos visites.' },
  ],
  services: [...POLICY.services, service('conseils', 'personalization'), service('annonces', 'publicite')],
  signals: [options ? { name: vendor, ...options } : vendor],
});

/** The vendor's markup: its snippet and what the page says with it, its script, and what the page says afterwards. */
const markup = ({ vendor, heldBy }: Row, isHeld: boolean) => {
  const { snippet, says, after }: VendorDouble = VENDOR_DOUBLES[vendor];
  const hold = isHeld && heldBy ? `type="text/plain" data-category="${heldBy}"` : '';
  // A method's text is no function yet.
  const call = (act: (origin: string) => void) =>
    `(({ ${act} }).${act.name})(${JSON.stringify(tracker.origin)});`;
  const inline = [snippet, says].map((act) => (act ? call(act) : '')).join('');
  const src = `src="${tracker.origin}/s/vendor-${vendor}.js"`;
  // Shopify's snippet loads its script by itself.
  const script = vendor === 'shopify' && isHeld ? '' : `<script ${hold} ${src}></script>`;
  return `<script>${inline}</script>${script}${after ? `<script ${hold}>${call(after)}</script>` : ''}`;
};
const CORE = '<script src="/bandeau/bandeau.js"></script>';

async function arrive(row: Row, order: 'held' | 'running') {
  const isHeld = order === 'held';
  const tag = markup(row, isHeld);
  const parts = isHeld ? { head: tag } : { core: `${tag}${CORE}` };
  site.pages['/'] = html({ policy: policyOf(row), ...parts });
  const visit = await visitors.arrive();
  await visit.page.goto(`${site.origin}/`);
  const file = `/bandeau/signals/${row.vendor}.js`;
  await expect.poll(() => site.requests.map(({ url }) => url)).toContain(file);
  // After the page's own import of it, by which the signal is started.
  await visit.page.evaluate(`import('${file}').then(() => {})`);
  return visit;
}
/** What the tag has understood since it was asked last, in its order. */
function hearing({ vendor }: Row, page: Page) {
  let known = 0;
  const heard = () =>
    tracker.requests
      .map(({ url }) => new URLSearchParams(url.split('?')[1]).get(vendor) ?? '')
      .flatMap((text) => {
        const [, n, call] = /^(\d+):(.*)$/.exec(text) ?? [];
        return call ? [{ n: Number(n), call: JSON.parse(call) as unknown }] : [];
      })
      .sort((a, b) => a.n - b.n)
      .map(({ call }) => call);
  // What comes too much is found by the next step, or by the end of the test.
  return async (expected: Heard, isEnd = expected.length === 0) => {
    await expect.poll(() => heard().slice(known)).toEqual(expected);
    if (isEnd) await settle(page, tracker.origin);
    expect(heard().slice(known)).toEqual(expected);
    known += expected.length;
  };
}
const tags = () => tracker.requests.filter(({ url }) => url.startsWith('/s/vendor-'));
/** What is on the device, without bandeau's own. */
const stored = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.cookie.split('; '), ...Object.keys(localStorage), ...Object.keys(sessionStorage)]
      .map((one) => one.split('=', 1)[0] ?? '')
      .filter((name) => name && !name.startsWith('bandeau')),
  );

it('every signal that is built is here, but for Google, which has tests of its own', () => {
  const names = [...new Set<string>(ROWS.map(({ vendor }) => vendor)), 'google'].sort();
  expect(names).toEqual(builtSignals());
});

const nameOf = ({ vendor, options }: Row) => [vendor, ...Object.keys(options ?? {})].join(' ');

describe.each(ROWS.map((row) => [nameOf(row), row] as const))('%s', (_, row) => {
  it('nothing is asked or stored before a choice; a grant is heard, on the next page before its first event, and a withdrawal at once', async () => {
    const { page, seen } = await arrive(row, 'held');
    const hears = hearing(row, page);
    await hears([]);
    if (row.heldBy) expect(tags()).toEqual([]);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    expect(await stored(page)).toEqual([]);
    await ask(page, (consent) => consent.acceptAll());
    await hears(row.granted, true);
    expect(tags()).toHaveLength(1);

    tracker.clear();
    await page.reload();
    const hearsLater = hearing(row, page);
    await hearsLater(row.back ?? row.granted);
    await ask(page, (consent) => consent.withdraw());
    await hearsLater(row.withdrawn, true);
    expect(seen.errors).toEqual([]);
    expect(seen.console.join()).toContain(row.complains ?? '');
  });

  it('is not loaded by a refusal', async () => {
    const { page } = await arrive(row, 'held');
    await ask(page, (consent) => consent.rejectAll());
    await hearing(row, page)(row.refused ?? [], true);
    if (row.heldBy) expect(tags()).toEqual([]);
    expect(await stored(page)).toEqual(row.stores ?? []);
  });

  it('hears every choice where it runs before bandeau does', async () => {
    const { page, seen } = await arrive(row, 'running');
    const hears = hearing(row, page);
    const [before, partly, granted, withdrawn] = row.running;
    await hears(before);
    await ask(page, (consent) => consent.save({ analytics: 'granted' }));
    await hears(partly);
    await ask(page, (consent) => consent.acceptAll());
    await hears(granted);
    await ask(page, (consent) => consent.withdraw());
    await hears(withdrawn, true);
    expect(seen.errors).toEqual([]);
  });
});

describe('analytics alone', () => {
  const rows = ROWS.filter(({ partly, heldBy }) => partly || heldBy === 'publicite');
  it.each(rows.map((row) => [nameOf(row), row] as const))('grants no advertising to %s', async (_, row) => {
    const { page } = await arrive(row, 'held');
    await ask(page, (consent) => consent.save({ analytics: 'granted' }));
    await hearing(row, page)(row.partly ?? [], true);
    if (!row.partly) expect(tags()).toEqual([]);
  });
});
