import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { ConsentRecord } from '../../src/types.ts';
import {
  answer,
  ask,
  banner,
  decide,
  html,
  POLICY,
  preferences,
  ran,
  reached,
  settle,
  toggle,
  useChromium,
  useDemo,
  useSite,
} from '../support/stage.ts';

// One policy in several regions, with and without the signal of a browser: the page demo/hautecarte.

const demo = useDemo();
const visitors = useChromium();

/** Runs in the page before it: the browser sends Global Privacy Control. */
const sendGpc = () => Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });

async function arrive(region: string, { gpc = false } = {}) {
  const { page, seen } = await visitors.arrive();
  if (gpc) await page.addInitScript(sendGpc);
  await page.goto(`${demo.url}/hautecarte/?region=${region}`);
  return { page, seen };
}
const isQuiet = (page: Page) => settle(page, demo.trackerUrl);
const scripts = () => reached(demo.requests).filter((path) => path.startsWith('/s/'));
const cookieNames = async (page: Page) =>
  (await page.context().cookies()).map(({ name }) => name).filter((name) => !name.startsWith('bandeau'));
const lastRecord = async (page: Page): Promise<ConsentRecord> =>
  JSON.parse(await ask(page, (consent) => consent.exportReceipt('json'))).records[0];
const card = (page: Page) => page.locator('[data-bandeau-layer="update"]');
const status = (page: Page) => page.locator('[data-bandeau="opt-out-status"]');
const openPreferences = async (page: Page) => {
  await page.locator('[data-bandeau="preferences"]:visible').click();
  await preferences(page).waitFor();
};
const loads = (urls: Iterable<string[]>, part: string) =>
  [...urls].flat().filter((url) => url.includes(part)).length;

describe('in California', () => {
  it('everything runs before an answer, and opting out ends what is sold or shared', async () => {
    const { page } = await arrive('us-ca');
    await banner(page).waitFor();
    await expect.poll(() => ran(page)).toEqual(['relevo', 'tracepas', 'affichette']);
    expect(await cookieNames(page)).toEqual(expect.arrayContaining(['aff_id', 'rlv_id', 'trp_seance']));
    await decide(page, 'reject-all');
    await expect.poll(() => cookieNames(page)).not.toContain('aff_id');
    demo.requests.length = 0;
    await page.reload();
    await expect.poll(() => ran(page)).toEqual(['relevo', 'tracepas']);
    await isQuiet(page);
    expect(scripts()).toEqual(['/s/relevo.js', '/s/tracepas.js']);
    expect(await banner(page).count()).toBe(0);
  });

  it('the link of the page opts out without a question', async () => {
    const { page } = await arrive('us-ca');
    await decide(page, 'accept-all');
    await page.getByRole('link', { name: 'Do Not Sell or Share My Personal Information' }).click();
    await expect.poll(() => cookieNames(page)).not.toContain('aff_id');
    expect(await ask(page, ({ choices }) => choices)).toMatchObject({
      advertising: 'denied',
      analytics: 'granted',
    });
  });

  it('the signal is the answer: no banner, a card, and what is sold or shared is never requested', async () => {
    const { page } = await arrive('us-ca', { gpc: true });
    await card(page).getByRole('heading', { name: 'Opt-out request honored' }).waitFor();
    await expect.poll(() => ran(page)).toEqual(['relevo', 'tracepas']);
    await expect
      .poll(() => status(page).textContent())
      .toBe('Opt-out request honored Your browser sends Global Privacy Control. Off: Advertising.');
    expect(await banner(page).count()).toBe(0);
    expect(await lastRecord(page)).toMatchObject({
      method: 'signal',
      regime: 'opt-out',
      region: 'us-ca',
      browserSignal: 'gpc',
      overridesGpc: false,
      categories: { advertising: 'denied', analytics: 'granted' },
    });
    await page.reload();
    await expect.poll(() => status(page).textContent()).toContain('Opt-out request honored');
    await isQuiet(page);
    expect(await card(page).count()).toBe(0);
    expect(scripts()).not.toContain('/s/affichette.js');
    expect(reached(demo.requests)).not.toContain('/p/affichette.gif');
  });
});

