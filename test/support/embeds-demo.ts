import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { RunningDemo } from '../../demo/servers.mjs';
import type { Visit, Visitors } from './stage.ts';

export const placeholders = (page: Page): Locator => page.locator('[data-bandeau-layer="placeholder"]');

/** A visit to the page of embeds, once its placeholders are there. */
export async function openEmbeds(
  demo: RunningDemo,
  visitors: Visitors,
  options: Parameters<Visitors['arrive']>[0] = {},
): Promise<Visit> {
  const visit = await visitors.arrive(options);
  await visit.page.goto(`${demo.url}/cases/embeds.html`);
  await expect.poll(() => placeholders(visit.page).count()).toBe(3);
  return visit;
}

/** Where an element is and how large: x, y, width, height in whole pixels. */
export const boxOf = (page: Page, selector: string): Promise<number[]> =>
  page.locator(selector).evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x, y, width, height].map(Math.round);
  });
