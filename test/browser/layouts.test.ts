import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Appearance } from '../../src/types.ts';
import { answer, ask, banner, html, POLICY, settle, useChromium, useSite } from '../support/stage.ts';

// Where the first layer stands: as a policy's site says, and on a phone at the lower edge in any case.

const { site, tracker } = useSite();
const visitors = useChromium();
const WINDOW = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const LONG = '<div style="height: 3000px"><a id="top" href="#top">haut</a></div>';

/** By `bandeau.init`. */
async function open(appearance: Appearance, viewport = WINDOW, head = ''): Promise<Page> {
  const { page } = await visitors.arrive({ viewport, reducedMotion: 'reduce' });
  site.pages['/'] = html({
    policy: null,
    head: `${head}<script>bandeau.init(${JSON.stringify(POLICY)}, ${JSON.stringify({ appearance })})</script>`,
    body: LONG,
  });
  await page.goto(site.origin);
  await banner(page).waitFor();
  return page;
}

/** By attributes of the script tag. */
async function openTag(attributes: string, viewport = WINDOW): Promise<Page> {
  const { page } = await visitors.arrive({ viewport, reducedMotion: 'reduce' });
  site.pages['/'] = html({ core: `<script src="/bandeau/bandeau.js" ${attributes}></script>`, body: LONG });
  await page.goto(site.origin);
  await banner(page).waitFor();
  return page;
}

/** Room between the banner and each edge of the window, without its scrollbar. */
const room = (page: Page) =>
  banner(page).evaluate((root) => {
    const { left, right, top, bottom } = root.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    return { left, right: clientWidth - right, top, bottom: clientHeight - bottom };
  });

const speakArabic = async (page: Page) => {
  await page.evaluate("bandeau.setLocale('ar')");
  await page.locator('[data-bandeau-layer="banner"][dir="rtl"]').waitFor();
};

/** Whether an answer is in view, with nothing in front of it. */
const isInReach = (page: Page, action: string) =>
  answer(page, action).evaluate((button) => {
    const { left, right, top, bottom, x, y, width, height } = button.getBoundingClientRect();
    const isInView = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    return isInView && document.elementFromPoint(x + width / 2, y + height / 2) === button;
  });

/** Whether a click there would reach it. */
const isHit = (element: Element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return document.elementFromPoint(x + width / 2, y + height / 2) === element;
};

describe('a box', () => {
  it.each([
    ['bottom start', 'left', 'bottom'],
    ['bottom end', 'right', 'bottom'],
    ['top start', 'left', 'top'],
    ['top end', 'right', 'top'],
  ] as const)(
    'stands at %s, mirrored where the language is, by options and by attribute',
    async (position, inline, block) => {
      const other = inline === 'left' ? 'right' : 'left';
      for (const page of [await open({ position }), await openTag(`data-position="${position}"`)]) {
        const placed = await room(page);
        expect(placed).toMatchObject({ [inline]: 24, [block]: 24 });
        expect(placed[other]).toBeGreaterThan(600);
        await speakArabic(page);
        const mirrored = await room(page);
        expect(mirrored).toMatchObject({ [other]: 24, [block]: 24 });
        expect(mirrored[inline]).toBeGreaterThan(600);
      }
    },
  );

  it('is what an unknown word gives, in the usual corner', async () => {
    const page = await openTag('data-layout="zebra" data-position="everywhere"');
    expect(await room(page)).toMatchObject({ left: 24, bottom: 24 });
    expect((await room(page)).right).toBeGreaterThan(600);
  });
});

describe('a bar', () => {
  it('goes over the whole width, at the lower or at the upper edge', async () => {
    const below = await open({ layout: 'bar' });
    expect(await room(below)).toMatchObject({ left: 0, right: 0, bottom: 0 });
    expect((await room(below)).top).toBeGreaterThan(400);
    const above = await openTag('data-layout="bar" data-position="top start"');
    expect(await room(above)).toMatchObject({ left: 0, right: 0, top: 0 });
    expect((await room(above)).bottom).toBeGreaterThan(400);
    for (const page of [below, above]) {
      expect(await isInReach(page, 'reject-all')).toBe(true);
      expect(await isInReach(page, 'accept-all')).toBe(true);
    }
  });
});

