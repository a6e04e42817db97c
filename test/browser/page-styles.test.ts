import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { answer, banner, html, POLICY, preferences, useChromium, useSite } from '../support/stage.ts';

// What a page's styles do to the interface, and what the interface does to the page: nothing, both.

const { site, tracker } = useSite();
const visitors = useChromium();
const styles = (specifier: string) => readFileSync(new URL(import.meta.resolve(specifier)), 'utf8');

/** On the line of a text, as a browser has it when no style says otherwise; and as a block of its own. */
const EMBEDS = () =>
  ['', 'display: block; margin: 2rem auto; width: 90%']
    .map(
      (style) =>
        `<p>avant</p><iframe data-service="mesurio" width="560" height="315" title="Film" style="${style}" data-src="${tracker.origin}/f/film.html"></iframe><p>après</p>`,
    )
    .join('');

async function open(parts: Parameters<typeof html>[0] = {}): Promise<Page> {
  const { page } = await visitors.arrive({ reducedMotion: 'reduce' });
  site.pages['/'] = html(parts);
  await page.goto(site.origin);
  await banner(page).waitFor();
  return page;
}

/** By name of element: its box, and every property that the browser computes for it. */
type Looks = Record<string, Record<string, string>>;

/** Everything of the banner; of its root what is not the site's own affair. */
const PARTS = {
  root: '[data-bandeau-layer="banner"]',
  body: '[data-bandeau-layer="banner"] .bandeau-body',
  title: '[data-bandeau-layer="banner"] h2',
  text: '[data-bandeau-layer="banner"] p',
  list: '[data-bandeau-layer="banner"] ul',
  item: '[data-bandeau-layer="banner"] li',
  name: '[data-bandeau-layer="banner"] b',
  link: '[data-bandeau-layer="banner"] a',
  partners: '[data-bandeau-action="partners"]',
  reject: '[data-bandeau-action="reject-all"]',
  accept: '[data-bandeau-action="accept-all"]',
  customize: '[data-bandeau-action="customize"]',
};

const looks = (page: Page, parts: Record<string, string> = PARTS): Promise<Looks> =>
  page.evaluate((selectors) => {
    const look = (selector: string) => {
      const element = document.querySelector(selector);
      if (!element) throw new Error(`no ${selector}`);
      const style = getComputedStyle(element);
      const { x, y, width, height } = element.getBoundingClientRect();
      return {
        box: [x, y, width, height].map(Math.round).join(' '),
        ...Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)])),
      };
    };
    return Object.fromEntries(Object.entries(selectors).map(([name, it]) => [name, look(it)]));
  }, parts);

/** Each difference as one line. */
const differences = (before: Looks, after: Looks, except = /^$/): string[] =>
  Object.entries(before).flatMap(([part, properties]) =>
    Object.entries(properties)
      .filter(([name, value]) => after[part]?.[name] !== value && !except.test(`${part} ${name}`))
      .map(([name, value]) => `${part} ${name}: ${value} -> ${after[part]?.[name]}`),
  );

/** With these styles in the page, and without them again afterwards. */
async function dressed<T>(page: Page, css: string, look: () => Promise<T>): Promise<T> {
  const style = await page.addStyleTag({ content: css });
  const seen = await look();
  await style.evaluate((element) => (element as HTMLStyleElement).remove());
  return seen;
}

const LOUD = `margin: 20px !important; padding: 30px !important; border: 5px solid red !important; float: left !important;
  background: red !important; color: lime !important; list-style: none !important; text-align: right !important;
  font-size: 40px !important; font-weight: 100 !important; line-height: 3 !important; letter-spacing: 1em !important;
  text-transform: uppercase !important; text-decoration: line-through !important; width: 50px !important;
  position: relative !important; top: 9px !important; display: inline !important; opacity: 0.3 !important;
  clip-path: circle(3px) !important; visibility: hidden !important; pointer-events: none !important`;

const PAGES: Record<string, string> = {
  'a reset of buttons':
    'button { all: unset; background: red !important; font-size: 40px !important; padding: 50px !important; text-transform: uppercase }',
  'one rule for everything below the body':
    'body * { margin: 20px; color: red; box-sizing: content-box; letter-spacing: 3px; text-transform: uppercase; float: left }',
  'one important rule for everything in the page':
    'main *, footer *, div *, p *, ul * { margin: 20px !important; color: red !important; box-sizing: content-box !important; font-family: cursive !important }',
  'important rules for each kind of element': `h2, li, ul, p, a, b, button { ${LOUD} }`,
  'rules for what stands in a section or a div': `section > div, section h2, section > div > button, body > section p { ${LOUD} }`,
  'an id in every selector': `:is(button, li, #a#b#c) { ${LOUD.replaceAll(' !important', '')} }`,
  'pseudo-elements': '*::before, *::after { content: "!" !important; display: block !important }',
  'text of another size, weight and direction':
    'body { font-size: 30px; line-height: 3; letter-spacing: 3px; text-align: right; text-transform: uppercase; word-spacing: 9px; cursor: wait }',
  'Bootstrap, its reset': styles('bootstrap/dist/css/bootstrap-reboot.min.css'),
  'Bootstrap, all of it': styles('bootstrap/dist/css/bootstrap.min.css'),
  'Tailwind, its preflight': styles('tailwindcss/preflight.css'),
  'a body that is moved': 'body { transform: translateX(100px); overflow: hidden }',
  'a body with a filter': 'body { filter: blur(0); will-change: transform; contain: strict }',
};

