import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cmpLoaded, cmpStub, tcData } from '../support/cmp-double.ts';
import { ROOT } from '../support/root.ts';
import { POLICY, ran, reached, settle, useChromium, useSite } from '../support/stage.ts';

// A page whose CMP asks, with the package as a bundler takes it.

const { site, tracker } = useSite();
const visitors = useChromium();

const RULES = { mesurio: { purposes: [1, 8], vendor: 755 }, confort: { purposes: [1, 5], vendor: 2 } };
const YES = { purposes: [1, 8], vendors: [755] };

const app: Record<string, string> = {};
beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { createConsent } from './dist/es/index.js';
        import { followTcf } from './dist/es/tcf/index.js';
        const policy = ${JSON.stringify(POLICY)};
        window.bandeau = createConsent({ policy, asks: false });
        window.stopFollowing = followTcf(window.bandeau, policy, ${JSON.stringify(RULES)});`,
      resolveDir: ROOT,
    },
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: '/app',
    write: false,
  });
  for (const { path, text } of outputFiles) app[path] = text;
});

const STUB = `<script>(${cmpStub})();</script>`;
const CMP = '<script src="/cmp.js" async></script>';
const SDK = '<script type="module" src="/app/stdin.js"></script>';
const held = (name: string, service: string) =>
  `<script type="text/plain" data-service="${service}" data-src="${tracker.origin}/s/${name}.js"></script>`;

beforeEach(() => {
  for (const [path, body] of Object.entries(app)) site.pages[path] = { body, type: 'text/javascript' };
  site.pages['/cmp.js'] = { body: `(${cmpLoaded})();`, type: 'text/javascript' };
});

async function open(...head: string[]) {
  site.pages['/'] = `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>essai</title>
    <link rel="icon" href="data:,">${head.join('')}${held('cookie-_mes_id', 'mesurio')}${held('confort', 'confort')}</head>
    <body><h1>Essai</h1>
    <iframe title="Mesure" data-service="mesurio" data-src="${tracker.origin}/f/mesurio.html"></iframe></body></html>`;
  const { page, seen } = await visitors.arrive();
  await page.goto(site.origin);
  await page.waitForFunction('window.bandeau');
  return { page, seen };
}

/** Adds what the page was given without, as a tag manager would. */
const add = (page: Page, script: { url: string } | { content: string }) => page.addScriptTag(script);
const tell = (page: Page, data: object) => page.evaluate((told) => window.cmp?.tell(told), data);
const frame = (page: Page) => page.locator('iframe[title=Mesure]').getAttribute('src');
/** A held frame keeps its placeholder, which stands in the page and opens nothing. */
const onScreen = (page: Page) =>
  page.locator('[data-bandeau-root]:not([data-bandeau-layer="placeholder"])').count();

const ORDERS: Record<string, () => Promise<{ page: Page; seen: { console: string[]; errors: string[] } }>> = {
  'the CMP is there before the SDK': async () => {
    const visit = await open(STUB, '<script src="/cmp.js"></script>', SDK);
    return visit;
  },
  'its stub is there before the SDK, and the CMP comes after it': async () => {
    const visit = await open(STUB, SDK);
    await add(visit.page, { url: '/cmp.js' });
    return visit;
  },
  'the SDK is there before stub and CMP': async () => {
    const visit = await open(SDK);
    expect(await visit.page.evaluate("'__tcfapi' in window")).toBe(false);
    await add(visit.page, { content: `(${cmpStub})();` });
    await add(visit.page, { url: '/cmp.js' });
    return visit;
  },
  'all load as they like': () => open(STUB, CMP, SDK),
};

describe.each(Object.entries(ORDERS))('where %s', (_, arrive) => {
  it('a held script runs only after the yes of the CMP, and what it left goes with its no', async () => {
    const { page, seen } = await arrive();
    await page.waitForFunction('window.cmp');
    await tell(page, tcData('cmpuishown', {}));
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
    expect(await onScreen(page)).toBe(0);

    await tell(page, tcData('useractioncomplete', YES));
    await expect.poll(() => ran(page)).toEqual(['cookie-_mes_id']);
    await expect.poll(() => frame(page)).toBe(`${tracker.origin}/f/mesurio.html`);
    expect(await page.evaluate('document.cookie')).toContain('; _mes_id=1');

    await tell(page, tcData('cmpuishown', YES));
    expect(await page.evaluate("bandeau.isGranted('mesurio')")).toBe(true);
    await tell(page, tcData('useractioncomplete', {}));
    await expect.poll(() => frame(page)).toBeNull();
    expect(await page.evaluate('document.cookie')).not.toContain('_mes_id');
    expect(await page.evaluate('bandeau.$needsReload.get()')).toBe(true);

    tracker.clear();
    await page.reload();
    await page.waitForFunction('window.bandeau');
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
    expect(await onScreen(page)).toBe(0);
    expect(seen).toMatchObject({ console: [], errors: [] });
  });
});

describe('a visitor who comes back', () => {
  it('is not decided for again, and a no that the CMP has meanwhile takes back', async () => {
    const { page } = await open(STUB, '<script src="/cmp.js"></script>', SDK);
    const id = () => page.evaluate('bandeau.receipt?.id');
    await tell(page, tcData('tcloaded', YES));
    const first = await id();
    await page.reload();
    await page.waitForFunction('window.bandeau');
    await tell(page, tcData('tcloaded', YES));
    expect(await id()).toBe(first);
    await expect.poll(() => ran(page)).toEqual(['cookie-_mes_id']);

    await page.reload();
    await page.waitForFunction('window.bandeau');
    await tell(page, tcData('tcloaded', {}));
    expect(await id()).not.toBe(first);
    expect(await page.evaluate("bandeau.isGranted('mesurio')")).toBe(false);
  });
});

describe('a CMP', () => {
  it('that is never there leaves all held, and no __tcfapi in its place', async () => {
    const { page, seen } = await open(SDK);
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
    expect(await page.evaluate("['__tcfapi' in window, '__tcfapiLocator' in window.frames]")).toEqual([
      false,
      false,
    ]);
    expect(await onScreen(page)).toBe(0);
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('is no longer listened to after the stop', async () => {
    const { page } = await open(STUB, '<script src="/cmp.js"></script>', SDK);
    await tell(page, tcData('tcloaded', YES));
    await expect.poll(() => ran(page)).toEqual(['cookie-_mes_id']);
    await page.evaluate('stopFollowing()');
    expect(await page.evaluate('cmp.listeners()')).toEqual([]);
  });

  it('leaves the preferences to the site, which may open them', async () => {
    const { page } = await open(STUB, SDK);
    await page.evaluate("bandeau.open('preferences')");
    await page.locator('[data-bandeau-layer="preferences"]').waitFor();
    await page.evaluate('bandeau.close()');
    await expect.poll(() => onScreen(page)).toBe(0);
  });
});
