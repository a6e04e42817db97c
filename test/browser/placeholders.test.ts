import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { boxOf, openEmbeds, placeholders } from '../support/embeds-demo.ts';
import {
  answer,
  ask,
  decide,
  html,
  preferences,
  reached,
  useChromium,
  useDemo,
  useSite,
} from '../support/stage.ts';

// What stands in for a held embed, by keyboard and by ruler. What its buttons do: embeds.test.ts.

const demo = useDemo();
const { site, tracker } = useSite();
const visitors = useChromium();

const open = (options: Parameters<typeof visitors.arrive>[0] = {}) => openEmbeds(demo, visitors, options);

describe('the keyboard at a placeholder', () => {
  async function openDecided() {
    const visit = await open();
    await decide(visit.page, 'reject-all');
    return visit;
  }
  const focused = (page: Page) =>
    page.evaluate(() => {
      const { id, dataset, localName } = document.activeElement as HTMLElement;
      return dataset['bandeauAction'] ?? (id || localName);
    });
  const press = async (page: Page, stop: string) => {
    for (let i = 0; i < 9 && (await focused(page)) !== stop; i++) await page.keyboard.press('Tab');
    expect(await focused(page)).toBe(stop);
    await page.keyboard.press('Enter');
  };

  it('reaches Load, and is in the embed when that is there', async () => {
    const { page } = await openDecided();
    await press(page, 'load-once');
    await expect.poll(() => reached(demo.requests)).toEqual(['/e/projectine.html']);
    expect(await focused(page)).toBe('video');
    expect(await page.locator('#video').getAttribute('title')).toBe('Remplir son dossier');
    expect(await page.context().cookies(demo.url)).toHaveLength(1);
  });

  it('reaches Always, whose answer is kept, and is in the embed', async () => {
    const { page } = await openDecided();
    await press(page, 'always-allow');
    await expect.poll(() => focused(page)).toBe('video');
    expect(await ask(page, ({ choices }) => [choices['projectine'], choices['plantine']])).toEqual([
      'granted',
      'denied',
    ]);
  });

  it('is on the link of the page, not nowhere, when a withdrawal has put the placeholder back', async () => {
    const { page } = await open();
    await decide(page, 'accept-all');
    await expect.poll(() => placeholders(page).count()).toBe(0);
    await page.locator('[data-bandeau="preferences"]').focus();
    await page.keyboard.press('Enter');
    await answer(page, 'reject-all').press('Enter');
    await expect.poll(() => placeholders(page).count()).toBe(3);
    await preferences(page).waitFor({ state: 'detached' });
    expect(await page.evaluate("document.activeElement.matches('[data-bandeau=preferences]')")).toBe(true);
  });
});

describe('the box of a placeholder', () => {
  const MARK = `class="embed" data-category="analytics" data-service="mesurio" data-src="/f.html"`;
  /** Where everything else of the page stands while it is held, and while it is not. */
  async function boxes(embed: string) {
    site.pages['/f.html'] = '<!doctype html><title>f</title>';
    site.pages['/'] = html({
      body: `<style>iframe { border: 0 }</style>${embed}<p class="after">Après.</p>`,
    });
    const { page } = await visitors.arrive({ viewport: { width: 900, height: 1200 } });
    await page.goto(site.origin);
    await decide(page, 'reject-all');
    await placeholders(page).waitFor();
    const held = [await boxOf(page, '[data-bandeau-layer=placeholder]'), await boxOf(page, '.after')];
    await page.evaluate('bandeau.acceptAll()');
    await expect.poll(() => placeholders(page).count()).toBe(0);
    const loaded = [await boxOf(page, '.embed'), await boxOf(page, '.after')];
    return { page, held, loaded };
  }

  const EMBEDS: Record<string, string> = {
    'of fixed width and height': `<iframe ${MARK} width="560" height="315"></iframe>`,
    'as wide as its parent': `<iframe ${MARK} style="width: 100%; height: 300px"></iframe>`,
    'with proportions of its own': `<iframe ${MARK} style="width: 100%; aspect-ratio: 16/9"></iframe>`,
    'with the proportions of its parent': `<div style="position: relative; aspect-ratio: 16/9">
      <iframe ${MARK} style="position: absolute; inset: 0; width: 100%; height: 100%"></iframe></div>`,
    'in a parent with a padding for a height': `<div style="position: relative; padding-top: 56.25%">
      <iframe ${MARK} style="position: absolute; top: 0; left: 0; width: 100%; height: 100%"></iframe></div>`,
    'that fills a part of its parent': `<div style="position: relative; height: 500px">
      <iframe ${MARK} style="position: absolute; top: 40px; left: 30px; width: 400px; height: 300px"></iframe></div>`,
    'in the middle of a line': `<p style="text-align: center">a <iframe ${MARK} width="480" height="300"></iframe> b</p>`,
    'as a block in the middle': `<iframe ${MARK} width="480" height="300" style="display: block; margin: 20px auto"></iframe>`,
    'that is a video': `<video ${MARK} controls width="480" height="300"></video>`,
  };
  for (const [name, embed] of Object.entries(EMBEDS)) {
    it(`is that of an embed ${name}`, async () => {
      const { held, loaded } = await boxes(embed);
      expect(held).toEqual(loaded);
    });
  }

  it('goes along with a window that changes, as the embed does', async () => {
    for (const name of [
      'as wide as its parent',
      'with proportions of its own',
      'with the proportions of its parent',
    ]) {
      const { page } = await boxes(EMBEDS[name] as string);
      await page.evaluate('bandeau.withdraw()');
      await placeholders(page).waitFor();
      await page.setViewportSize({ width: 600, height: 900 });
      const held = await boxOf(page, '[data-bandeau-layer=placeholder]');
      await page.evaluate('bandeau.acceptAll()');
      await expect.poll(() => placeholders(page).count()).toBe(0);
      expect(held, name).toEqual(await boxOf(page, '.embed'));
    }
  });

  for (const locale of ['fr', 'de', 'ar']) {
    it(`cuts and scrolls nothing at 16:9 from 320 pixels on, with targets of 24: ${locale}`, async () => {
      const { page } = await visitors.arrive({ viewport: { width: 900, height: 1200 } });
      const cases = [320, 350, 390, 560].map(
        (width) => `<div style="position: relative; width: ${width}px; aspect-ratio: 16/9">
          <iframe ${MARK.replace('/f.html', `${tracker.origin}/f/a.html`)}
            style="position: absolute; inset: 0; width: 100%; height: 100%"></iframe></div>`,
      );
      site.pages['/'] = (html({ body: cases.join('') }) as string).replace('lang="fr"', `lang="${locale}"`);
      await page.goto(site.origin);
      await decide(page, 'reject-all');
      await expect.poll(() => placeholders(page).count()).toBe(4);
      for (const placeholder of await placeholders(page).all()) {
        const found = await placeholder.evaluate((node) => ({
          room: [node.clientWidth - node.scrollWidth, node.clientHeight - node.scrollHeight],
          targets: [...node.querySelectorAll('button')].map((one) =>
            Math.min(one.offsetHeight, one.offsetWidth),
          ),
          // One row, of one height.
          rows: new Set([...node.querySelectorAll('button')].map((one) => one.getBoundingClientRect().top))
            .size,
        }));
        expect(found).toMatchObject({ room: [0, 0], rows: 1 });
        expect(Math.min(...found.targets)).toBeGreaterThanOrEqual(24);
      }
    });
  }
});
