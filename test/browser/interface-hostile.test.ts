/**
 * What pages, networks and policies do to the interface, on purpose or not: it stays there, it stays whole, and
 * what it says stays true.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Consent, Policy } from '../../src/types.ts';
import {
  answer,
  banner,
  html,
  POLICY,
  preferences,
  toggle,
  useChromium,
  useSite,
} from './../support/stage.ts';

const visitors = useChromium();
const { site } = useSite();

async function open(
  parts: Parameters<typeof html>[0] = {},
  options: Parameters<typeof visitors.arrive>[0] = {},
) {
  const { page, seen } = await visitors.arrive(options);
  site.pages['/'] = html(parts);
  await page.goto(site.origin);
  return { page, seen };
}
const style = (css: string) => `<style>${css}</style>`;
const consent = (page: Page, act: string) =>
  page.evaluate(`window.bandeau.${act}`) as Promise<ReturnType<Consent['report']>>;

describe('a file that does not come', () => {
  it.each(['banner', 'preferences'])(
    'leaves what is shown as it is: another language of the %s',
    async (layer) => {
      const { page } = await open();
      const shown = layer === 'banner' ? banner(page) : preferences(page);
      await banner(page).waitFor();
      if (layer === 'preferences') {
        await answer(page, 'customize').click();
        await toggle(page, 'analytics').click();
      }
      await page.route(`**/locales/${layer}/nl.js`, (route) => route.fulfill({ status: 404 }));
      await page.evaluate(() => {
        document.documentElement.lang = 'nl';
      });
      await expect.poll(() => consent(page, '$locale.get()')).toBe('nl');
      await page.waitForResponse(`**/locales/${layer}/nl.js`).catch(() => null);
      expect(await shown.getAttribute('lang')).toBe('fr');
      if (layer === 'preferences') expect(await toggle(page, 'analytics').isChecked()).toBe(true);
      await page.evaluate(() => {
        document.documentElement.lang = 'en';
      });
      await expect.poll(() => shown.getAttribute('lang')).toBe('en');
    },
  );

  it('asks in English where the language of the page can not be had', async () => {
    const { page } = await visitors.arrive();
    await page.route('**/locales/banner/fr.js', (route) => route.fulfill({ status: 404 }));
    site.pages['/'] = html();
    await page.goto(site.origin);
    await answer(page, 'reject-all').click();
    expect(await consent(page, 'receipt.method')).toBe('reject-all');
  });
});

describe('a low and wide window', () => {
  it.each([
    [844, 390],
    [667, 375],
    [640, 400],
  ])('of %d × %d has the whole banner in it, at either edge', async (width, height) => {
    for (const position of ['', 'data-position="top end"']) {
      const core = `<script src="/bandeau/bandeau.js" ${position}></script>`;
      const { page } = await open({ core }, { viewport: { width, height }, reducedMotion: 'reduce' });
      const box = await banner(page).boundingBox();
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
    }
  });
});

describe('markup that shadows document.body', () => {
  it('keeps neither layer away', async () => {
    const { page } = await open({ body: '<img name="body" alt="">' });
    await answer(page, 'customize').click();
    await answer(page, 'reject-all').last().waitFor();
    expect((await preferences(page).boundingBox())?.height).toBeGreaterThan(200);
    await answer(page, 'save').click();
    expect(await page.locator('[role=status]').evaluate((status) => status.parentElement?.localName)).toBe(
      'body',
    );
  });
});

describe('a notice whose reason is gone', () => {
  const CHANGED: Policy = {
    ...POLICY,
    version: '2025-06-01',
    services: [
      ...POLICY.services,
      { id: 'ecoutio', category: 'preference', vendor: { name: 'Ecoutio' }, purpose: 'Lire des sons.' },
    ],
  };

  it('makes place for the banner, and what it says is true meanwhile', async () => {
    const { page } = await open();
    await answer(page, 'accept-all').click();
    await banner(page).waitFor({ state: 'detached' });
    site.pages['/'] = html({ policy: CHANGED });
    await page.reload();
    await page.getByRole('region', { name: 'Notre politique a changé' }).waitFor();
    // What is new is denied: not everything is granted any more.
    expect(await page.locator('html').getAttribute('data-bandeau-state')).toBe('partial');
    await consent(page, 'reset()');
    await page.getByRole('region', { name: 'Vos choix sur les cookies' }).waitFor();
    await answer(page, 'accept-all').click();
    expect(await consent(page, 'isGranted("ecoutio")')).toBe(true);
    expect(await consent(page, 'isGranted("mesurio")')).toBe(true);
  });
});

describe('what a page does to one answer', () => {
  const REJECT = '[data-bandeau-action=reject-all]';

  it.each([
    `${REJECT}::first-line { color: transparent; font-size: 4px }`,
    `${REJECT}::first-letter { color: transparent; font-size: 40px }`,
    `${REJECT} { unicode-bidi: bidi-override; direction: rtl }`,
    '* { direction: rtl !important; unicode-bidi: bidi-override !important }',
  ])('changes no pixel of it: %s', async (css) => {
    const picture = async (head: string) => {
      const { page } = await open({ head }, { reducedMotion: 'reduce' });
      await banner(page).waitFor();
      return (await answer(page, 'reject-all').screenshot()).toString('base64');
    };
    expect(await picture(style(css))).toBe(await picture(''));
  });
});

describe('a choice in a page without main or heading', () => {
  it.each([
    ['a link', '<a href="#a">a</a>', 'a'],
    [
      'the first that is seen',
      '<h1 hidden>h</h1><main style="display:none">m</main><button>b</button>',
      'button',
    ],
  ])('leaves the focus on %s', async (_, body, expected) => {
    const { page } = await visitors.arrive();
    site.pages['/'] =
      `<!doctype html><html lang="fr"><head><script type="application/json" data-bandeau-policy>${JSON.stringify(POLICY)}</script>
      <script src="/bandeau/bandeau.js"></script></head><body>${body}</body></html>`;
    await page.goto(site.origin);
    await answer(page, 'reject-all').focus();
    await page.keyboard.press('Enter');
    await banner(page).waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe(expected);
    expect(await page.locator('[tabindex]').count()).toBe(0);
  });
});
