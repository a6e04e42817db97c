import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { contrastOf, type Look } from '../support/contrast.ts';
import { answer, banner, html, useChromium, useDemo, useSite } from '../support/stage.ts';

// What can be read: colours as the browser mixes them, in the three themes and under any accent.

const demo = useDemo();
const { site } = useSite();
const visitors = useChromium();

/** What stands where, and the contrast that it needs (WCAG 1.4.3, 1.4.11). */
type Need = readonly [selector: string, atLeast: number, look?: Look];

const BANNER: Need[] = [
  ['[data-bandeau-layer="banner"] h2', 4.5],
  ['[data-bandeau-layer="banner"] p >> nth=0', 4.5],
  ['[data-bandeau-layer="banner"] li >> nth=0', 4.5],
  ['[data-bandeau-layer="banner"] .bandeau-foot', 4.5],
  ['[data-bandeau-layer="banner"] a', 4.5],
  ['[data-bandeau-action="partners"]', 4.5],
  ['[data-bandeau-action="customize"]', 4.5],
  ['[data-bandeau-layer="banner"] [data-bandeau-action="accept-all"]', 5],
  ['[data-bandeau-layer="banner"] [data-bandeau-action="reject-all"]', 5],
];
const PLACEHOLDER: Need[] = [
  ['[data-bandeau-layer="placeholder"] p >> nth=0', 4.5],
  ['[data-bandeau-layer="placeholder"] .bandeau-foot', 4.5],
  ['[data-bandeau-layer="placeholder"] .bandeau-answer >> nth=0', 5],
];
const PREFERENCES: Need[] = [
  ['[data-bandeau-layer="preferences"] h2', 4.5],
  ['[data-bandeau-layer="preferences"] p >> nth=0', 4.5],
  ['[data-bandeau-layer="preferences"] summary >> nth=0', 4.5],
  ['[data-bandeau-layer="preferences"] .bandeau-foot', 4.5],
  ['[data-bandeau-layer="preferences"] [data-bandeau-action="save"]', 4.5],
  ['[data-bandeau-layer="preferences"] [data-bandeau-action="reject-all"]', 5],
  [
    '[data-bandeau-layer="preferences"] input >> nth=0',
    3,
    { property: 'border-top-color', ground: 'behind' },
  ],
];

/** What is paler than it has to be. */
async function tooPale(page: Page, needs: readonly Need[]): Promise<string[]> {
  const found: string[] = [];
  for (const [selector, atLeast, look] of needs) {
    const contrast = await contrastOf(page.locator(selector).first(), look);
    if (contrast < atLeast) found.push(`${selector}: ${contrast.toFixed(2)} of ${atLeast}`);
  }
  return found;
}

/** The ring around what a keyboard has reached, on what is around it. */
async function ring(page: Page): Promise<number> {
  await page.keyboard.press('Tab');
  const focused = page.locator('[data-bandeau-root] :focus-visible');
  await focused.waitFor();
  return contrastOf(focused, { property: 'outline-color', ground: 'behind' });
}

describe('each theme can be read', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    it.each(['', 'papier.html', 'nuit.html', 'net.html'])(`/themes/%s, ${colorScheme}`, async (path) => {
      const { page } = await visitors.arrive({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(`${demo.url}/themes/${path}`);
      await banner(page).waitFor();
      expect(await tooPale(page, BANNER)).toEqual([]);
      expect(await ring(page)).toBeGreaterThanOrEqual(3);
      if (path) {
        await page.locator(PLACEHOLDER[0]?.[0] ?? '').waitFor();
        expect(await tooPale(page, PLACEHOLDER)).toEqual([]);
      }
      await answer(page, 'customize').click();
      await answer(page, 'save').waitFor();
      expect(await tooPale(page, PREFERENCES)).toEqual([]);
      expect(await ring(page)).toBeGreaterThanOrEqual(3);
    });
  }
});

const ACCENTS = [
  ...[
    '#ffd400',
    '#ff7a00',
    '#d92d20',
    '#808080',
    '#767676',
    '#8ec5ff',
    '#0b5d3b',
    '#fff',
    '#000',
    '#00f',
    '#f0f',
  ],
  ...[
    'hsl(160 60% 40%)',
    'rgb(120 130 110)',
    'oklch(0.62 0.2 25)',
    'lab(50 60 -60)',
    'teal',
    'tomato',
    '#00a35c',
  ],
];

describe('a site that sets nothing but its accent', () => {
  it('gets answers in the black or white that can be read on it, and a focus ring that can be seen', async () => {
    const { page } = await visitors.arrive({ reducedMotion: 'reduce' });
    site.pages['/'] = html({ head: '<style>:root { color-scheme: light dark }</style>' });
    await page.goto(site.origin);
    await banner(page).waitFor();
    const around = await ring(page);
    expect(around).toBeGreaterThanOrEqual(3);
    const accept = answer(page, 'accept-all');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const accent of ACCENTS) {
        await page.evaluate(
          (it) => document.documentElement.style.setProperty('--bandeau-accent', it),
          accent,
        );
        expect(await contrastOf(accept), `${accent}, ${colorScheme}`).toBeGreaterThanOrEqual(4.5);
        const outline = page.locator('[data-bandeau-root] :focus-visible');
        const look = { property: 'outline-color', ground: 'behind' } as const;
        expect(await contrastOf(outline, look), `ring, ${accent}, ${colorScheme}`).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it('can choose the colour on it too, and a bad choice is measured as one', async () => {
    const { page } = await visitors.arrive();
    site.pages['/'] = html({
      head: '<style>:root { --bandeau-accent: #888; --bandeau-on-accent: #777; --bandeau-text: #bbb }</style>',
    });
    await page.goto(site.origin);
    await banner(page).waitFor();
    expect(await tooPale(page, BANNER)).toHaveLength(BANNER.length);
  });
});
