import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Appearance } from '../../src/types.ts';
import { availableEngines, type Engine, launchEngine } from '../support/engines.ts';
import { answer, banner, decide, html, POLICY, useChromium, useSite } from '../support/stage.ts';

// What has the focus in the page is never wholly under the banner (WCAG 2.4.11), wherever either of them is.

const { site } = useSite();
const visitors = useChromium();

const links = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => `<p><a href="#${name}-${i}">${name} ${i}</a></p>`).join('');
const FOOTER = `<nav>${links('end', 8)}</nav><p><input aria-label="Courriel"><button>Envoyer</button></p>`;
const LONG = `<div style="line-height: 4">${links('link', 30)}</div>${FOOTER}`;
const SMOOTH = '<style>html { scroll-behavior: smooth }</style>';
const SCROLLS_BY_ITSELF = `<style>body { margin: 0 } #own { height: 100vh; overflow: auto }</style>`;

const open = (appearance: Appearance = {}, head = '', body = LONG) => {
  const start = `<script>bandeau.init(${JSON.stringify(POLICY)}, ${JSON.stringify({ appearance })})</script>`;
  site.pages['/'] = html({ policy: null, head: head + start, body });
};

/**
 * What a visitor sees of the focused control once nothing moves any more, neither the page nor the banner. Written as
 * text, so that every engine gets the same.
 */
const LOOK = `(async () => {
  const banner = document.querySelector('[data-bandeau-layer=banner]');
  const focused = document.activeElement;
  if (focused === document.body || banner.contains(focused)) return 'none of the page';
  const places = () => JSON.stringify([focused, banner].map((one) => one.getBoundingClientRect()));
  let before = '';
  for (let same = 0; same < 2; same = places() === before ? same + 1 : 0) {
    before = places();
    await new Promise(requestAnimationFrame);
  }
  const { left, right, top, bottom } = focused.getBoundingClientRect();
  const isSeen = [left + 1, (left + right) / 2, right - 1].some((x) =>
    [top + 1, (top + bottom) / 2, bottom - 1].some((y) => focused.contains(document.elementFromPoint(x, y))));
  return (isSeen ? 'seen: ' : 'HIDDEN: ') + (focused.hash || focused.localName);
})()`;
const CONTROLS = [
  ...Array.from({ length: 30 }, (_, i) => `#link-${i}`),
  ...Array.from({ length: 8 }, (_, i) => `#end-${i}`),
  'input',
  'button',
  '#cookies',
];
const ALL_SEEN = CONTROLS.map((name) => `seen: ${name}`);

interface Visitor {
  press(key: 'Tab' | 'Shift+Tab'): Promise<void>;
  look(): Promise<string>;
}

/** What is seen of each control of the page on the way through all of them. */
async function walk(visitor: Visitor, key: 'Tab' | 'Shift+Tab', steps: number): Promise<string[]> {
  const seen: string[] = [];
  for (let i = 0; i < steps; i++) {
    await visitor.press(key);
    seen.push(await visitor.look());
  }
  return seen.filter((line) => line !== 'none of the page');
}

type Size = readonly [width: number, height: number];
const DESKTOP: Size = [1280, 800];
const LAPTOP: Size = [1366, 620];
const PHONE: Size = [390, 844];
/** Those of the banner come first. */
const STEPS = 5 + CONTROLS.length;

async function arrive([width, height]: Size, motion: 'reduce' | 'no-preference' = 'reduce') {
  const { page } = await visitors.arrive({ viewport: { width, height }, reducedMotion: motion });
  await page.goto(site.origin);
  await banner(page).waitFor();
  return page;
}
const visitorOf = (page: Page): Visitor => ({
  press: (key) => page.keyboard.press(key),
  look: () => page.evaluate<string>(LOOK),
});

const ownScroll = `<div id="own">${LONG}</div>`;
const CASES: [string, Size, Appearance, string?, string?][] = [
  ['box', DESKTOP, {}],
  ['box', LAPTOP, {}],
  ['sheet', PHONE, {}],
  ['bar', DESKTOP, { layout: 'bar' }],
  ['center', LAPTOP, { layout: 'center' }],
  ['box at the top', LAPTOP, { position: 'top start' }],
  ['bar at the top', DESKTOP, { layout: 'bar', position: 'top start' }],
  ['box in a page that scrolls smoothly', DESKTOP, {}, SMOOTH],
  ['box over content that scrolls by itself', DESKTOP, {}, SCROLLS_BY_ITSELF, ownScroll],
  ['sheet over content that scrolls by itself', PHONE, {}, SCROLLS_BY_ITSELF, ownScroll],
];

describe('every control of a long page shows itself when Tab reaches it', () => {
  for (const [name, size, appearance, head, body] of CASES) {
    it(`${name}, ${size.join(' × ')}`, { timeout: 60_000 }, async () => {
      open(appearance, head, body);
      const page = await arrive(size, head === SMOOTH ? 'no-preference' : 'reduce');
      expect(await walk(visitorOf(page), 'Tab', STEPS)).toEqual(ALL_SEEN);
    });
  }

  it('and Shift+Tab on the way back', { timeout: 60_000 }, async () => {
    open();
    const page = await arrive(PHONE);
    await page.locator('#link').focus();
    expect(await walk(visitorOf(page), 'Shift+Tab', CONTROLS.length - 1)).toEqual(
      ALL_SEEN.slice(0, -1).reverse(),
    );
  });

  it('which the same walk denies where nothing keeps it clear', { timeout: 60_000 }, async () => {
    open(
      {},
      `${SCROLLS_BY_ITSELF}<style>[data-bandeau-root] { translate: none !important }</style>`,
      ownScroll,
    );
    const page = await arrive(PHONE);
    expect((await walk(visitorOf(page), 'Tab', STEPS)).join()).toContain('HIDDEN');
  });
});

