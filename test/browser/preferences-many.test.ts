import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Policy } from '../../src/types.ts';
import { answer, ask, html, POLICY, preferences, toggle, useChromium, useSite } from '../support/stage.ts';

// A policy of five hundred services in five categories, on the built files.

const { site } = useSite();
const visitors = useChromium();

const CATEGORIES = ['essential', 'analytics', 'preference', 'personalization', 'performance'];
const policyOf = (count: number): Policy => ({
  ...POLICY,
  categories: CATEGORIES.map((id) => ({ id })),
  services: Array.from({ length: count }, (_, i) => ({
    id: `s${i}`,
    category: CATEGORIES[i % 5] ?? '',
    vendor: { name: `Service ${i} SA`, ...(i % 5 === 0 && { privacyUrl: `https://s${i}.example/` }) },
    purpose: `Ce que fait le service ${i}.`,
    ...(i % 5 === 0 && { reason: 'Sans lui, pas de page.' }),
    cookies: [{ name: `_s${i}`, lifetimeDays: 30 }],
    hosts: [`s${i}.example`],
  })),
});

/** The number of all elements before the preferences are opened from the banner, and after that. */
async function open(count: number) {
  site.pages['/'] = html({ policy: policyOf(count) });
  const { page } = await visitors.arrive();
  await page.goto(`${site.origin}/`);
  await answer(page, 'customize').waitFor();
  const size = () => page.evaluate(() => document.querySelectorAll('*').length);
  const before = await size();
  await answer(page, 'customize').click();
  await answer(page, 'save').waitFor();
  return { page, added: (await size()) - before };
}

const unfold = async (page: Page) => {
  for (const summary of await preferences(page).locator('summary').all()) await summary.click();
  await expect.poll(() => preferences(page).locator('h4').count()).toBe(500);
};

it('add as few elements for 500 services as for 5', async () => {
  const { added: few } = await open(5);
  const { added: many } = await open(500);
  expect(many).toBe(few);
  expect(many).toBeLessThan(100);
});

it('lead the keyboard through each of 500 services, in their order', async () => {
  const { page } = await open(500);
  await unfold(page);
  await answer(page, 'close').focus();
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    document.addEventListener('focusin', ({ target }) => {
      const row = (target as Element).closest('section section');
      if (row) seen.push(row.querySelector('h4')?.textContent ?? '');
      const { top, bottom } = (target as Element).getBoundingClientRect();
      if (row && (top < 0 || bottom > innerHeight)) seen.push('out of sight');
    });
  });
  // Four switches, five summaries, and what each service has.
  for (let i = 0; i < 4 + 5 + 500; i++) await page.keyboard.press('Tab');
  const walk = await page.evaluate((): string[] => Reflect.get(window, 'seen'));
  const inOrder = [0, 1, 2, 3, 4].flatMap((first) =>
    Array.from({ length: 100 }, (_, i) => `Service ${first + 5 * i} SA`),
  );
  expect(walk).toEqual(inOrder);
});

it('are found by a search of the page, wherever they stand, and nothing else is', async () => {
  const { page } = await open(500);
  await unfold(page);
  const names = Array.from({ length: 500 }, (_, i) => `_s${i} `).filter((_, i) => i % 9 === 0 || i > 494);
  const missed = await page.evaluate(
    (all) => {
      const find: (text: string, isCased: boolean, isBackward: boolean, wraps: boolean) => boolean =
        Reflect.get(window, 'find').bind(window);
      return all.filter((name) => !find(name, true, false, true));
    },
    [...names, '_s500 '],
  );
  expect(missed).toEqual(['_s500 ']);
});

it('stay where they were scrolled to while more are drawn, and switch what is drawn last', async () => {
  const { page } = await open(500);
  await unfold(page);
  const last = toggle(page, 's499');
  await last.hover();
  const place = await last.boundingBox();
  await last.click();
  expect(await last.isChecked()).toBe(true);
  expect(await last.boundingBox()).toEqual(place);
  await answer(page, 'save').click();
  await expect.poll(() => ask(page, ({ receipt }) => receipt?.method)).toBe('custom');
  const granted = await ask(page, ({ choices }) =>
    Object.keys(choices).filter((id) => choices[id] === 'granted'),
  );
  expect(granted).toEqual(['s499']);
});
