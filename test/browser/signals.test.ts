import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/types.ts';
import { answer, ask, banner, decide, html, POLICY, settle, useChromium, useSite } from '../support/stage.ts';

// What other tools hear, on the built files, in the order in which the page itself speaks to them.

const { site, tracker } = useSite();
const visitors = useChromium();

const ADVERTISING = {
  id: 'publicite',
  title: 'Publicité',
  description: 'Annonces choisies selon vos visites.',
};
const SIGNALLED: Policy = {
  ...POLICY,
  categories: [...POLICY.categories, ADVERTISING],
  services: [
    ...POLICY.services,
    { id: 'annonces', category: 'publicite', vendor: { name: 'Annoncio' }, purpose: 'Montrer des annonces.' },
  ],
  signals: ['google'],
};

/** The page's own snippet, as Google hands it out, with the tag held until analytics are granted. */
const gtag = (attributes: string) => `<script>
    window.dataLayer = window.dataLayer || [];
    function gtag() { dataLayer.push(arguments); }
    gtag('js', new Date());
    gtag('config', 'G-ESSAI');
  </script>
  <script ${attributes} src="${tracker.origin}/s/gtag.js"></script>`;
const HELD = 'type="text/plain" data-category="analytics" data-service="mesurio"';
const policyOf = (signals: Policy['signals']): Policy => ({ ...SIGNALLED, signals: signals ?? [] });

/** Calls about consent and the page's own, in order. */
const calls = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    ((window as unknown as { dataLayer?: { [key: number]: unknown; event?: string }[] }).dataLayer ?? []).map(
      (entry) => `${entry[0] ?? entry.event} ${typeof entry[1] === 'string' ? entry[1] : ''}`.trim(),
    ),
  );
/** The last state that was told, as Google's own terms. */
const update = (page: Page) =>
  page.evaluate(() => {
    const layer = (window as unknown as { dataLayer: { [key: number]: unknown }[] }).dataLayer;
    return [...layer].reverse().find((entry) => entry[0] === 'consent' && entry[1] === 'update')?.[2];
  });
const hits = () =>
  tracker.requests.filter(({ url }) => url.startsWith('/p/hit.gif')).map(({ url }) => url.split('?')[1]);
const signalFiles = () => site.requests.map(({ url }) => url).filter((url) => /signals/.test(url));

async function arrive(parts: Parameters<typeof html>[0], path = '/') {
  site.pages[path] = html(parts);
  const visit = await visitors.arrive();
  await visit.page.goto(`${site.origin}${path}`);
  return visit;
}
const isAsked = async (page: Page) => {
  await banner(page).waitFor();
  await page.waitForFunction(() => 'dataLayer' in window);
};

describe('Google, named by the policy, with its tag held', () => {
  it('hears the default and nothing else before an answer, and its tag is not there', async () => {
    const { page, seen } = await arrive({ policy: SIGNALLED, head: gtag(HELD) });
    await isAsked(page);
    await expect.poll(() => calls(page)).toContain('consent default');
    await settle(page, tracker.origin);
    // Before what the page itself has put there, since no tag has read that yet.
    expect(await calls(page)).toEqual([
      'consent default',
      'set ads_data_redaction',
      'set url_passthrough',
      'js',
      'config G-ESSAI',
    ]);
    expect(hits()).toEqual([]);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    expect(seen.errors).toEqual([]);
  });

  it('hears one update before its tag runs, so that the first hit says what was granted and no more', async () => {
    const { page } = await arrive({ policy: SIGNALLED, head: gtag(HELD) });
    await isAsked(page);
    await ask(page, (consent) => consent.save({ analytics: 'granted', publicite: 'denied' }));
    await expect.poll(hits).toEqual(['en=page_view&gcs=G101']);
    expect((await calls(page)).filter((call) => call === 'consent update')).toHaveLength(1);
    expect((await calls(page)).at(-1)).toBe('bandeau_consent');
  });

  it('is never released by a refusal', async () => {
    const { page } = await arrive({ policy: SIGNALLED, head: gtag(HELD) });
    await isAsked(page);
    await decide(page, 'reject-all');
    await settle(page, tracker.origin);
    expect(await update(page)).toMatchObject({ ad_storage: 'denied', analytics_storage: 'denied' });
    expect(hits()).toEqual([]);
  });

  it('hears on a later page what was decided, before its tag is released again', async () => {
    const { page } = await arrive({ policy: SIGNALLED, head: gtag(HELD) });
    await isAsked(page);
    await decide(page, 'accept-all');
    await expect.poll(hits).toEqual(['en=page_view&gcs=G111']);
    tracker.clear();
    await page.reload();
    await expect.poll(hits).toEqual(['en=page_view&gcs=G111']);
    expect((await calls(page)).filter((call) => call.startsWith('consent'))).toEqual([
      'consent default',
      'consent update',
    ]);
  });

  it('hears a withdrawal at once', async () => {
    const { page } = await arrive({ policy: SIGNALLED, head: gtag(HELD) });
    await isAsked(page);
    await decide(page, 'accept-all');
    await expect.poll(hits).toHaveLength(1);
    await ask(page, (consent) => consent.withdraw('analytics'));
    expect(await update(page)).toMatchObject({ ad_storage: 'granted', analytics_storage: 'denied' });
  });

  it('leaves everything held where its file cannot be loaded, and says so', async () => {
    site.pages['/'] = html({ policy: policyOf(['google']), head: gtag(HELD) });
    const { page, seen } = await visitors.arrive();
    await page.route('**/signals/google.js', (route) => route.abort());
    await page.goto(`${site.origin}/`);
    await banner(page).waitFor();
    await decide(page, 'accept-all');
    await settle(page, tracker.origin);
    expect(hits()).toEqual([]);
    expect(seen.console.join()).toContain('no signals, everything stays held');
  });

  it('would be taken for granted without a default: the double tells the difference', async () => {
    const { page } = await arrive({ policy: policyOf([]), head: gtag(HELD) });
    await banner(page).waitFor();
    await decide(page, 'accept-all');
    await expect.poll(hits).toEqual(['en=page_view&gcs=none']);
  });
});

