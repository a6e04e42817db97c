import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/root.ts';
import { ask, decide, html, POLICY, settle, useChromium, useDemo, useSite } from '../support/stage.ts';

// The table of a cookie policy: on a page, and as the command writes it.

const demo = useDemo();
const { site, tracker } = useSite();
const visitors = useChromium();

const PLACE = '<div data-bandeau="declaration"><p>La liste est en préparation.</p></div>';
const tables = (page: Page) => page.locator('[data-bandeau-layer="declaration"] table');

async function open(body: string, policy = POLICY) {
  const visit = await visitors.arrive();
  site.pages['/'] = html({ body, policy });
  await visit.page.goto(site.origin);
  return visit;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** What axe finds wrong in the table, as `rule: element`. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(context: string): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run('[data-bandeau-layer="declaration"]');
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
  });
}

const SITES = ['clairpas', 'pecunette', 'brisemarre', 'lorivaux', 'lorivaux/nl', 'fil-du-soir'];
const addressOf = (name: string) =>
  name === 'fil-du-soir'
    ? `http://fil-du-soir.localhost:${new URL(demo.url).port}/confidentialite.html`
    : `${demo.url}/${name}/${name.endsWith('nl') ? 'privacy' : 'confidentialite'}.html`;

describe('the table on a page', () => {
  it.each(SITES)('lists every service of its policy, and has no fault that axe finds: %s', async (name) => {
    const { page, seen } = await visitors.arrive();
    await page.goto(addressOf(name));
    await tables(page).first().waitFor();
    const file = join(ROOT, 'demo', name.replace('/nl', ''), 'policy.json');
    const { services } = JSON.parse(readFileSync(file, 'utf8')) as typeof POLICY;
    expect(await tables(page).getByRole('rowheader').count()).toBe(services.length);
    for (const { cookies = [], storage = [] } of services) {
      for (const trace of [
        ...cookies.map((cookie) => cookie.name ?? cookie.pattern),
        ...storage.map(({ key }) => key),
      ]) {
        expect(
          await tables(page)
            .getByText(trace ?? '', { exact: true })
            .count(),
          trace,
        ).toBeGreaterThan(0);
      }
    }
    await decide(page, 'reject-all');
    expect(await faults(page)).toEqual([]);
    expect(seen.errors).toEqual([]);
  });

  it('follows the language of the page', async () => {
    const { page } = await open(PLACE);
    await page.getByRole('columnheader', { name: 'Durée' }).first().waitFor();
    await ask(page, (consent) => consent.setLocale('nl'));
    await page.getByRole('columnheader', { name: 'Bewaartermijn' }).first().waitFor();
    expect(await page.locator('[data-bandeau-layer="declaration"]').getAttribute('lang')).toBe('nl');
    expect(await page.locator('[data-bandeau-layer="declaration"]').count()).toBe(1);
  });

  it('takes the place of what stood there, and gives it back', async () => {
    const { page } = await open(PLACE);
    await tables(page).first().waitFor();
    expect(await page.getByText('La liste est en préparation.').count()).toBe(0);
    await ask(page, (consent) => consent.destroy());
    expect(await tables(page).count()).toBe(0);
    expect(await page.getByText('La liste est en préparation.').count()).toBe(1);
    expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
  });

  it('comes to two places, one of them in a shadow root, and to one that is added later', async () => {
    const { page, seen } = await open(`${PLACE}<div id="host"></div>`);
    await page.evaluate(() => {
      const place = document.createElement('div');
      place.dataset['bandeau'] = 'declaration';
      document.querySelector('#host')?.attachShadow({ mode: 'open' }).append(place);
    });
    await expect.poll(() => tables(page).count()).toBe(6);
    expect(
      await page
        .locator('#host table')
        .first()
        .evaluate((table) => getComputedStyle(table).borderCollapse),
    ).toBe('collapse');
    await page.evaluate(() => {
      const later = document.createElement('div');
      later.dataset['bandeau'] = 'declaration';
      document.body.append(later);
    });
    await expect.poll(() => tables(page).count()).toBe(9);
    expect(seen.errors).toEqual([]);
  });

  it('goes with its place, and comes back with it', async () => {
    const { page } = await open(PLACE);
    await tables(page).first().waitFor();
    const text = await page.evaluate(async () => {
      const place = document.querySelector('[data-bandeau="declaration"]') as Element;
      place.remove();
      return new Promise<string>((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          resolve(place.textContent ?? '');
          document.querySelector('main')?.append(place);
        });
        observer.observe(place, { childList: true });
      });
    });
    expect(text).toBe('La liste est en préparation.');
    await tables(page).first().waitFor();
  });

  it('looks like the page: any rule of the page’s beats its own', async () => {
    const { page } = await open(`<style>th { text-align: right } table { font: 30px serif }</style>${PLACE}`);
    const cell = tables(page).getByRole('rowheader').first();
    await cell.waitFor();
    const style = await cell.evaluate((element) => {
      const { textAlign, fontSize, verticalAlign } = getComputedStyle(element);
      return { textAlign, fontSize, verticalAlign };
    });
    expect(style).toEqual({ textAlign: 'right', fontSize: '30px', verticalAlign: 'top' });
  });

  it('shows the texts of a policy as texts', async () => {
    const hostile = '</td><img src=x onerror="window.hurt = 1"><script>window.hurt = 1</script>';
    const { page, seen } = await open(PLACE, {
      ...POLICY,
      services: POLICY.services.map((one) => ({
        ...one,
        purpose: hostile.replace('</script>', '<\\/script>'),
        vendor: { name: '<b>x</b>', privacyUrl: 'javascript:window.hurt=1' },
      })),
    });
    await tables(page).first().waitFor();
    expect(await tables(page).first().textContent()).toContain('<b>x</b>');
    expect(await tables(page).locator('img, script, b, a').count()).toBe(0);
    await settle(page, tracker.origin);
    expect(await page.evaluate(() => 'hurt' in window)).toBe(false);
    expect(seen.errors).toEqual([]);
  });
});

