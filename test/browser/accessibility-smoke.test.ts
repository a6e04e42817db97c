import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { answer, banner, preferences, useChromium, useDemo } from '../support/stage.ts';

// What assistive technology is told, and what fingers and small screens get.

const demo = useDemo();
const visitors = useChromium();

async function open(path: string, viewport = { width: 1280, height: 800 }): Promise<Page> {
  const { page } = await visitors.arrive({ viewport });
  await page.goto(demo.url + path);
  await banner(page).waitFor();
  return page;
}

async function openPreferences(viewport?: { width: number; height: number }) {
  const page = await open('/clairpas/', viewport);
  await answer(page, 'customize').click();
  await answer(page, 'save').waitFor();
  return page;
}

/** Opens what is folded away: services are drawn when somebody looks at them. */
const unfold = async (page: Page) => {
  for (const summary of await preferences(page).locator('summary').all()) await summary.click();
};

/** Interactive elements of the SDK that are smaller than 24 × 24, links within a sentence apart (WCAG 2.5.8). */
const tooSmall = (page: Page) =>
  page.locator('[data-bandeau-root] :is(button, input, summary)').evaluateAll((elements) =>
    elements
      .map((element) => {
        const { width, height } = (element.closest('label') ?? element).getBoundingClientRect();
        return { what: element.textContent || element.id || element.tagName, width, height };
      })
      // What is folded away has no size.
      .filter(({ width, height }) => width > 0 && (width < 24 || height < 24)),
  );

describe('the banner', () => {
  it('is a region with a name, and its answers are buttons with one', async () => {
    const page = await open('/clairpas/');
    const region = page.getByRole('region', { name: 'Vos choix sur les cookies' });
    expect(await region.count()).toBe(1);
    for (const name of ['Tout refuser', 'Tout accepter', 'Personnaliser']) {
      expect(await region.getByRole('button', { name, exact: true }).count(), name).toBe(1);
    }
    expect(await region.getByRole('heading', { level: 2 }).count()).toBe(1);
  });

  it('takes no focus when it comes, and traps none', async () => {
    const page = await open('/clairpas/');
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    expect(await page.getByRole('dialog').count()).toBe(0);
    for (let i = 0; i < 7; i++) await page.keyboard.press('Tab');
    expect(await page.evaluate(() => !document.activeElement?.closest('[data-bandeau-root]'))).toBe(true);
  });

  for (const [width, height] of [
    [1280, 800],
    [320, 568],
    [568, 320],
  ] as const) {
    it(`has targets of 24 pixels and more at ${width} × ${height}`, async () => {
      expect(await tooSmall(await open('/clairpas/', { width, height }))).toEqual([]);
    });
  }

  for (const path of ['/clairpas/', '/brisemarre/', '/lorivaux/nl/']) {
    it(`shows both answers in a window of 320 × 568, and needs no sideways scrolling: ${path}`, async () => {
      const page = await open(path, { width: 320, height: 568 });
      for (const action of ['accept-all', 'reject-all']) {
        const box = await answer(page, action).boundingBox();
        expect(box, action).not.toBeNull();
        const { x, y, width, height } = box as NonNullable<typeof box>;
        expect(x, action).toBeGreaterThanOrEqual(0);
        expect(y, action).toBeGreaterThanOrEqual(0);
        expect(x + width, action).toBeLessThanOrEqual(320);
        expect(y + height, action).toBeLessThanOrEqual(568);
        // In view and nothing over it.
        await answer(page, action).click({ trial: true });
      }
      expect(await banner(page).evaluate((root) => root.scrollWidth <= root.clientWidth)).toBe(true);
    });
  }
});

describe('the notice of a change', () => {
  it('is a region with a name too, and takes no focus', async () => {
    const page = await open('/clairpas/');
    await answer(page, 'accept-all').click();
    await page.goto(`${demo.url}/clairpas/?policy=v2`);
    const region = page.getByRole('region', { name: 'Notre politique a changé' });
    await region.waitFor();
    expect(await region.getByRole('button', { name: 'Refuser ces changements' }).count()).toBe(1);
    expect(await region.getByRole('button', { name: 'Accepter ces changements' }).count()).toBe(1);
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
  });
});

describe('the preferences', () => {
  it('are a modal dialog with a name, which has the focus and keeps it', async () => {
    const page = await openPreferences();
    const dialog = page.getByRole('dialog', { name: 'Gérer mes cookies' });
    expect(await dialog.count()).toBe(1);
    expect(await preferences(page).evaluate((element) => element.matches(':modal'))).toBe(true);
    for (let i = 0; i < 40; i++) {
      // Between the last and the first element Chromium visits the browser's own controls: the body has it then.
      const isInside = await page.evaluate(() => {
        const { activeElement } = document;
        return activeElement === document.body || !!activeElement?.closest('dialog');
      });
      expect(isInside).toBe(true);
      await page.keyboard.press('Tab');
    }
  });

  it('have switches with a name, a description and their state in words', async () => {
    const page = await openPreferences();
    await unfold(page);
    const switches = page.getByRole('dialog').getByRole('switch');
    await expect.poll(() => switches.count()).toBe(10);
    const count = 10;
    for (let i = 0; i < count; i++) {
      const { id, name, description, text } = await switches.nth(i).evaluate((element) => {
        const textOf = (attribute: string) =>
          (element.getAttribute(attribute) ?? '')
            .split(' ')
            .map((reference) => document.getElementById(reference)?.textContent ?? 'MISSING');
        return {
          id: (element as HTMLElement).dataset['bandeauCategory'],
          name: textOf('aria-labelledby').join(' '),
          description: textOf('aria-describedby'),
          text: element.closest('label')?.textContent,
        };
      });
      expect(name, id).not.toMatch(/MISSING|^$/);
      expect(description.join(' '), id).not.toMatch(/MISSING/);
      expect(description[0]?.length, id).toBeGreaterThan(10);
      expect(description.at(-1), id).toBe('Refusé');
      expect(text, id).toContain('Refusé');
    }
    const audience = page.getByRole('switch', { name: 'Mesure d’audience' });
    await audience.click();
    expect(await audience.getAttribute('aria-describedby')).toContain('-state');
    expect(await page.locator('#bandeau-state-analytics').textContent()).toBe('Accepté');
    expect(await audience.isChecked()).toBe(true);
  });

  it('give every id once', async () => {
    const page = await openPreferences();
    await unfold(page);
    await page.locator('dl').last().waitFor();
    const ids = await page.locator('[id]').evaluateAll((elements) => elements.map(({ id }) => id));
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  for (const [width, height] of [
    [1280, 800],
    [320, 568],
  ] as const) {
    it(`have targets of 24 pixels and more at ${width} × ${height}, also of the services`, async () => {
      const page = await openPreferences({ width, height });
      await unfold(page);
      await page.locator('dl').last().waitFor();
      expect(await tooSmall(page)).toEqual([]);
    });
  }

  it('open from Partners too', async () => {
    const page = await open('/clairpas/');
    await answer(page, 'partners').click();
    await answer(page, 'save').waitFor();
  });
});
