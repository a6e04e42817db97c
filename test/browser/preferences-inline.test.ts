import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ask, banner, preferences, useChromium, useDemo } from '../support/stage.ts';

// The preferences as a part of the page, beside the banner, the dialog and a second place.

const demo = useDemo();
const visitors = useChromium();

const place = (page: Page, id = 'place') => page.locator(`#${id}[data-bandeau=inline]`);
const button = (page: Page, name: string, id?: string) => place(page, id).getByRole('button', { name });
const audience = (page: Page, id?: string) =>
  place(page, id).getByRole('switch', { name: 'Mesure d’audience' });

async function open(options = {}): Promise<Page> {
  const { page } = await visitors.arrive({ viewport: { width: 1280, height: 800 }, ...options });
  await page.goto(`${demo.url}/cases/inline.html`);
  await button(page, 'Tout refuser', 'second').waitFor();
  return page;
}

describe('the preferences in a page', () => {
  it('stand in its flow, as wide as their place, with nothing in them that scrolls', async () => {
    const page = await open();
    const { position, outer, inner, scrolling } = await place(page).evaluate((element) => {
      const root = element.firstElementChild as HTMLElement;
      return {
        position: getComputedStyle(root).position,
        outer: element.getBoundingClientRect().width,
        inner: root.getBoundingClientRect().width,
        scrolling: [root, ...root.querySelectorAll('*')].filter((one) =>
          /auto|scroll/.test(getComputedStyle(one).overflowY),
        ).length,
      };
    });
    expect(position).toBe('relative');
    expect(inner).toBe(outer);
    expect(scrolling).toBe(0);
    expect(await page.getByRole('region', { name: 'Gérer mes cookies' }).count()).toBe(2);
    expect(await place(page).locator('#before').count()).toBe(0);
  });

  it('decide for the banner too: it goes, the focus stays, and what is stored shows in both places', async () => {
    const page = await open();
    await banner(page).waitFor();
    await audience(page).click();
    await button(page, 'Enregistrer mes choix').click();
    await banner(page).waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Enregistrer mes choix');
    expect(await place(page).getByRole('status').textContent()).toContain('Vos choix sont enregistrés.');
    expect(await place(page, 'second').getByRole('status').textContent()).toBe('');
    expect(await audience(page, 'second').isChecked()).toBe(true);
    expect(await ask(page, ({ receipt }) => receipt?.choices)).toEqual({
      analytics: 'granted',
      preference: 'denied',
    });
    await page.reload();
    await audience(page).waitFor();
    expect(await audience(page).isChecked()).toBe(true);
    expect(await place(page).textContent()).toContain('Choix enregistré le');
    expect(await banner(page).count()).toBe(0);
  });

  it('leave the answers where they were clicked', async () => {
    // All of it in view, so that a click does not have to scroll.
    const page = await open({ viewport: { width: 1280, height: 1000 } });
    // A second decision: the first one adds when it was made.
    await button(page, 'Tout accepter').click();
    await audience(page).click();
    const before = await button(page, 'Tout refuser').boundingBox();
    await button(page, 'Tout refuser').click();
    expect(await place(page).getByRole('status').textContent()).not.toBe('');
    expect(await button(page, 'Tout refuser').boundingBox()).toEqual(before);
  });

  it('show what the banner and another tab decide', async () => {
    const page = await open();
    await banner(page).getByRole('button', { name: 'Tout accepter' }).click();
    await expect.poll(() => audience(page).isChecked()).toBe(true);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await button(other, 'Tout refuser').click();
    await page.bringToFront();
    await expect.poll(() => audience(page).isChecked()).toBe(false);
  });

  it('share no id with each other and the dialog', async () => {
    const page = await open();
    await ask(page, (consent) => consent.open('preferences'));
    await preferences(page).waitFor();
    const ids = await page.locator('[id]').evaluateAll((elements) => elements.map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(30);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  it('give the place back as it was', async () => {
    const page = await open();
    await ask(page, (consent) => consent.destroy());
    expect(await place(page).locator('#before').isVisible()).toBe(true);
    expect(await page.locator('[data-bandeau-root]').count()).toBe(0);
  });

  it('come into a place that is added later, and leave with it', async () => {
    const page = await open();
    await page.evaluate(() => {
      const added = document.createElement('div');
      added.id = 'added';
      added.dataset['bandeau'] = 'inline';
      document.querySelector('main')?.append(added);
    });
    await button(page, 'Tout refuser', 'added').click();
    expect(await ask(page, ({ receipt }) => receipt?.method)).toBe('reject-all');
    expect(await page.locator('[data-bandeau-layer=inline]').count()).toBe(3);
    await page.evaluate(() => document.querySelector('#added')?.remove());
    expect(await page.locator('[data-bandeau-layer=inline]').count()).toBe(2);
  });

  it.each([300, 220])('fit into a column of %d pixels', async (width) => {
    const page = await open();
    await place(page).evaluate((element, pixels) => {
      (element as HTMLElement).style.width = `${pixels}px`;
      for (const summary of element.querySelectorAll('summary')) summary.click();
    }, width);
    await place(page).locator('dl').first().waitFor();
    const beyond = await place(page).evaluate((element) => {
      const { left, right } = element.getBoundingClientRect();
      return [...element.querySelectorAll('*')]
        .filter((one) => one.getBoundingClientRect().width > 0)
        .filter((one) => one.getBoundingClientRect().right > right || one.getBoundingClientRect().left < left)
        .map((one) => `${one.localName} ${one.textContent}`);
    });
    expect(beyond).toEqual([]);
  });
});