describe('the banner', () => {
  it('looks and stands the same whatever the page does to its own elements', async () => {
    // The font of the page is meant to be its own.
    const page = await open({ head: '<style>:root { --bandeau-font: sans-serif }</style>' });
    const bare = await looks(page);
    for (const [name, css] of Object.entries(PAGES)) {
      const seen = await dressed(page, css, () => looks(page));
      expect(differences(bare, seen), name).toEqual([]);
    }
    // What is measured can differ.
    const other = await dressed(page, ':root { --bandeau-radius: 0; font-family: serif }', () => looks(page));
    expect(differences(bare, other)).toContain('reject border-top-left-radius: 10px -> 0px');
  });

  it('has the font of the page, and sizes that follow the size of its root', async () => {
    const page = await open();
    const of = (css: string) =>
      dressed(page, css, () => looks(page, { title: PARTS.title, reject: PARTS.reject }));
    const { title, reject } = await of('body { font-family: cursive }');
    expect([title?.['font-family'], reject?.['font-family']]).toEqual(['cursive', 'cursive']);
    expect((await of('html { font-size: 62.5% }'))['reject']?.['font-size']).toBe('10px');
    expect((await of(':root { --bandeau-font: monospace }'))['reject']?.['font-family']).toBe('monospace');
  });

  it('stands above whatever the page puts in front of itself', async () => {
    const overlay = '<div style="position: fixed; inset: 0; z-index: 2147483647; background: #fff"></div>';
    const page = await open({ body: overlay });
    const isOnTop = () =>
      answer(page, 'reject-all').evaluate((button) => {
        const { x, y, width, height } = button.getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2) === button;
      });
    expect(await isOnTop()).toBe(true);
    expect(
      await dressed(page, 'body { transform: scale(0.5); z-index: -1; position: relative }', isOnTop),
    ).toBe(true);
  });

  it('stands between the layers of the page where the site says so by --bandeau-z-index', async () => {
    const page = await open({
      head: '<style>:root { --bandeau-z-index: 5 }</style>',
      body: '<div style="position: fixed; inset: 0; z-index: 6"></div>',
    });
    const top = await answer(page, 'reject-all').evaluate((button) => {
      const { x, y, width, height } = button.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2)?.localName;
    });
    expect(top).toBe('div');
    expect(await banner(page).evaluate((root) => root.matches(':popover-open'))).toBe(false);
    expect((await looks(page, { root: PARTS.root }))['root']?.['z-index']).toBe('5');
  });

  it('can be hidden by the tools of a visitor, and the preferences and placeholders as well', async () => {
    const page = await open({ body: EMBEDS() });
    await page.locator('[data-bandeau-layer="placeholder"]').last().waitFor();
    await answer(page, 'customize').click();
    await answer(page, 'save').waitFor();
    const visible = () => page.locator('[data-bandeau-root]:visible').count();
    expect(await visible()).toBe(3);
    for (const css of [
      '[data-bandeau-root] { display: none !important }',
      '[data-bandeau-layer] { visibility: hidden !important }',
    ]) {
      expect(await dressed(page, css, visible), css).toBe(0);
    }
  });
});

/** Attempts on one of the answers, each as bad as a page can make it. */
const NUDGES = [
  '{ background: green !important; transform: scale(1.3) !important; font-size: 30px !important; opacity: 1 }',
  '{ opacity: .2 !important; background: none !important; color: #eee !important; order: 9; filter: grayscale(1) !important }',
  '{ visibility: hidden !important; display: none !important; pointer-events: none !important; order: 9 !important }',
  '{ width: 20px !important; height: 9px !important; flex: none !important; scale: .5 !important; rotate: 9deg !important; zoom: .5 !important }',
  '{ position: absolute !important; inset: -9999px !important; clip-path: circle(0) !important; mask: linear-gradient(#0000, #0000) !important }',
  '{ text-decoration: line-through !important; font-weight: 100 !important; letter-spacing: -9px !important; text-indent: 99em !important; mix-blend-mode: multiply !important }',
  '{ --_a6: red !important; --_o9: red !important; --_r6: 99px !important; --bandeau-accent: red !important }',
  '{ animation: 1s infinite pulse; transition: all 9s; cursor: not-allowed !important; outline: 9px solid red !important; box-shadow: 0 0 9px 9px red !important }',
  '{ all: unset !important }',
];