describe('in a window of 320 pixels', () => {
  it.each(SITES)('scrolls by itself, by keys too, and never the page: %s', async (name) => {
    const { page } = await visitors.arrive({ viewport: { width: 320, height: 568 } });
    await page.goto(addressOf(name));
    await tables(page).first().waitFor();
    await decide(page, 'reject-all');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    const region = page.locator('[data-bandeau-layer="declaration"]').getByRole('region').first();
    await region.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => region.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
    expect(await faults(page)).toEqual([]);
  });
});

describe('the command', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bandeau-declaration-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const bandeau = (...args: string[]) =>
    execFileSync(process.execPath, [join(ROOT, 'dist/cli.js'), 'declaration', ...args], { encoding: 'utf8' });

  it.each(SITES.filter((name) => name !== 'fil-du-soir'))('writes what the page shows: %s', async (name) => {
    const { page } = await visitors.arrive();
    await page.goto(addressOf(name));
    await tables(page).first().waitFor();
    const locale = await page.evaluate(() => document.documentElement.lang);
    const out = join(folder, 'table.html');
    expect(
      bandeau(join(ROOT, 'demo', name.replace('/nl', ''), 'policy.json'), '--locale', locale, '--out', out),
    ).toBe('');
    const written = readFileSync(out, 'utf8').replaceAll(/>\n(?=<|$)/g, '>');
    const isSame = (text: string) =>
      page.evaluate((source) => {
        const { body } = new DOMParser().parseFromString(source, 'text/html');
        const shown = document.querySelector('[data-bandeau-layer="declaration"]');
        return body.childNodes.length === 1 && !!body.firstChild?.isEqualNode(shown);
      }, text);
    expect(await isSame(written)).toBe(true);
    expect(await isSame(written.replace('<h3>', '<h3>!'))).toBe(false);
  });

  it('speaks every language that the page speaks', () => {
    const languages = readdirSync(join(ROOT, 'dist/locales/declaration'))
      .filter((file) => file.endsWith('.js'))
      .map((file) => file.slice(0, -'.js'.length))
      .sort();
    expect(languages).toHaveLength(35);
    const texts = JSON.parse(readFileSync(join(ROOT, 'dist/cli-texts.json'), 'utf8'));
    expect(Object.keys(texts).sort()).toEqual(languages);
    const policy = join(folder, 'policy.json');
    writeFileSync(policy, JSON.stringify(POLICY));
    for (const language of ['ar', 'zh']) {
      expect(bandeau(policy, '--locale', language)).toContain(` lang="${language}" `);
    }
  });

  it('writes what can stand in the place itself, for who has no JavaScript', async () => {
    const policy = join(folder, 'policy.json');
    writeFileSync(policy, JSON.stringify(POLICY));
    site.pages['/'] = html({
      body: `<div data-bandeau="declaration">${bandeau(policy, '--locale', 'fr')}</div>`,
    });
    const without = await visitors.arrive({ javaScriptEnabled: false });
    await without.page.goto(site.origin);
    expect(await tables(without.page).count()).toBe(3);
    const { page } = await visitors.arrive();
    await page.goto(site.origin);
    await expect.poll(() => page.evaluate(() => document.adoptedStyleSheets.length)).toBeGreaterThan(0);
    expect(await tables(page).count()).toBe(3);
  });
});
