import { readFileSync } from 'node:fs';
import type { AxeResults, ContextObject, RunOptions } from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { answer, banner, preferences, useChromium, useDemo } from '../support/stage.ts';

// Every rule of axe that follows WCAG 2.2 AA or good practice, on what the SDK shows and on nothing else.

const AXE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const demo = useDemo();
const visitors = useChromium();

const LOOKS: Record<string, BrowserContextOptions & { textSize?: string }> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced colors': { forcedColors: 'active' },
  'a window of 320 pixels': { viewport: { width: 320, height: 568 } },
  'text of 200 %': { textSize: '32px' },
};

async function open({ textSize = '', ...options }: (typeof LOOKS)[string] = {}): Promise<Page> {
  const { page } = await visitors.arrive({ reducedMotion: 'reduce', ...options });
  // A page with a placeholder, whose colours are those of the visitor.
  await page.goto(`${demo.url}/themes/net.html`);
  await page.evaluate((size) => {
    document.documentElement.style.fontSize = size;
  }, textSize);
  await banner(page).waitFor();
  await page.locator('[data-bandeau-layer="placeholder"]').waitFor();
  await page.evaluate(AXE);
  return page;
}

declare global {
  interface Window {
    axe: { run(context: ContextObject, options: RunOptions): Promise<AxeResults> };
  }
}

/** What axe finds in a layer: one line for each rule and element. */
const findings = (page: Page, layer: string) =>
  page.evaluate(async (selector) => {
    const { violations, passes } = await window.axe.run(
      { include: [selector] },
      { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
    );
    if (passes.length < 8) throw new Error(`axe has looked at nothing: ${selector}`);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 120)} ${failureSummary}`),
    );
  }, `[data-bandeau-layer="${layer}"]`);

const speak = async (page: Page, layer: string, locale: string) => {
  await page.evaluate(`bandeau.setLocale('${locale}')`);
  await page.locator(`[data-bandeau-layer="${layer}"][lang="${locale}"]`).waitFor();
};

async function openPreferences(page: Page) {
  await answer(page, 'customize').click();
  await answer(page, 'save').waitFor();
  await preferences(page).locator('details').nth(1).locator('summary').click();
}

describe('axe finds nothing, in French and in Arabic', () => {
  for (const [name, look] of Object.entries(LOOKS)) {
    it(`in banner, preferences and placeholder: ${name}`, async () => {
      const page = await open(look);
      const check = async (layer: string) => {
        for (const locale of ['fr', 'ar']) {
          await speak(page, layer, locale);
          expect(await findings(page, layer), `${layer} ${locale}`).toEqual([]);
        }
      };
      await check('banner');
      await openPreferences(page);
      await check('preferences');
      await page.keyboard.press('Escape');
      await banner(page).waitFor();
      // It may stand over the placeholder, where axe would see nothing.
      await banner(page).evaluate((root) => root.remove());
      await check('placeholder');
    });
  }
});

describe('axe finds', () => {
  it('what is wrong, where something is: names that are missing and text that is too pale', async () => {
    const page = await open();
    await banner(page).evaluate((root) => {
      for (const button of root.querySelectorAll('.bandeau-answer')) button.textContent = '';
      root.style.setProperty('--bandeau-text', '#aaa');
    });
    const found = (await findings(page, 'banner')).join('\n');
    expect(found).toContain('button-name');
    expect(found).toContain('color-contrast');
    await openPreferences(page);
    await preferences(page).evaluate((root) => {
      for (const input of root.querySelectorAll('input')) input.removeAttribute('aria-labelledby');
      for (const label of root.querySelectorAll('label')) label.replaceWith(...label.childNodes);
    });
    expect((await findings(page, 'preferences')).join('\n')).toContain('label: <input');
  });
});
