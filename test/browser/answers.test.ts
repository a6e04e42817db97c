import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { keptOfADecision, stored } from '../support/chromium.ts';
import {
  answer,
  ask,
  banner,
  decide,
  html,
  preferences,
  ran,
  reached,
  settle,
  toggle,
  useChromium,
  useDemo,
  useSite,
} from '../support/stage.ts';

// Clicks on the real banner in the built files.

const demo = useDemo();
const { site, tracker } = useSite();

const focused = (page: Page) =>
  page.evaluate(() => {
    const { id, dataset } = document.activeElement as HTMLElement;
    return id || dataset['bandeauAction'] || document.activeElement?.tagName;
  });

/** Paths that the page asked of the site itself. */
const fromSite = () => site.requests.map(({ url }) => url);

const HELD_BOTH = () => `
  <script type="text/plain" data-category="analytics" src="${tracker.origin}/s/analytics.js"></script>
  <script type="text/plain" data-category="preference" src="${tracker.origin}/s/preference.js"></script>`;

describe('an answer', () => {
  const visitors = useChromium();

  const ORDER = ['slow', 'fast', 'inline', 'last', 'defer', 'module', 'inline-module'];
  const withoutAsync = (names: string[]) => names.filter((name) => name !== 'async');

  it('runs each held script once after a yes, in the order of the page', async () => {
    const { page, seen } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/order.html`);
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toHaveLength(ORDER.length + 1);
    await settle(page, demo.trackerUrl);
    expect(withoutAsync(await ran(page))).toEqual(ORDER);
    expect(reached(demo.requests).sort()).toEqual(
      ['async', 'defer', 'fast', 'last', 'module', 'slow-400/slow'].map((name) => `/s/${name}.js`),
    );
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('gives the order that the browser gives the same scripts when nothing holds them', async () => {
    const { page } = await visitors.arrive();
    const text = await (await fetch(`${demo.url}/cases/order.html`)).text();
    site.pages['/'] = text
      .replace(/<script src="\/bandeau.*/, '')
      .replaceAll('type="text/plain" data-category="analytics"', '')
      .replaceAll('data-type=', 'type=');
    await page.goto(site.origin);
    await expect.poll(() => ran(page)).toHaveLength(ORDER.length + 1);
    expect(withoutAsync(await ran(page))).toEqual(ORDER);
  });

  it('keeps that order on the next visit, where nothing waits for a click', async () => {
    const { page } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/order.html`);
    await decide(page, 'accept-all');
    await page.reload();
    await expect.poll(() => ran(page)).toHaveLength(ORDER.length + 1);
    await settle(page, demo.trackerUrl);
    expect(withoutAsync(await ran(page))).toEqual(ORDER);
  });

  it('no: runs nothing, now, after a reload, on the second page, and back again', async () => {
    const { page, seen } = await visitors.arrive();
    await page.goto(`${demo.url}/clairpas/`);
    await decide(page, 'reject-all');
    const isStillRefused = async () => {
      await page.waitForFunction(
        () => (window as unknown as { bandeau: { receipt: unknown } }).bandeau.receipt,
      );
      await settle(page, demo.trackerUrl);
      expect(await ran(page)).toEqual([]);
      expect(await page.locator('[data-bandeau-root]').count()).toBe(0);
    };
    await isStillRefused();
    await page.reload();
    await isStillRefused();
    await page.goto(`${demo.url}/clairpas/conseils.html`);
    await isStillRefused();
    await page.goBack();
    await isStillRefused();
    await page.goForward();
    await isStillRefused();
    expect(reached(demo.requests)).toEqual([]);
    await expect.poll(() => stored(page)).toEqual(keptOfADecision('bandeau_clairpas'));
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('customised: nothing is ticked in advance, and Save releases the one category that was', async () => {
    const { page } = await visitors.arrive();
    site.pages['/'] = html({ head: HELD_BOTH() });
    await page.goto(site.origin);
    await answer(page, 'customize').click();
    await answer(page, 'save').waitFor();
    for (const summary of await preferences(page).locator('summary').all()) await summary.click();
    const boxes = page.locator('[data-bandeau-category]');
    await expect.poll(() => boxes.count()).toBe(4);
    for (const box of await boxes.all()) expect(await box.isChecked()).toBe(false);
    await toggle(page, 'preference').click();
    await decide(page, 'save');
    await expect.poll(() => ran(page)).toEqual(['preference']);
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual(['/s/preference.js']);
    expect(await ask(page, (consent) => consent.choices)).toEqual({
      mesurio: 'denied',
      confort: 'granted',
      analytics: 'denied',
      preference: 'granted',
    });
  });

  it('customised and saved as it is: the same as no', async () => {
    const { page } = await visitors.arrive();
    site.pages['/'] = html({ head: HELD_BOTH() });
    await page.goto(site.origin);
    await answer(page, 'customize').click();
    await decide(page, 'save');
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
    expect(await ask(page, (consent) => Object.values(consent.choices))).toEqual(Array(4).fill('denied'));
  });

  it('given to one service releases that service, and not the others of its category', async () => {
    const { page } = await visitors.arrive();
    await page.goto(`${demo.url}/clairpas/`);
    await answer(page, 'customize').click();
    await preferences(page).locator('summary', { hasText: '2 services' }).first().click();
    await toggle(page, 'pixelaine').click();
    expect(await toggle(page, 'analytics').isChecked()).toBe(false);
    await decide(page, 'save');
    await expect.poll(() => ran(page)).toEqual(['pixelaine']);
    await settle(page, demo.trackerUrl);
    expect(reached(demo.requests)).toEqual(['/s/pixelaine.js', '/p/pixelaine.gif']);
  });

  it('given in the preferences counts as on the banner: accept all, reject all', async () => {
    const { page } = await visitors.arrive();
    site.pages['/'] = html({ head: HELD_BOTH() });
    await page.goto(site.origin);
    await answer(page, 'customize').click();
    await preferences(page).locator('[data-bandeau-action="reject-all"]').click();
    await preferences(page).waitFor({ state: 'detached' });
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
    await page.locator('#link').click();
    await preferences(page).locator('[data-bandeau-action="accept-all"]').click();
    await expect.poll(() => ran(page)).toEqual(['analytics', 'preference']);
  });
});

describe('the banner', () => {
  const visitors = useChromium();

  it('is the first thing in the body', async () => {
    const { page } = await visitors.arrive();
    await page.goto(`${demo.url}/clairpas/`);
    await banner(page).waitFor();
    expect(
      await page.evaluate(() => document.body.firstElementChild?.getAttribute('data-bandeau-layer')),
    ).toBe('banner');
  });

  for (const [width, height] of [
    [1280, 800],
    [390, 844],
    [320, 568],
  ] as const) {
    it(`gives Accept and Refuse the same size and the same look at ${width} × ${height}`, async () => {
      const { page } = await visitors.arrive({ viewport: { width, height } });
      await page.goto(`${demo.url}/clairpas/`);
      await banner(page).waitFor();
      const looks = await page.evaluate(() =>
        ['accept-all', 'reject-all'].map((action) => {
          const button = document.querySelector(`[data-bandeau-action="${action}"]`) as HTMLElement;
          const box = button.getBoundingClientRect();
          const computed = getComputedStyle(button);
          return {
            box: [box.width, box.height],
            ...Object.fromEntries([...computed].map((name) => [name, computed.getPropertyValue(name)])),
          };
        }),
      );
      expect(Object.keys(looks[0] ?? {}).length).toBeGreaterThan(200);
      expect(looks[0]).toEqual(looks[1]);
      expect(looks[0]?.box[0]).toBeGreaterThan(0);
    });
  }

  it('would be told apart: Customise has another look, by the same measure', async () => {
    const { page } = await visitors.arrive();
    await page.goto(`${demo.url}/clairpas/`);
    const backgrounds = await Promise.all(
      ['accept-all', 'customize'].map((action) =>
        answer(page, action).evaluate((button) => getComputedStyle(button).backgroundColor),
      ),
    );
    expect(backgrounds[0]).not.toBe(backgrounds[1]);
  });

  it('comes in the language of the page', async () => {
    const { page } = await visitors.arrive();
    await page.goto(`${demo.url}/lorivaux/nl/`);
    expect(await banner(page).getAttribute('lang')).toBe('nl-BE');
    expect(await answer(page, 'reject-all').textContent()).not.toBe('Tout refuser');
    await page.goto(`${demo.url}/lorivaux/`);
    expect(await answer(page, 'reject-all').textContent()).toBe('Tout refuser');
  });
});

describe('the preferences', () => {
  const visitors = useChromium();
  const CLOSERS: Record<string, (page: Page) => Promise<void>> = {
    Escape: (page) => page.keyboard.press('Escape'),
    '✕': (page) => answer(page, 'close').click(),
  };

  for (const [name, close] of Object.entries(CLOSERS)) {
    it(`${name} decides nothing, even after a switch was turned, and goes back to Customise`, async () => {
      const { page } = await visitors.arrive();
      site.pages['/'] = html({ head: HELD_BOTH() });
      await page.goto(site.origin);
      await answer(page, 'customize').click();
      await toggle(page, 'analytics').click();
      await close(page);
      await preferences(page).waitFor({ state: 'detached' });
      await banner(page).waitFor();
      expect(await focused(page)).toBe('customize');
      await settle(page, tracker.origin);
      expect(await stored(page)).toEqual([]);
      expect(reached(tracker.requests)).toEqual([]);
      await answer(page, 'customize').click();
      expect(await toggle(page, 'analytics').isChecked()).toBe(false);
    });

    it(`${name} gives focus back to the link of the page, once there is a choice`, async () => {
      const { page } = await visitors.arrive();
      site.pages['/'] = html();
      await page.goto(site.origin);
      await decide(page, 'reject-all');
      await page.locator('#link').click();
      await answer(page, 'save').waitFor();
      await close(page);
      await preferences(page).waitFor({ state: 'detached' });
      expect(await focused(page)).toBe('link');
      expect(await ask(page, ({ receipt }) => receipt?.method)).toBe('reject-all');
    });
  }

  it('opened by the link of the page before a choice: Escape gives focus back to that link', async () => {
    const { page } = await visitors.arrive({ viewport: { width: 1280, height: 1000 } });
    site.pages['/'] = html();
    await page.goto(site.origin);
    await banner(page).waitFor();
    await page.locator('#link').click();
    await answer(page, 'save').waitFor();
    await page.keyboard.press('Escape');
    await banner(page).waitFor();
    expect(await focused(page)).toBe('link');
  });

  it('open from a link that was added late', async () => {
    const { page } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/late-link.html`);
    await decide(page, 'reject-all');
    await page.locator('#add').click();
    await page.locator('#late-link').click();
    await answer(page, 'save').waitFor();
    expect(new URL(page.url()).hash).toBe('');
  });

  it('open from anything inside a link', async () => {
    const { page } = await visitors.arrive();
    site.pages['/'] = html({ body: '<button data-bandeau="preferences"><b id="inner">Cookies</b></button>' });
    await page.goto(site.origin);
    await decide(page, 'reject-all');
    await page.locator('#inner').click();
    await answer(page, 'save').waitFor();
  });

  it('show what was chosen', async () => {
    const { page } = await visitors.arrive();
    site.pages['/'] = html();
    await page.goto(site.origin);
    await decide(page, 'accept-all');
    await page.reload();
    await page.locator('#link').click();
    await toggle(page, 'analytics').waitFor();
    expect(await toggle(page, 'analytics').isChecked()).toBe(true);
    await toggle(page, 'analytics').click();
    await decide(page, 'save');
    expect(
      await ask(page, (consent) => [consent.isGranted('mesurio'), consent.isGranted('confort')]),
    ).toEqual([false, true]);
  });
});

describe('elements of the page with data-bandeau', () => {
  const visitors = useChromium();
  const LINKS = ['accept', 'reject', 'banner', 'nonsense']
    .map((verb) => `<a id="${verb}" href="#${verb}" data-bandeau="${verb}">${verb}</a>`)
    .join(' ');

  async function open() {
    const { page } = await visitors.arrive({ viewport: { width: 1280, height: 1000 } });
    site.pages['/'] = html({ head: HELD_BOTH(), body: LINKS });
    await page.goto(site.origin);
    await banner(page).waitFor();
    return page;
  }

  it('accept', async () => {
    const page = await open();
    await page.locator('#accept').click();
    await banner(page).waitFor({ state: 'detached' });
    await expect.poll(() => ran(page)).toEqual(['analytics', 'preference']);
  });

  it('reject', async () => {
    const page = await open();
    await page.locator('#reject').click();
    await banner(page).waitFor({ state: 'detached' });
    await settle(page, tracker.origin);
    expect(await ran(page)).toEqual([]);
    await expect.poll(() => stored(page)).toEqual(keptOfADecision('bandeau'));
  });

  it('banner', async () => {
    const page = await open();
    await decide(page, 'reject-all');
    await page.locator('#banner').click();
    await banner(page).waitFor();
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['analytics', 'preference']);
  });

  it('any other word does nothing, and the link leads where it says', async () => {
    const page = await open();
    await page.locator('#nonsense').click();
    await page.waitForURL('**/#nonsense');
    await settle(page, tracker.origin);
    expect(await banner(page).count()).toBe(1);
    expect(await stored(page)).toEqual([]);
  });
});

describe('a visitor who comes back', () => {
  const visitors = useChromium();

  for (const action of ['accept-all', 'reject-all']) {
    it(`after ${action} asks for the core alone: no interface, no language`, async () => {
      const { page } = await visitors.arrive();
      site.pages['/'] = html({ head: HELD_BOTH() });
      await page.goto(site.origin);
      await decide(page, action);
      // The twin: the first visit did load them.
      expect(fromSite()).toEqual(
        expect.arrayContaining(['/bandeau/bandeau-banner.js', '/bandeau/locales/banner/fr.js']),
      );
      site.clear();
      await page.reload();
      await settle(page, tracker.origin);
      expect(fromSite()).toEqual(['/', '/bandeau/bandeau.js']);
      expect(await page.locator('[data-bandeau-root]').count()).toBe(0);
    });
  }

  it('still has the link of the page: the code for it comes when it is clicked', async () => {
    const { page, seen } = await visitors.arrive();
    site.pages['/'] = html();
    await page.goto(site.origin);
    await decide(page, 'reject-all');
    await page.reload();
    site.clear();
    await page.locator('#link').click();
    await answer(page, 'save').waitFor();
    expect(fromSite()).toContain('/bandeau/bandeau-preferences.js');
    expect(fromSite()).not.toContain('/bandeau/bandeau-banner.js');
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('is asked for the preferences in French alone', async () => {
    const { page } = await visitors.arrive();
    site.pages['/'] = html();
    await page.goto(site.origin);
    await answer(page, 'customize').click();
    await answer(page, 'save').waitFor();
    expect(fromSite().filter((path) => path.includes('/locales/'))).toEqual([
      '/bandeau/locales/banner/fr.js',
      '/bandeau/locales/preferences/fr.js',
    ]);
  });
});

describe('a page that the browser kept (back/forward cache)', () => {
  const visitors = useChromium({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });

  /** First page left undecided, answer on the second, back to the first as it was. */
  async function decideElsewhere(action: string) {
    const { page, seen } = await visitors.arrive();
    await page.goto(`${demo.url}/clairpas/`);
    await banner(page).waitFor();
    await page.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => Object.assign(window, { wasKept: persisted }));
    });
    await page.goto(`${demo.url}/clairpas/conseils.html`);
    await decide(page, action);
    demo.requests.length = 0;
    await page.evaluate(() => history.back());
    await page.waitForURL('**/clairpas/', { waitUntil: 'commit' });
    await page.waitForFunction(() => 'wasKept' in window);
    expect(await page.evaluate('window.wasKept')).toBe(true);
    await banner(page).waitFor({ state: 'detached' });
    return { page, seen };
  }

  it('knows of a yes that was given meanwhile', async () => {
    const { page, seen } = await decideElsewhere('accept-all');
    await expect
      .poll(() => reached(demo.requests))
      .toEqual(expect.arrayContaining(['/s/mesurio.js', '/s/pixelaine.js', '/s/vitalume.js']));
    expect(seen.errors).toEqual([]);
    expect(await ask(page, ({ receipt }) => receipt?.method)).toBe('accept-all');
  });

  it('knows of a no that was given meanwhile', async () => {
    const { page } = await decideElsewhere('reject-all');
    await settle(page, demo.trackerUrl);
    expect(reached(demo.requests)).toEqual([]);
    expect(await ask(page, ({ receipt }) => receipt?.method)).toBe('reject-all');
  });
});