describe('no style of a page parts the two answers', () => {
  const ANSWERS = { reject: PARTS.reject, accept: PARTS.accept };
  /** What differs by nature: where they stand, and what follows from the width of a word. */
  const parted = ({ reject = {}, accept = {} }: Looks) =>
    differences({ it: reject }, { it: accept }).filter(
      (line) => !/^it (box|.*inset|left|right|top|bottom|--bandeau)/.test(line),
    );
  const size = ({ box = '' } = {}) => box.split(' ').slice(2);

  /** Mean luminance of what is drawn, 0 to 255. */
  async function brightness(page: Page, part: string): Promise<number> {
    const png = await page.locator(part).screenshot();
    return page.evaluate(async (data) => {
      const image = await createImageBitmap(
        new Blob([Uint8Array.from(atob(data), (it) => it.charCodeAt(0))]),
      );
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      if (!context) throw new Error('no canvas');
      context.drawImage(image, 0, 0);
      const { data: bytes } = context.getImageData(0, 0, image.width, image.height);
      let sum = 0;
      for (let i = 0; i < bytes.length; i += 4) {
        sum += 0.2126 * (bytes[i] ?? 0) + 0.7152 * (bytes[i + 1] ?? 0) + 0.0722 * (bytes[i + 2] ?? 0);
      }
      return sum / (bytes.length / 4);
    }, png.toString('base64'));
  }

  it('neither in any computed property, nor in size, nor in how bright they are', async () => {
    const page = await open({ head: '<style>@keyframes pulse { to { opacity: 0; scale: 9 } }</style>' });
    const bare = await looks(page, ANSWERS);
    expect(parted(bare)).toEqual([]);
    const lights: number[] = [];
    for (const action of ['accept-all', 'reject-all']) {
      for (const nudge of NUDGES) {
        const css = `[data-bandeau-action=${action}] ${nudge} #a#b#c, body [data-bandeau-action=${action}].bandeau-answer ${nudge}`;
        await dressed(page, css, async () => {
          const seen = await looks(page, ANSWERS);
          expect(parted(seen), css).toEqual([]);
          expect(size(seen['reject']), css).toEqual(size(bare['reject']));
          lights.push(await brightness(page, ANSWERS.reject), await brightness(page, ANSWERS.accept));
        });
      }
    }
    expect((Math.max(...lights) - Math.min(...lights)) / 255).toBeLessThan(0.02);
  });
});

/** The page's own elements, which the interface must leave as they are. */
const OWN = Object.fromEntries(
  [
    'html',
    'body',
    'main',
    'h1',
    'h2',
    'p',
    'ul',
    'li',
    'a',
    'button',
    'input',
    'dialog',
    'section',
    'label',
    'footer',
  ].map((name) => [name, name === 'html' || name === 'body' ? name : `${name}.own`]),
);
const OWN_ELEMENTS = `<main class="own"><h1 class="own">h1</h1><h2 class="own">h2</h2><p class="own">p</p>
  <ul class="own"><li class="own">li</li></ul><a class="own" href="#a">a</a><button class="own">button</button>
  <input class="own"><label class="own">label</label><dialog class="own" open>dialog</dialog>
  <section class="own">section</section></main><footer class="own">footer</footer>`;

describe('the page', () => {
  it('looks the same before the interface, with each part of it, and after it', async () => {
    const { page } = await visitors.arrive({ reducedMotion: 'reduce' });
    site.pages['/'] = html({ policy: null, body: `${OWN_ELEMENTS}${EMBEDS()}` });
    await page.goto(site.origin);
    const before = await looks(page, OWN);
    const check = async (step: string) =>
      expect(differences(before, await looks(page, OWN), /^html scroll-padding/), step).toEqual([]);
    await page.evaluate(`bandeau.init(${JSON.stringify(POLICY)})`);
    await page.locator('[data-bandeau-layer="placeholder"]').last().waitFor();
    await banner(page).waitFor();
    await check('banner and placeholder');
    await answer(page, 'customize').click();
    await answer(page, 'save').waitFor();
    await check('preferences');
    await answer(page, 'save').click();
    await preferences(page).waitFor({ state: 'detached' });
    await check('placeholder');
    await page.evaluate('bandeau.destroy()');
    await page.locator('[data-bandeau-root]').first().waitFor({ state: 'detached' });
    await check('nothing');
    expect(differences(before, await looks(page, OWN))).toEqual([]);
  });

  it('does not move when banner and placeholders come, nor when they go', async () => {
    const { page } = await visitors.arrive({ reducedMotion: 'reduce' });
    await page.addInitScript(() => {
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          window.shifts.push((entry as PerformanceEntry & { value: number }).value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    site.pages['/'] = html({ body: EMBEDS() });
    await page.goto(site.origin);
    await page.locator('[data-bandeau-layer="placeholder"]').last().waitFor();
    await answer(page, 'accept-all').click();
    await page.locator('[data-bandeau-layer="placeholder"]').last().waitFor({ state: 'detached' });
    const drawn = () =>
      page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await drawn();
    expect(await page.evaluate(() => window.shifts)).toEqual([]);
    await page.evaluate(() => document.body.prepend(document.createElement('hr')));
    await drawn();
    // What a visitor's own click moves within half a second counts too: it is told, and marked.
    expect(await page.evaluate(() => window.shifts.length)).toBe(1);
  });
});

declare global {
  interface Window {
    shifts: number[];
  }
}
