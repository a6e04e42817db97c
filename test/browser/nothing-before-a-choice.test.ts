import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { stored, writes } from '../support/chromium.ts';
import {
  answer,
  banner,
  buildDemoApp,
  ran,
  reached,
  settle,
  useChromium,
  useDemo,
} from '../support/stage.ts';

// Every page of the demo sites, as somebody who has never been there.

/** What a page may do before a choice: its essential services, which are declared with their reason. */
interface Allowance {
  reaches?: string[];
  cookies?: string[];
}

const NOTHING: Allowance = {};
const SITES: Record<string, Record<string, Allowance>> = {
  clairpas: {
    '/clairpas/': NOTHING,
    '/clairpas/conseils.html': NOTHING,
    '/clairpas/confidentialite.html': NOTHING,
    '/clairpas/?policy=v2': NOTHING,
  },
  pecunette: {
    '/pecunette/': NOTHING,
    '/pecunette/compte.html': { reaches: ['/s/virolin.js'], cookies: ['vrl_verif'] },
    '/pecunette/confidentialite.html': NOTHING,
    '/pecunette/?policy=2024': NOTHING,
  },
  brisemarre: {
    '/brisemarre/': NOTHING,
    '/brisemarre/devis.html': { reaches: ['/s/gardebot.js'], cookies: ['gb_defi'] },
    '/brisemarre/confidentialite.html': NOTHING,
  },
  lorivaux: {
    '/lorivaux/': NOTHING,
    '/lorivaux/assurances.html': NOTHING,
    '/lorivaux/confidentialite.html': NOTHING,
    '/lorivaux/nl/': NOTHING,
    '/lorivaux/nl/verzekeringen.html': NOTHING,
    '/lorivaux/nl/privacy.html': NOTHING,
  },
  'fil-du-soir': {
    '//fil-du-soir.localhost/': NOTHING,
    '//actu.fil-du-soir.localhost/': NOTHING,
    '//forum.fil-du-soir.localhost/': NOTHING,
    '//fil-du-soir.localhost/confidentialite.html': NOTHING,
  },
  hautecarte: {
    '/hautecarte/?region=be': NOTHING,
    // What is exempt there.
    '/hautecarte/': { reaches: ['/s/relevo.js'], cookies: ['rlv_id'] },
  },
  app: { '/app/': NOTHING },
};

const demo = useDemo();
const visitors = useChromium();
beforeAll(buildDemoApp);

/** `//host/path` is another host on the same port. */
function address(path: string): string {
  const url = new URL(path, demo.url);
  url.port = new URL(demo.url).port;
  return url.href;
}

async function sessionKeys(page: Page): Promise<string[]> {
  return page.evaluate(() => Object.keys(sessionStorage));
}

for (const [name, pages] of Object.entries(SITES)) {
  describe(name, () => {
    for (const [path, { reaches = [], cookies = [] }] of Object.entries(pages)) {
      it(`${path} asks, and before the answer ${reaches[0] ? `only ${reaches}` : 'nothing'} reaches anybody`, async () => {
        const { page, seen } = await visitors.arrive();
        await page.goto(address(path));
        await banner(page).waitFor();
        if (reaches[0]) await expect.poll(() => reached(demo.requests)).toEqual(reaches);
        await settle(page, demo.trackerUrl);

        expect(reached(demo.requests)).toEqual(reaches);
        const others = [...seen.requests.keys()].filter(
          (origin) => ![new URL(address(path)).origin, demo.trackerUrl, 'null'].includes(origin),
        );
        expect(others).toEqual([]);
        // The tracker's own essential script may write; neither the SDK nor the page may.
        expect((await writes(page)).map(({ api, key }) => `${api}: ${key}`)).toEqual(
          cookies.map((cookie) => `document.cookie: ${cookie}`),
        );
        expect(await stored(page)).toEqual(cookies.map((cookie) => `cookie: ${cookie}`));
        expect(await sessionKeys(page)).toEqual([]);
        expect(seen).toMatchObject({ console: [], errors: [] });
      });
    }

    it('is not silent as such: after a yes the trackers hear of it and a cookie is stored', async () => {
      const [path] = Object.keys(pages) as [string];
      const { page } = await visitors.arrive();
      await page.goto(address(path));
      await answer(page, 'accept-all').click();
      // The app holds a script only after its button was clicked.
      if (name === 'app') await page.locator('#frost').click();
      await expect.poll(() => reached(demo.requests).length).toBeGreaterThan(0);
      await expect.poll(() => ran(page)).not.toEqual([]);
      expect((await stored(page)).filter((line) => line.startsWith('cookie: bandeau'))).toHaveLength(1);
    });
  });
}

describe('what is no answer', () => {
  /** Does one thing to the page. It must leave the visitor as undecided as before. */
  const ACTS: Record<string, (page: Page) => Promise<unknown>> = {
    scrolling: async (page) => {
      await page.mouse.move(900, 100);
      await page.mouse.wheel(0, 2000);
      await page.waitForFunction(() => scrollY > 0);
    },
    'a click on the page': (page) => page.locator('.marches').click(),
    'a click on the text of the banner': (page) => banner(page).locator('h2').click(),
    Escape: (page) => page.keyboard.press('Escape'),
    'Tab through the banner and beyond': async (page) => {
      for (let i = 0; i < 12; i++) await page.keyboard.press('Tab');
    },
    'a link to the next page': async (page) => {
      await page.locator('nav a[href^="conseils"]').click();
      await page.waitForURL('**/conseils.html');
    },
    'a reload': (page) => page.reload(),
    'the next page and back again': async (page) => {
      await page.goto(address('/clairpas/conseils.html'));
      await page.goBack();
    },
    'looking at the preferences, and closing them with Escape': async (page) => {
      await answer(page, 'customize').click();
      await answer(page, 'save').waitFor();
      await page.keyboard.press('Escape');
    },
    'the link to the cookie policy': async (page) => {
      await banner(page).locator('a').click();
      await page.waitForURL('**/confidentialite.html');
    },
    'another tab in the foreground': async (page) => {
      const other = await page.context().newPage();
      await other.goto(address('/clairpas/conseils.html'));
      await banner(other).waitFor();
      await other.close();
    },
  };

  for (const [name, act] of Object.entries(ACTS)) {
    it(`${name} decides nothing`, async () => {
      // Low, so that there is something to scroll.
      const { page, seen } = await visitors.arrive({ viewport: { width: 1280, height: 600 } });
      await page.goto(address('/clairpas/'));
      await banner(page).waitFor();
      await act(page);
      await banner(page).waitFor();
      await settle(page, demo.trackerUrl);
      expect(await banner(page).count()).toBe(1);
      expect(await ran(page)).toEqual([]);
      expect(reached(demo.requests)).toEqual([]);
      expect(await writes(page)).toEqual([]);
      expect(await stored(page)).toEqual([]);
      expect(seen).toMatchObject({ console: [], errors: [] });
    });
  }
});