describe('a card in the middle', () => {
  it('has the same room on both sides, above and below', async () => {
    for (const page of [await open({ layout: 'center' }), await openTag('data-layout="center"')]) {
      const { left, right, top, bottom } = await room(page);
      expect(left).toBeGreaterThan(300);
      expect(Math.abs(left - right)).toBeLessThan(1);
      expect(Math.abs(top - bottom)).toBeLessThan(1);
    }
  });
});

describe('on a phone', () => {
  it.each([
    { position: 'top end' },
    { layout: 'bar', position: 'top start' },
    { layout: 'center' },
    { modal: true },
  ] as const)('it is a sheet at the lower edge: %o', async (appearance) => {
    const page = await open(appearance, PHONE);
    expect(await room(page)).toMatchObject({ left: 0, right: 0, bottom: 0 });
    expect((await room(page)).top).toBeGreaterThanOrEqual(PHONE.height / 2 - 1);
  });
});

describe('modal', () => {
  it.each(['init', 'data-modal'])(
    'is a dialog in front of a page that waits, with the refusal inside: %s',
    async (way) => {
      const page = await (way === 'init' ? open({ modal: true }) : openTag('data-modal'));
      expect(await banner(page).evaluate((root) => [root.localName, root.matches(':modal')])).toEqual([
        'dialog',
        true,
      ]);
      const link = page.locator('#top');
      expect(await link.evaluate(isHit)).toBe(false);
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => !!document.activeElement?.closest('dialog'))).toBe(true);
      expect(await isInReach(page, 'accept-all')).toBe(true);
      await answer(page, 'reject-all').click();
      await banner(page).waitFor({ state: 'detached' });
      expect(await ask(page, ({ receipt }) => receipt?.method)).toBe('reject-all');
    },
  );

  it('closes on Escape, which decides nothing: it comes again on the next page', async () => {
    const page = await open({ modal: true });
    await page.keyboard.press('Escape');
    await banner(page).waitFor({ state: 'detached' });
    expect(await ask(page, ({ receipt }) => receipt)).toBeNull();
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.locator('#top').evaluate(isHit)).toBe(true);
    await page.reload();
    await banner(page).waitFor();
    await settle(page, tracker.origin);
  });
});

describe('without modal', () => {
  it.each([{}, { layout: 'bar' }, { layout: 'center' }] as const)(
    'the page can be used and scrolled, and nothing dims it: %o',
    async (appearance) => {
      const page = await open(appearance);
      await page.locator('#top').click();
      expect(new URL(page.url()).hash).toBe('#top');
      await page.mouse.move(1200, 20);
      await page.mouse.wheel(0, 500);
      await page.waitForFunction(() => scrollY > 0);
      expect(await banner(page).evaluate((root) => root.localName)).toBe('section');
      const backdrop = await banner(page).evaluate(
        (root) => getComputedStyle(root, '::backdrop').backgroundColor,
      );
      expect(backdrop).toBe('rgba(0, 0, 0, 0)');
    },
  );
});

const SMALL = { width: 320, height: 256 };

describe('in a window of 320 × 256', () => {
  it.each([{}, { layout: 'bar' }, { layout: 'center' }, { modal: true }] as const)(
    'both answers are in view and all else can be scrolled to: %o',
    async (appearance) => {
      const page = await open(appearance, SMALL);
      expect(await isInReach(page, 'reject-all')).toBe(true);
      expect(await isInReach(page, 'accept-all')).toBe(true);
      for (const action of ['partners', 'customize']) {
        await answer(page, action).scrollIntoViewIfNeeded();
        expect(await isInReach(page, action), action).toBe(true);
      }
    },
  );
});

describe.each([
  ['that the visitor has set', ['--blink-settings=defaultFontSize=32'], ''],
  ['that the page has set', [], '<style>html { font-size: 32px }</style>'],
])('in a window of 320 × 256 with a text of 32 pixels %s', (_, args, head) => {
  const readers = useChromium({ args });

  it('everything can be scrolled to', async () => {
    const { page } = await readers.arrive({ viewport: SMALL, reducedMotion: 'reduce' });
    site.pages['/'] = html({ head });
    await page.goto(site.origin);
    await banner(page).waitFor();
    for (const action of ['partners', 'reject-all', 'accept-all', 'customize']) {
      await answer(page, action).scrollIntoViewIfNeeded();
      expect(await isInReach(page, action), action).toBe(true);
    }
    await banner(page).locator('h2').scrollIntoViewIfNeeded();
    expect(await banner(page).evaluate((root) => root.scrollWidth <= root.clientWidth)).toBe(true);
  });
});