const firefox = availableEngines().firefox;
describe.skipIf(firefox !== true)(
  firefox === true ? 'in Firefox' : `in Firefox (skipped: ${firefox})`,
  () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await launchEngine('firefox');
    });
    afterAll(() => engine?.close());

    it('every control shows itself, over content that scrolls by itself too', {
      timeout: 60_000,
    }, async () => {
      open({}, SCROLLS_BY_ITSELF, ownScroll);
      const session = await engine.newSession();
      await session.resize(...PHONE);
      await session.goto(site.origin);
      await session.waitFor(`document.querySelector('[data-bandeau-layer=banner]')`);
      const visitor = { press: session.press, look: () => session.evaluate<string>(LOOK) };
      // It gives focus to what scrolls, too: to that part of the page, and to the banner's own.
      const seen = await walk(visitor, 'Tab', STEPS + 2);
      expect(seen.filter((line) => !line.endsWith(' div'))).toEqual(ALL_SEEN);
    });
  },
);

describe('the room that the page leaves to the banner when it scrolls', () => {
  const padding = (page: Page) =>
    page.evaluate(() => {
      const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement);
      return [scrollPaddingTop, scrollPaddingBottom];
    });
  const OWN = '<style>html { scroll-padding-top: 71px }</style>';

  for (const size of [DESKTOP, PHONE]) {
    // With motion: it comes in from below, which must not be measured.
    it(`is all of its height while it is there, and gone after, ${size.join(' × ')}`, async () => {
      open({}, OWN);
      const page = await arrive(size, 'no-preference');
      await expect.poll(async () => (await padding(page))[1]).not.toBe('auto');
      const height = await banner(page).evaluate((root) => (root as HTMLElement).offsetHeight);
      const [top, bottom = ''] = await padding(page);
      expect(Number.parseFloat(bottom)).toBeGreaterThanOrEqual(height);
      expect(top).toBe('71px');
      await decide(page, 'reject-all');
      expect(await padding(page)).toEqual(['71px', 'auto']);
      expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
    });
  }

  it('is at the top where the banner is', async () => {
    open({ layout: 'bar', position: 'top start' });
    const page = await arrive(DESKTOP);
    await expect.poll(async () => (await padding(page))[0]).not.toBe('auto');
    const height = await banner(page).evaluate((root) => (root as HTMLElement).offsetHeight);
    const [top = '', bottom] = await padding(page);
    expect(Number.parseFloat(top)).toBeGreaterThanOrEqual(height);
    expect(bottom).toBe('auto');
  });
});

describe('a banner that stepped aside', () => {
  const edge = (page: Page) =>
    banner(page).evaluate((root) => {
      const { top, bottom } = root.getBoundingClientRect();
      return top + bottom < innerHeight ? 'top' : 'bottom';
    });
  /** The last link of a page that can't be scrolled any further has the focus. */
  async function openAside(size = PHONE) {
    open();
    const page = await arrive(size);
    await page.locator('#link').focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await expect.poll(() => edge(page)).toBe('top');
    return page;
  }

  it('goes back when the focus does', async () => {
    const page = await openAside();
    await page.keyboard.press('Shift+Tab');
    await expect.poll(() => edge(page)).toBe('top');
    await page.locator('a[href="#link-2"]').focus();
    await expect.poll(() => edge(page)).toBe('bottom');
  });

  it('goes back when the focus is nowhere', async () => {
    const page = await openAside();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await expect.poll(() => edge(page)).toBe('bottom');
  });

  it('goes back when the page scrolls clear', async () => {
    const page = await openAside();
    await page.evaluate(() => scrollTo(0, 0));
    await expect.poll(() => edge(page)).toBe('bottom');
  });

  it('goes back when Tab reaches its answers, and Enter gives one', async () => {
    const page = await openAside();
    await answer(page, 'partners').focus();
    await page.keyboard.press('Tab');
    await expect.poll(() => edge(page)).toBe('bottom');
    await page.keyboard.press('Enter');
    await banner(page).waitFor({ state: 'detached' });
  });

  it('stays there under the mouse: a click on an answer is that answer', async () => {
    const page = await openAside();
    const box = await answer(page, 'reject-all').boundingBox();
    if (!box) throw new Error('the answer is not there');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    await page.mouse.up();
    await banner(page).waitFor({ state: 'detached' });
  });

  it('does not step aside for what a mouse has clicked', async () => {
    open();
    const page = await arrive(DESKTOP);
    await page.locator('button', { hasText: 'Envoyer' }).evaluate((button) => {
      Object.assign((button as HTMLElement).style, { position: 'fixed', left: 0, bottom: 0, width: '480px' });
    });
    await page.mouse.click(10, DESKTOP[1] - 5);
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('button');
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    expect(await edge(page)).toBe('bottom');
  });
});
