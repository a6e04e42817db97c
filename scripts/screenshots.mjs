/**
 * `npm run screenshots`: what the interface looks like, written to docs/screenshots/. Run it after a build; the
 * pictures are those of the demo pages, in Chromium.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startDemo } from '../demo/servers.mjs';
import { findBrowsers } from './browsers.mjs';

const FOLDER = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
const DESKTOP = { width: 1280, height: 800 };

/** How each picture is looked at. */
const VIEWS = {
  desktop: { viewport: DESKTOP },
  phone: { viewport: { width: 390, height: 844 } },
  small: { viewport: { width: 320, height: 256 } },
  dark: { viewport: DESKTOP, colorScheme: 'dark' },
  forced: { viewport: DESKTOP, forcedColors: 'active' },
  rtl: { viewport: DESKTOP, locale: 'ar' },
};

/** For what differs from another subject in words only. */
const WIDTHS = ['desktop', 'phone'];

const click = (action) => (page) => page.click(`[data-bandeau-action="${action}"]`);
const shown = (layer) => (page) => page.waitForSelector(`[data-bandeau-layer="${layer}"]`);
const gone = (layer) => (page) =>
  page.waitForSelector(`[data-bandeau-layer="${layer}"]`, { state: 'detached' });
const goTo = (path) => (page) => page.goto(new URL(path, page.url()).href);
const read = (path) => (page) => page.waitForSelector(path);

/** Runs in the page, before it: an Arabic page, wherever the steps lead. */
const makeArabic = () =>
  new MutationObserver((_, observer) => {
    if (!document.documentElement) return;
    Object.assign(document.documentElement, { lang: 'ar', dir: 'rtl' });
    observer.disconnect();
  }).observe(document, { childList: true });

/** What is shown, on which page, and how to get there. */
const SUBJECTS = {
  banner: { path: '/themes/', steps: [shown('banner')] },
  preferences: {
    path: '/themes/',
    steps: [
      click('customize'),
      shown('preferences'),
      (page) => page.click('[data-bandeau-category=analytics]'),
    ],
  },
  placeholder: {
    path: '/themes/net.html',
    steps: [click('reject-all'), shown('placeholder')],
    at: '[data-bandeau-layer=placeholder]',
  },
  declaration: {
    path: '/themes/net.html',
    steps: [click('reject-all'), shown('declaration')],
    at: '[data-bandeau-layer=declaration]',
  },
  notice: {
    path: '/clairpas/',
    steps: [click('accept-all'), gone('banner'), goTo('/clairpas/?policy=v2'), shown('banner')],
  },
  update: {
    path: '/clairpas/',
    steps: [
      click('reject-all'),
      gone('banner'),
      goTo('/clairpas/?policy=v3'),
      read('[data-bandeau-layer=update] h2'),
    ],
  },
  'region-us': { path: '/hautecarte/?region=us-ca', views: WIDTHS, steps: [shown('banner')] },
  'region-gpc': { path: '/hautecarte/?region=fr&gpc', views: WIDTHS, steps: [shown('banner')] },
  'region-exempt': {
    path: '/hautecarte/?region=fr',
    views: WIDTHS,
    steps: [
      click('customize'),
      shown('preferences'),
      (page) => page.click('dialog .bandeau-body section summary >> nth=1'),
      read('[data-bandeau-category=relevo]'),
      (page) => page.locator('[data-bandeau-category=analytics]').scrollIntoViewIfNeeded(),
    ],
  },
  'region-honored': {
    path: '/hautecarte/?region=us-ca&gpc',
    views: WIDTHS,
    steps: [read('[data-bandeau-layer=update] h2'), read('[data-bandeau=opt-out-status] span')],
  },
  'region-status': {
    path: '/hautecarte/?region=us-ca&gpc',
    views: WIDTHS,
    steps: [
      read('[data-bandeau-layer=update] h2'),
      click('close'),
      gone('update'),
      (page) => page.locator('[data-bandeau=preferences]:visible').click(),
      shown('preferences'),
    ],
  },
  records: {
    path: '/themes/',
    steps: [
      click('reject-all'),
      gone('banner'),
      (page) => page.click('[data-bandeau=preferences]'),
      shown('preferences'),
      (page) => page.click('dialog .bandeau-body > details > summary'),
      read('.bandeau-rights'),
      (page) => page.locator('.bandeau-rights').scrollIntoViewIfNeeded(),
    ],
  },
};

async function main() {
  const { chromium: found } = findBrowsers();
  if (!found.ok) throw new Error(found.reason);
  mkdirSync(FOLDER, { recursive: true });
  const demo = await startDemo();
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const [only] = process.argv.slice(2);
  for (const [subject, { path, steps, at, views }] of Object.entries(SUBJECTS)) {
    for (const [view, options] of Object.entries(VIEWS)) {
      if (views && !views.includes(view)) continue;
      const name = `${subject}-${view}`;
      if (only && !name.includes(only)) continue;
      const context = await browser.newContext({ locale: 'fr-FR', reducedMotion: 'reduce', ...options });
      const page = await context.newPage();
      if (view === 'rtl') await page.addInitScript(makeArabic);
      await page.goto(`${demo.url}${path}`);
      for (const step of steps) await step(page);
      if (at)
        await page
          .locator(at)
          .first()
          .evaluate((element) => element.scrollIntoView({ block: 'center' }));
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      await page.screenshot({ path: `${FOLDER}${name}.png` });
      await context.close();
      console.log(`docs/screenshots/${name}.png`);
    }
  }
  await browser.close();
  await demo.close();
}

await main();
