import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Policy } from '../../src/types.ts';
import { runCli } from '../support/cli.ts';
import { ROOT } from '../support/root.ts';
import type { Page as ServedPage } from '../support/servers.ts';
import { banner, decide, html, POLICY, ran, settle, useChromium, useSite } from '../support/stage.ts';

// What `npx bandeau snippet` prints, on pages of a site.

const { site, tracker } = useSite();
const visitors = useChromium();

const BUILT = new Proxy<Record<string, string>>(
  {},
  { get: (_, name) => readFileSync(join(ROOT, 'dist', String(name)), 'utf8') },
);
const snippet = (args: readonly string[], policy: Policy = POLICY) => {
  const files = { 'policy.json': JSON.stringify(policy) };
  const { code, stdout, stderr } = runCli(['snippet', '--policy', 'policy.json', ...args], files, BUILT);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
};
const HELD = () =>
  `<script type="text/plain" data-category="analytics" src="${tracker.origin}/s/held.js"></script>`;
const pageWith = (head: string, headers?: Record<string, string>): ServedPage => ({
  body: html({ policy: null, core: head, body: HELD() }) as string,
  ...(headers && { headers }),
});
const asked = () => site.requests.map(({ url }) => url).filter((url) => url !== '/');
/** What the first script of the page loads ahead. */
const aheadIn = (printed: string, language = 'fr'): string[] => {
  const list = /f of\[(.*?)\]\)/.exec(printed)?.[1] ?? '';
  return list
    .split(',')
    .map((one) => `/bandeau/${one.replaceAll(/"|\+/g, '').replace(/\/t(?=\.)/, `/${language}`)}`);
};
/** Keeps the answer to a request until it is let go. */
async function hold(page: Page, address: string) {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(address, async (route) => {
    await gate;
    await route.continue();
  });
  return letGo;
}

beforeEach(() => {
  site.pages['/policy.json'] = { body: JSON.stringify(POLICY), type: 'application/json' };
});

