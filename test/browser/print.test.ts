import { describe, expect, it } from 'vitest';
import { answer, banner, useChromium, useDemo } from '../support/stage.ts';

const demo = useDemo();
const visitors = useChromium();

describe('on paper', () => {
  it('there is the page and nothing of what asks: neither banner, nor placeholder, nor preferences', async () => {
    const { page } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/embeds.html`);
    await banner(page).waitFor();
    await page.locator('[data-bandeau-layer="placeholder"]').first().waitFor();
    const visible = () => page.locator(':is(dialog, section)[data-bandeau-root]:visible').count();
    expect(await visible()).toBeGreaterThan(1);
    await page.emulateMedia({ media: 'print' });
    expect(await visible()).toBe(0);
    await page.emulateMedia({ media: 'screen' });
    await answer(page, 'customize').click();
    await answer(page, 'save').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await visible()).toBe(0);
  });
});