describe('in Belgium', () => {
  it('the same page holds everything, and loads nothing of other regions', async () => {
    const { page, seen } = await arrive('be');
    await banner(page).waitFor();
    await isQuiet(page);
    expect(await ran(page)).toEqual([]);
    expect(reached(demo.requests)).toEqual([]);
    await answer(page, 'customize').click();
    await preferences(page).waitFor();
    expect(loads(seen.requests.values(), 'region.js')).toBe(0);
    expect(loads(seen.requests.values(), '/locales/region/')).toBe(0);
    expect(await status(page).textContent()).toBe('');
  });
});

describe('in France', () => {
  it('what is exempt runs before a choice, refusing leaves it, and the objection ends it', async () => {
    const { page, seen } = await arrive('fr');
    await banner(page).waitFor();
    expect(loads(seen.requests.values(), 'bandeau-region.js')).toBe(1);
    await expect.poll(() => ran(page)).toEqual(['relevo']);
    await decide(page, 'reject-all');
    await page.reload();
    await expect.poll(() => ran(page)).toEqual(['relevo']);
    expect(await cookieNames(page)).toEqual(['rlv_id']);

    await openPreferences(page);
    await page.locator('dialog summary', { hasText: '2 services' }).click();
    expect(await toggle(page, 'relevo').isChecked()).toBe(true);
    await toggle(page, 'relevo').click();
    await decide(page, 'save');
    await expect.poll(() => cookieNames(page)).toEqual([]);
    demo.requests.length = 0;
    await page.reload();
    await page.waitForFunction('window.bandeau?.receipt');
    await isQuiet(page);
    expect(await ran(page)).toEqual([]);
    expect(scripts()).toEqual([]);
  });

  it('with the signal, accepting everything leaves advertising off, and its switch turns it on for good', async () => {
    const { page } = await arrive('fr', { gpc: true });
    await banner(page).waitFor();
    expect(await banner(page).textContent()).toContain('Global Privacy Control reçu');
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['relevo', 'tracepas']);
    await page.reload();
    await isQuiet(page);
    expect(scripts()).not.toContain('/s/affichette.js');

    await openPreferences(page);
    expect(await toggle(page, 'advertising').isChecked()).toBe(false);
    await toggle(page, 'advertising').click();
    await decide(page, 'save');
    await expect.poll(() => ran(page)).toContain('affichette');
    await page.reload();
    await expect.poll(() => ran(page)).toEqual(['relevo', 'tracepas', 'affichette']);
    await openPreferences(page);
    expect(await toggle(page, 'advertising').isChecked()).toBe(true);
    expect(await preferences(page).textContent()).toContain('Activé par vous malgré cela\u202f: Publicité.');
    expect(await lastRecord(page)).toMatchObject({ browserSignal: 'gpc', overridesGpc: true });
  });

  it('without the signal, accepting everything starts advertising too', async () => {
    const { page } = await arrive('fr');
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['relevo', 'tracepas', 'affichette']);
  });
});

describe('an embed of what the signal turns off', () => {
  const { site, tracker } = useSite();
  const policy = {
    ...POLICY,
    categories: [{ id: 'essential' }, { id: 'personalization' }],
    services: POLICY.services.map((one) =>
      one.category === 'essential' ? one : { ...one, category: 'personalization' },
    ),
  };

  it('loads once where the visitor asks for it, and is held again on the next page', async () => {
    const embed = `<iframe title="Le film" width="400" height="225" data-service="mesurio"
      data-src="${tracker.origin}/e/film.html"></iframe>`;
    site.pages['/'] = html({ policy, body: embed });
    const { page } = await visitors.arrive();
    await page.addInitScript(sendGpc);
    await page.goto(`${site.origin}/`);
    await decide(page, 'accept-all');
    expect(await ask(page, ({ choices }) => choices)).toMatchObject({ mesurio: 'denied' });
    expect(reached(tracker.requests)).toEqual([]);
    await answer(page, 'load-once').click();
    await expect.poll(() => reached(tracker.requests)).toEqual(['/e/film.html']);
    expect(await ask(page, ({ receipt }) => receipt?.overridesGpc)).toBeUndefined();
    await page.reload();
    await answer(page, 'load-once').waitFor();
    expect(reached(tracker.requests)).toEqual(['/e/film.html']);
  });
});