describe('the starter', () => {
  it('lets a first visit ask for the banner, its texts and the policy while the core is on its way', async () => {
    const { page, seen } = await visitors.arrive();
    const printed = snippet([]);
    site.pages['/'] = pageWith(printed);
    const letGo = await hold(page, '**/bandeau/bandeau.js');
    await page.goto(site.origin, { waitUntil: 'commit' });
    const ahead = [...aheadIn(printed), '/policy.json'];
    expect(ahead).toEqual(
      expect.arrayContaining(['/bandeau/bandeau-banner.js', '/bandeau/locales/banner/fr.js']),
    );
    await expect.poll(() => asked().sort()).toEqual(ahead.sort());
    letGo();
    await banner(page).waitFor();
    await settle(page, tracker.origin);
    // Each once.
    expect(new Set(asked()).size).toBe(asked().length);
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('is what does it: without, a first visit asks for nothing before the core is there', async () => {
    const { page } = await visitors.arrive();
    site.pages['/'] = pageWith(
      '<script async src="/bandeau/bandeau.js" data-policy="/policy.json"></script>',
    );
    const letGo = await hold(page, '**/bandeau/bandeau.js');
    await page.goto(site.origin, { waitUntil: 'domcontentloaded' });
    await settle(page, tracker.origin);
    expect(asked()).toEqual([]);
    letGo();
    await banner(page).waitFor();
  });

  it('leaves nothing that the banner has to wait for: no other file is needed', async () => {
    const { page } = await visitors.arrive();
    const printed = snippet([]);
    site.pages['/'] = pageWith(printed);
    const allowed = [...aheadIn(printed), '/bandeau/bandeau.js'];
    await page.route('**/bandeau/**', (route) =>
      allowed.includes(new URL(route.request().url()).pathname) ? route.continue() : route.abort(),
    );
    await page.goto(site.origin);
    await banner(page).waitFor();
    expect(asked().sort()).toEqual([...allowed, '/policy.json'].sort());
  });

  it('lets a visit after a decision ask for the core and the policy, and nothing of the banner', async () => {
    const { page, seen } = await visitors.arrive();
    site.pages['/'] = pageWith(snippet([]));
    await page.goto(site.origin);
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['held']);
    site.clear();
    await page.reload();
    await expect.poll(() => ran(page)).toEqual(['held']);
    await settle(page, tracker.origin);
    expect(asked().sort()).toEqual(['/bandeau/bandeau.js', '/policy.json']);
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('asks for the texts of the browser’s language where the page says none', async () => {
    const { page } = await visitors.arrive({ locale: 'nl-BE' });
    site.pages['/'] = { body: (pageWith(snippet([])) as { body: string }).body.replace('lang="fr"', '') };
    await page.goto(site.origin);
    expect(await banner(page).getAttribute('lang')).toBe('nl-BE');
    expect(asked().filter((url) => url.includes('/locales/'))).toEqual(['/bandeau/locales/banner/nl.js']);
  });

  it('preloads nothing for nothing, on either visit', async () => {
    const { page, seen } = await visitors.arrive();
    site.pages['/'] = pageWith(snippet(['--layout', 'bar']));
    site.pages['/twin'] = html({
      head: '<link rel="preload" as="script" href="/bandeau/bandeau-notice.js">',
    });
    await page.goto(site.origin);
    await decide(page, 'accept-all');
    const back = await page.context().newPage();
    const heard: string[] = [];
    back.on('console', (message) => heard.push(message.text()));
    await back.goto(site.origin);
    // Chromium says it some seconds after a page was loaded: those of the pages before this one are due by then.
    const twin = await page.context().newPage();
    const warned = twin.waitForEvent('console', { predicate: (message) => /preload/.test(message.text()) });
    await twin.goto(`${site.origin}/twin`);
    expect((await warned).text()).toContain('bandeau-notice.js');
    expect(heard).toEqual([]);
    expect(seen.console).toEqual([]);
  });

  it('works under a nonce alone', async () => {
    const { page, seen } = await visitors.arrive();
    site.pages['/'] = pageWith(snippet(['--nonce', 'abc']), {
      'content-security-policy':
        "default-src 'none'; connect-src 'self'; script-src 'nonce-abc' 'strict-dynamic'; img-src data:",
    });
    await page.goto(site.origin);
    await banner(page).waitFor();
    expect(new Set(asked()).size).toBe(asked().length);
    expect(seen).toMatchObject({ console: [], errors: [] });
  });
});

describe('files named by their hash', () => {
  it('are all that a page loads, and come with a hash that the browser checks', async () => {
    const { page, seen } = await visitors.arrive();
    const printed = snippet(['--hashed']);
    site.pages['/'] = pageWith(printed);
    await page.goto(site.origin);
    await banner(page).waitFor();
    expect(printed).toMatch(/ integrity="sha384-/);
    expect(asked()).toEqual(expect.arrayContaining(aheadIn(printed)));
    expect(asked().filter((url) => !url.startsWith('/bandeau/immutable/'))).toEqual(['/policy.json']);
    expect(new Set(asked()).size).toBe(asked().length);
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it.each(['--hashed', '--integrity'])(
    'hold everything back where the core is not the one that was built: %s',
    async (how) => {
      const { page, seen } = await visitors.arrive();
      site.pages['/'] = pageWith(snippet([how]));
      await page.route(/\/bandeau(\.\w{8})?\.js$/, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: `${await response.text()};window.tampered=1` });
      });
      await page.goto(site.origin);
      await expect.poll(() => seen.console.join()).toContain('integrity');
      await settle(page, tracker.origin);
      expect(await page.evaluate(() => 'tampered' in window || 'bandeau' in window)).toBe(false);
      expect(await banner(page).count()).toBe(0);
      expect(await ran(page)).toEqual([]);
    },
  );
});

describe('an import map with the hashes of the manifest', () => {
  const map = (integrity: string) =>
    `<script type="importmap">${JSON.stringify({ integrity: { '/bandeau/bandeau-banner.js': integrity } })}</script>`;
  const { plainIntegrity } = JSON.parse(BUILT['manifest.json'] ?? '').files['bandeau-banner.js'];

  it('lets the banner through that was built', async () => {
    const { page, seen } = await visitors.arrive();
    site.pages['/'] = pageWith(map(plainIntegrity) + snippet([]));
    await page.goto(site.origin);
    await banner(page).waitFor();
    expect(seen.errors).toEqual([]);
  });

  it('refuses another, and everything stays held', async () => {
    const { page, seen } = await visitors.arrive();
    site.pages['/'] = pageWith(map(plainIntegrity) + snippet([]));
    await page.route('**/bandeau-banner.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()};window.tampered=1` });
    });
    await page.goto(site.origin);
    await expect.poll(() => seen.console.join()).toContain('could not be shown: banner');
    expect(await page.evaluate(() => 'tampered' in window)).toBe(false);
    expect(await banner(page).count()).toBe(0);
    expect(await ran(page)).toEqual([]);
  });
});

describe('the core inlined', () => {
  it('asks with no request but the banner’s, and releases with none', async () => {
    const { page, seen } = await visitors.arrive();
    const printed = snippet(['--inline', 'core']);
    site.pages['/'] = pageWith(printed);
    await page.goto(site.origin);
    await banner(page).waitFor();
    expect(asked()).toEqual(expect.arrayContaining(aheadIn(printed)));
    expect(asked().filter((url) => /policy|bandeau\.js/.test(url))).toEqual([]);
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['held']);
    site.clear();
    await page.reload();
    await expect.poll(() => ran(page)).toEqual(['held']);
    await settle(page, tracker.origin);
    expect(asked()).toEqual([]);
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('shows the banner without any answer of the server, last in the body and first in the head', async () => {
    for (const place of ['head', 'body'] as const) {
      const { page, seen } = await visitors.arrive();
      const printed = snippet(['--inline', 'banner', '--lang', 'en,fr']);
      site.pages['/'] =
        place === 'head' ? pageWith(printed) : html({ policy: null, core: '', body: HELD() + printed });
      // What comes after the banner is never answered.
      await page.route('**/bandeau/**', () => {});
      await page.goto(site.origin);
      await banner(page).waitFor();
      expect(await banner(page).getAttribute('lang')).toBe('fr');
      await decide(page, 'accept-all');
      await expect.poll(() => ran(page)).toEqual(['held']);
      expect(asked()).toEqual([]);
      expect(seen.errors).toEqual([]);
    }
  });

  it('loads a language that does not stand in the page, and the preferences, from the address that it was given', async () => {
    const { page, seen } = await visitors.arrive();
    // The page is below a folder, where an address from beside itself would lead elsewhere.
    site.pages['/a/b/'] = {
      body: html({ policy: null, core: snippet(['--inline', 'banner', '--lang', 'fr', '--hashed']) })
        .toString()
        .replace('lang="fr"', 'lang="nl"'),
    };
    await page.goto(`${site.origin}/a/b/`);
    await banner(page).waitFor();
    expect(await banner(page).getAttribute('lang')).toBe('nl');
    await page.click('[data-bandeau-action=customize]');
    await page.waitForSelector('[data-bandeau-layer=preferences]');
    const loaded = asked().filter((url) => url !== '/a/b/');
    expect(loaded.filter((url) => !url.startsWith('/bandeau/immutable/'))).toEqual([]);
    expect(loaded.some((url) => /locales\/banner\/nl\.\w{8}\.js$/.test(url))).toBe(true);
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it.each(['core', 'banner'])(
    'works under the hashes that are printed, and not when it is changed: %s',
    async (part) => {
      const args = ['--inline', part, '--lang', 'fr'];
      const hashes = snippet([...args, '--csp']).trim();
      const headers = {
        'content-security-policy': `default-src 'none'; script-src 'self' ${hashes}; img-src data:`,
      };
      const { page, seen } = await visitors.arrive();
      site.pages['/'] = pageWith(snippet(args), headers);
      await page.goto(site.origin);
      await banner(page).waitFor();
      expect(seen).toMatchObject({ console: [], errors: [] });
      site.pages['/'] = pageWith(snippet(args).replaceAll('</script>', ' </script>'), headers);
      await page.reload();
      await expect.poll(() => seen.console.join()).toContain('Content Security Policy');
      expect(await page.evaluate(() => 'bandeau' in window)).toBe(false);
    },
  );
});