describe('Google in advanced mode, by an explicit option', () => {
  it('hears the default of the inline snippet before the page configures its tag, and no second one', async () => {
    const snippet = `<script>(function (l) { function g() { l.push(arguments); }
      g('consent', 'default', { ad_storage: 'denied', analytics_storage: 'denied', wait_for_update: 500 });
    })(window.dataLayer = window.dataLayer || [])</script>`;
    const { page, seen } = await arrive({
      policy: policyOf([{ name: 'google', advanced: true }]),
      head: `${snippet}${gtag('async')}`,
    });
    await isAsked(page);
    await expect.poll(hits).toEqual(['en=page_view&gcs=G100']);
    await settle(page, tracker.origin);
    expect((await calls(page)).slice(0, 3)).toEqual(['consent default', 'js', 'config G-ESSAI']);
    expect((await calls(page)).filter((call) => call === 'consent default')).toHaveLength(1);
    expect(seen.console.join()).toContain('contested in the EEA');
    await decide(page, 'accept-all');
    expect(await update(page)).toMatchObject({ ad_storage: 'granted', analytics_storage: 'granted' });
  });
});

describe('a signal that is not named', () => {
  it('is not loaded', async () => {
    const { page } = await arrive({ policy: policyOf([]) });
    await banner(page).waitFor();
    await decide(page, 'accept-all');
    await settle(page, tracker.origin);
    expect(signalFiles()).toEqual([]);
  });

  it('is not loaded beside one that is', async () => {
    const { page } = await arrive({ policy: SIGNALLED });
    await isAsked(page);
    await expect
      .poll(signalFiles)
      .toEqual(['/bandeau/bandeau-load-signals.js', '/bandeau/signals/google.js']);
  });

  it.each(['../bandeau', 'constructor', 'nothing', 'Google'])(
    '%s by that name leaves everything held',
    async (name) => {
      const { page, seen } = await arrive({
        policy: policyOf([name as 'google']),
        body: `<script ${HELD} src="${tracker.origin}/s/mesurio.js"></script>`,
      });
      await banner(page).waitFor();
      await decide(page, 'accept-all');
      await settle(page, tracker.origin);
      expect(tracker.requests.filter(({ url }) => url.includes('mesurio'))).toEqual([]);
      expect(seen.console.join()).toContain('everything stays held');
    },
  );
});

describe('while a file is slow', () => {
  /** `release` lets it come. */
  async function arriveSlowly(parts: Parameters<typeof html>[0]) {
    let release = () => {};
    const isReady = new Promise<void>((resolve) => {
      release = resolve;
    });
    site.pages['/'] = html(parts);
    const { page, seen } = await visitors.arrive();
    await page.route('**/signals/google.js', async (route) => {
      await isReady;
      await route.continue();
    });
    await page.goto(`${site.origin}/`);
    await banner(page).waitFor();
    return { page, seen, release };
  }

  it('the gate waits for it, and then releases what was granted meanwhile', async () => {
    const { page, release } = await arriveSlowly({ policy: SIGNALLED, head: gtag(HELD) });
    await answer(page, 'accept-all').click();
    await settle(page, tracker.origin);
    expect(hits()).toEqual([]);
    release();
    await expect.poll(hits).toEqual(['en=page_view&gcs=G111']);
  });

  it('the guard waits for it as well, by whose hosts a tag is held that nobody marked', async () => {
    const { hostname } = new URL(tracker.origin);
    const services = SIGNALLED.services.map((one) =>
      one.id === 'mesurio' ? { ...one, hosts: [`${hostname}:${new URL(tracker.origin).port}`] } : one,
    );
    const policy = { ...SIGNALLED, services };
    const guard = `<script src="/bandeau/bandeau-guard.js"></script>`;
    const { page, release } = await arriveSlowly({
      policy,
      core: `${guard}<script src="/bandeau/bandeau.js"></script>`,
      head: gtag('async'),
    });
    await answer(page, 'accept-all').click();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    expect(hits()).toEqual([]);
    release();
    await expect.poll(hits).toEqual(['en=page_view&gcs=G111']);
  });

  it('the site is told nothing, and then all of it in order', async () => {
    const { page, release } = await arriveSlowly({
      policy: SIGNALLED,
      head: `<script>window.told = [];
        for (const type of ['ready', 'first-consent', 'consent', 'change']) {
          document.addEventListener('bandeau:' + type, ({ detail }) =>
            told.push(type + ' ' + (detail.choices.analytics ?? '-') + ' ' + (window.dataLayer?.length > 0)));
        }</script>`,
    });
    await answer(page, 'accept-all').click();
    await settle(page, tracker.origin);
    expect(await page.evaluate('told')).toEqual([]);
    release();
    await expect
      .poll(() => page.evaluate('told'))
      .toEqual(['ready - true', 'first-consent granted true', 'consent granted true', 'change granted true']);
  });
});
