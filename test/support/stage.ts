/**
 * What most browser suites begin with: one Chromium for the file, a fresh context for each test, and a server.
 * Each `use…` registers its own hooks and returns at once an object that is filled before the first test.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type RunningDemo, startDemo } from '../../demo/servers.mjs';
import type { Consent, Policy } from '../../src/types.ts';
import { launchChromium, type Probe, probe } from './chromium.ts';
import { ROOT } from './root.ts';
import { type Page as ServedPage, type Site, startSite, startTracker, type TestServer } from './servers.ts';
import { settled } from './settled.ts';

/** A page in a context of its own, with everything it does recorded. */
export interface Visit {
  page: Page;
  seen: Probe;
}

export interface Visitors {
  /** A visitor who has never been here. Gone after the test. */
  arrive(options?: BrowserContextOptions): Promise<Visit>;
}

export function useChromium(launchOptions: Parameters<typeof launchChromium>[0] = {}): Visitors {
  let chromium: Awaited<ReturnType<typeof launchChromium>> | undefined;
  beforeAll(async () => {
    chromium = await launchChromium(launchOptions);
  });
  afterEach(async () => {
    await Promise.all(chromium?.browser.contexts().map((context) => context.close()) ?? []);
  });
  afterAll(() => chromium?.close());
  return {
    async arrive(options = {}) {
      if (!chromium) throw new Error('a visitor can only arrive in a test');
      const context = await chromium.openContext({
        timezoneId: 'Europe/Paris',
        locale: 'fr-FR',
        // Drawing each frame of a motion in software costs a third of a visit; tests of motion ask for it.
        reducedMotion: 'reduce',
        ...options,
      });
      // A click that finds nothing to click should not take the whole time of the test.
      context.setDefaultTimeout(7000);
      const page = await context.newPage();
      return { page, seen: await probe(page) };
    },
  };
}

/** The demo sites on ports of their own. */
export function useDemo(): RunningDemo {
  const demo = {} as RunningDemo;
  beforeAll(async () => {
    Object.assign(demo, await startDemo({ root: ROOT }));
  });
  beforeEach(() => {
    demo.requests.length = 0;
    demo.reports.length = 0;
  });
  afterAll(() => demo.close?.());
  return demo;
}

/** Bundles the demo app, as `npm run demo` does. */
export async function buildDemoApp(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(ROOT, 'demo/app/build.mjs')]);
}

/** A site whose pages each test writes, and a tracker beside it. */
export function useSite(): { site: Site; tracker: TestServer } {
  const both = { site: {} as Site, tracker: {} as TestServer };
  beforeAll(async () => {
    Object.assign(both.tracker, await startTracker());
    Object.assign(both.site, await startSite());
  });
  beforeEach(() => {
    for (const path of Object.keys(both.site.pages)) delete both.site.pages[path];
    both.site.clear();
    both.tracker.clear();
  });
  afterAll(async () => {
    await Promise.all([both.site.close?.(), both.tracker.close?.()]);
  });
  return both;
}

/** The policy of pages that tests write: one essential service, two that are a choice. */
export const POLICY: Policy = {
  version: '2025-01-01',
  controller: { name: 'Essai', contact: 'essai@essai.example', privacyUrl: '/vie-privee' },
  scope: { sites: ['localhost'] },
  categories: [{ id: 'essential' }, { id: 'analytics' }, { id: 'preference' }],
  services: [
    {
      id: 'socle',
      category: 'essential',
      vendor: { name: 'Essai' },
      purpose: 'Faire marcher la page.',
      reason: 'Sans lui, pas de page.',
    },
    {
      id: 'mesurio',
      category: 'analytics',
      vendor: { name: 'Mesurio' },
      purpose: 'Compter les visites.',
      cookies: [{ name: '_mes_id', lifetimeDays: 180 }],
      hosts: ['stats.mesurio.example'],
    },
    {
      id: 'confort',
      category: 'preference',
      vendor: { name: 'Essai' },
      purpose: 'Retenir vos réglages.',
      reload: false,
    },
  ],
};

/** A page with the SDK in its head. */
export function html(
  parts: { policy?: Policy | string | null; core?: string; head?: string; body?: string } = {},
): ServedPage {
  const {
    policy = POLICY,
    core = '<script src="/bandeau/bandeau.js"></script>',
    head = '',
    body = '',
  } = parts;
  const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
  const element = policy && `<script type="application/json" data-bandeau-policy>${text}</script>`;
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>essai</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">${element ?? ''}${core}${head}</head>
    <body><main><h1>Essai</h1><p>Un texte.</p></main>${body}
    <footer><a id="link" href="#cookies" data-bandeau="preferences">Gérer mes cookies</a></footer></body></html>`;
}

export const banner = (page: Page): Locator => page.locator('[data-bandeau-layer="banner"]');
export const preferences = (page: Page): Locator => page.locator('[data-bandeau-layer="preferences"]');
/** `accept-all`, `reject-all`, `customize`, `partners`, `save`, `close`. */
export const answer = (page: Page, action: string): Locator =>
  page.locator(`[data-bandeau-root] [data-bandeau-action="${action}"]`);
/** The switch of a category or service. */
export const toggle = (page: Page, id: string): Locator => page.locator(`[data-bandeau-category="${id}"]`);

/** Clicks an answer, and comes back when nothing of the SDK is on screen any more. */
export async function decide(page: Page, action: string): Promise<void> {
  await answer(page, action).click();
  await page
    .locator('dialog[data-bandeau-root], [data-bandeau-layer="banner"]')
    .first()
    .waitFor({ state: 'detached' });
}

/** What has run, in order. */
export const ran = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...((window as unknown as { __ran?: string[] }).__ran ?? [])]);

/** One fact about `window.bandeau`, as JSON. */
export const ask = <T>(page: Page, question: (consent: Consent) => T): Promise<T> =>
  page.evaluate(`(${question})(window.bandeau)`) as Promise<T>;

/** Comes back when whatever the page had begun before has had its turn, and is in the log of `origin`. */
export async function settle(page: Page, origin: string): Promise<void> {
  await page.evaluate(settled(origin));
}

/** Paths that reached the tracker, without those of `settle`. */
export const reached = (requests: readonly { url: string }[]): string[] =>
  requests.map(({ url }) => url.split('?', 1)[0] as string).filter((path) => path !== '/p/settled.gif');
