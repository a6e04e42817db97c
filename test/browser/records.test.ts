import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import policy from '../../demo/cases/policy.json';
import french from '../../locales/banner/fr.json';
import { canonicalize } from '../../src/policy/canonicalize.ts';
import type { ConsentRecord } from '../../src/types.ts';
import { keptOfADecision, stored, writes } from '../support/chromium.ts';
import { readSchema, validate } from '../support/json-schema.ts';
import { answer, ask, banner, decide, reached, settle, useChromium, useDemo } from '../support/stage.ts';

// What is kept of a decision on the device, and what reaches the site of it.

const demo = useDemo();
const visitors = useChromium();

const MINUTE = 60_000;
const NOW = Date.now();
const QUEUE = 'localStorage: bandeau_cas.queue';

const url = (query = '') => `${demo.url}/cases/report.html${query}`;
const sha256 = (value: unknown) => createHash('sha256').update(canonicalize(value)).digest('hex');
const kept = async (page: Page): Promise<ConsentRecord[]> =>
  JSON.parse((await page.evaluate(() => localStorage.getItem('bandeau_cas.records'))) ?? '[]');
const waits = async (page: Page) => (await stored(page)).includes(QUEUE);
const isKnown = (page: Page) => page.waitForFunction(() => document.documentElement.dataset['bandeauState']);

async function arriveAt(query = '') {
  const { page, seen } = await visitors.arrive();
  await page.clock.setFixedTime(NOW);
  await page.goto(url(query));
  await banner(page).waitFor();
  return { page, seen };
}
/** The same visitor, later, on a page whose endpoint answers as the query says. */
async function comeBack(page: Page, later: number, query = '') {
  await page.clock.setFixedTime(NOW + later);
  await page.goto(url(query));
  await isKnown(page);
  await settle(page, demo.trackerUrl);
}

describe('before a choice', () => {
  it('nothing is kept and nothing is sent, whatever is looked at', async () => {
    const { page, seen } = await arriveAt();
    await page.mouse.wheel(0, 500);
    await answer(page, 'customize').click();
    await answer(page, 'save').waitFor();
    await page.keyboard.press('Escape');
    await banner(page).waitFor();
    await settle(page, demo.trackerUrl);
    expect(demo.reports).toEqual([]);
    expect(await writes(page)).toEqual([]);
    expect(await stored(page)).toEqual([]);
    expect(seen).toMatchObject({ console: [], errors: [] });
  });
});

describe('a choice', () => {
  it('is kept on the device and sent once, with what was on the screen', async () => {
    const { page, seen } = await arriveAt();
    await decide(page, 'reject-all');
    await expect.poll(() => demo.reports).toHaveLength(1);
    await expect.poll(() => waits(page)).toBe(false);
    const [record] = await kept(page);
    const [{ method, key, type, body } = {}] = demo.reports;
    expect({ method, key, type }).toEqual({ method: 'POST', key: record?.id, type: 'application/json' });
    expect(validate(readSchema('report.schema.json'), JSON.parse(body ?? ''))).toEqual([]);
    expect(JSON.parse(body ?? '').record).toEqual(record);
    expect(record).toMatchObject({
      id: await ask(page, ({ receipt }) => receipt?.id),
      method: 'reject-all',
      policyHash: sha256(policy),
      layer: 'banner',
      textsHash: sha256({ banner: french }),
      categories: { analytics: 'denied', preference: 'denied' },
      services: { mesurio: 'denied', confort: 'denied' },
    });
    expect(await stored(page)).toEqual(keptOfADecision('bandeau_cas'));
    await page.reload();
    await isKnown(page);
    await settle(page, demo.trackerUrl);
    expect(demo.reports).toHaveLength(1);
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('and the one that takes it back are a chain, and the visitor can take both away', async () => {
    const { page } = await arriveAt();
    await decide(page, 'accept-all');
    await ask(page, (consent) => consent.withdraw('mesurio'));
    await expect.poll(() => demo.reports).toHaveLength(2);
    const [second, first] = await kept(page);
    expect(second).toMatchObject({ method: 'withdraw', previousId: first?.id, layer: null });
    expect(second?.services).toEqual({ mesurio: 'denied', confort: 'granted' });
    const json = await ask(page, (consent) => consent.exportReceipt('json'));
    expect(JSON.parse(json)).toEqual({ schemaVersion: 1, records: [second, first] });
    const csv = await ask(page, (consent) => consent.exportReceipt('csv'));
    expect(csv.split('\r\n')).toHaveLength(1 + 8 + 1);
  });

  it('can be looked at and taken away without a network', async () => {
    const { page } = await arriveAt();
    await decide(page, 'accept-all');
    await page.reload();
    await ask(page, (consent) => consent.open('preferences'));
    await page.locator('.bandeau-records summary').waitFor();
    await settle(page, demo.trackerUrl);
    await page.context().setOffline(true);
    await page.locator('.bandeau-records summary').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('.bandeau-rights button').first().click(),
    ]);
    const file = await readFile(await download.path(), 'utf8');
    expect(JSON.parse(file).records).toEqual(await kept(page));
  });

  it('arrives although the page is left in the same moment, and a second time does no harm', async () => {
    const { page } = await arriveAt();
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('[data-bandeau-action="reject-all"]')?.click();
      location.href = 'only-essential.html';
    });
    await page.waitForURL('**/only-essential.html');
    await expect.poll(() => demo.reports).toHaveLength(1);
    // Nobody was there to hear the answer.
    await comeBack(page, MINUTE);
    await expect.poll(() => waits(page)).toBe(false);
    const [first] = demo.reports;
    expect(first?.key).toBe(await ask(page, ({ receipt }) => receipt?.id));
    for (const report of demo.reports) expect(report).toEqual(first);
  });
});

