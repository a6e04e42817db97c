import { describe, expect, it } from 'vitest';
import {
  answer,
  ask,
  banner,
  decide,
  html,
  POLICY,
  ran,
  settle,
  useChromium,
  useSite,
} from '../support/stage.ts';

// bandeau.all.js: one file, for pages that can take no more than one.

const { site, tracker } = useSite();
const visitors = useChromium();

const CORE = '<script src="/bandeau/bandeau.all.js"></script>';
const HELD = () =>
  `<script type="text/plain" data-category="analytics" src="${tracker.origin}/s/held.js"></script>`;
const files = () => site.requests.map(({ url }) => url).filter((url) => url.startsWith('/bandeau/'));

describe('the file that holds everything', () => {
  it('asks, shows the preferences, the notice, and asks for no other file', async () => {
    const { page, seen } = await visitors.arrive();
    site.pages['/'] = html({ core: CORE, body: HELD() });
    await page.goto(site.origin);
    await answer(page, 'customize').click();
    await answer(page, 'save').waitFor();
    await page.keyboard.press('Escape');
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['held']);
    site.pages['/'] = html({
      core: CORE,
      body: HELD(),
      policy: {
        ...POLICY,
        version: '2',
        services: POLICY.services.map((one) => ({ ...one, vendor: { name: 'Acheteur' } })),
      },
    });
    await page.reload();
    await banner(page).waitFor();
    expect(await ask(page, (consent) => consent.promptReason?.type)).toBe('policy-changed');
    await decide(page, 'reject-all');
    await settle(page, tracker.origin);
    expect(await ran(page)).toEqual([]);
    expect(new Set(files())).toEqual(new Set(['/bandeau/bandeau.all.js']));
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('asks in English where the page is in English, and still for no other file', async () => {
    const { page } = await visitors.arrive();
    site.pages['/'] = { body: (html({ core: CORE }) as string).replace('lang="fr"', 'lang="en"') };
    await page.goto(site.origin);
    expect(await banner(page).getAttribute('lang')).toBe('en');
    expect(files()).toEqual(['/bandeau/bandeau.all.js']);
  });

  it('loads another language, which it does not hold, from beside itself', async () => {
    const { page } = await visitors.arrive();
    site.pages['/'] = { body: (html({ core: CORE }) as string).replace('lang="fr"', 'lang="nl"') };
    await page.goto(site.origin);
    expect(await banner(page).getAttribute('lang')).toBe('nl');
    expect(files()).toEqual(['/bandeau/bandeau.all.js', '/bandeau/locales/banner/nl.js']);
  });

  it('keeps what the small core stored, and the other way round', async () => {
    const { page } = await visitors.arrive();
    site.pages['/'] = html({ core: CORE, body: HELD() });
    site.pages['/small'] = html({ body: HELD() });
    await page.goto(`${site.origin}/small`);
    await decide(page, 'accept-all');
    await page.goto(site.origin);
    await expect.poll(() => ran(page)).toEqual(['held']);
    expect(await banner(page).count()).toBe(0);
  });
});