describe('an endpoint that does not take it', () => {
  const elsewhere = () => encodeURIComponent(`${demo.trackerUrl}/p/elsewhere.gif`);
  for (const [name, query, arrived] of [
    ['an error', () => '?status=503', 1],
    ['a redirect to another origin', () => `?redirect=${elsewhere()}`, 1],
    ['no connection', () => '?down', 0],
  ] as const) {
    it(`loses nothing and is not asked in a loop: ${name}`, async () => {
      const { page, seen } = await arriveAt(query());
      await page.route('**/record?down', (route) => route.abort('connectionrefused'));
      await decide(page, 'accept-all');
      await expect.poll(() => seen.console.filter((text) => text.includes('bandeau:'))).toHaveLength(1);
      await settle(page, demo.trackerUrl);
      expect(demo.reports).toHaveLength(arrived);
      expect(reached(demo.requests)).not.toContain('/p/elsewhere.gif');
      expect(await waits(page)).toBe(true);

      await comeBack(page, MINUTE - 1);
      expect(demo.reports).toHaveLength(arrived);
      await comeBack(page, MINUTE);
      await expect.poll(() => waits(page)).toBe(false);
      await comeBack(page, 10 * MINUTE);
      expect(demo.reports).toHaveLength(arrived + 1);
      const [record] = await kept(page);
      for (const { key, body } of demo.reports) {
        expect(key).toBe(record?.id);
        expect(JSON.parse(body)).toEqual({ schemaVersion: 1, record });
      }
      expect(seen.errors).toEqual([]);
    });
  }

  it('is asked by one of two tabs', async () => {
    const { page } = await arriveAt('?status=503');
    await decide(page, 'accept-all');
    await expect.poll(() => demo.reports).toHaveLength(1);
    await page.goto(`${demo.url}/cases/only-essential.html`);
    const other = await page.context().newPage();
    await page.clock.setFixedTime(NOW + MINUTE);
    await Promise.all([page.goto(url()), other.goto(url())]);
    await expect.poll(() => waits(page)).toBe(false);
    for (const tab of [page, other]) await settle(tab, demo.trackerUrl);
    expect(demo.reports).toHaveLength(2);
  });
});

describe('an erasure', () => {
  it('takes all of it off the device, and the next choice has no trace of it', async () => {
    const { page } = await arriveAt('?status=503');
    await decide(page, 'accept-all');
    await expect.poll(() => waits(page)).toBe(true);
    await ask(page, (consent) => consent.reset());
    await expect.poll(() => stored(page)).toEqual([]);
    await decide(page, 'reject-all');
    const records = await kept(page);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ previousId: null, method: 'reject-all' });
  });
});
