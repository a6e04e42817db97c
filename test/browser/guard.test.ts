import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { GateEntry, Policy } from '../../src/types.ts';
import { FAILED, REPLAYED } from '../support/guard-doors.ts';
import { html, POLICY, ran, reached, settle, useChromium, useSite } from '../support/stage.ts';

// What nobody marked up, held by the guard until its service is granted. Each test has a control without it.

const { site, tracker } = useSite();
const visitors = useChromium();

const GUARD = '<script src="/bandeau/bandeau-guard.js"></script>';
const CORE = '<script src="/bandeau/bandeau.js"></script>';

/** All of the tracker but what `settle` asks for. */
const HOSTS = ['s/', 'f/', 'p/door.gif', 'p/door-again.gif'].map((path) => `127.0.0.1/${path}`);

/** The usual policy, whose analytics service is the tracker. */
const guarded = (more: Partial<Policy['services'][number]> = {}): Policy => ({
  ...POLICY,
  services: POLICY.services.map((one) => (one.id === 'mesurio' ? { ...one, hosts: HOSTS, ...more } : one)),
});

interface Parts extends NonNullable<Parameters<typeof html>[0]> {
  headers?: Record<string, string>;
}

async function open({ headers = {}, ...parts }: Parts = {}) {
  const page = html({ policy: guarded(), core: GUARD + CORE, ...parts });
  site.pages['/'] = { body: page as string, headers };
  const visit = await visitors.arrive();
  await visit.page.goto(site.origin);
  return visit;
}

/** Runs the body of a function in the page as a script of its own. */
const act = <T = unknown>(page: Page, code: string): Promise<T> =>
  page.evaluate(`(async () => { const T = '${tracker.origin}'; ${code} })()`) as Promise<T>;

const accept = (page: Page) => page.evaluate('window.bandeau.acceptAll()');
const withdraw = (page: Page) => page.evaluate('window.bandeau.withdraw()');
const hits = () => reached(tracker.requests);
const gifs = () => hits().filter((path) => path.includes('door'));

/** Collects `bandeau:gate` entries from the start of the page. */
const LISTEN = `<script>window.__gate = []; document.addEventListener('bandeau:gate', ({ detail }) => window.__gate.push(detail));</script>`;
const told = (page: Page) =>
  page.evaluate(() =>
    (window as unknown as { __gate: GateEntry[] }).__gate.map(({ action, service, name, reason, element }) =>
      [action, service, name?.replace(/^.*\//, '/'), reason ?? element?.localName].join(' '),
    ),
  );

const TEMPLATE = () => `<template><script src="${tracker.origin}/s/door.js"></script></template>`;

describe('a door whose call can be made good', () => {
  for (const [name, code] of Object.entries(REPLAYED)) {
    it(`${name}: held, set going once by a grant, held again after withdrawal`, async () => {
      const free = await open({ core: CORE, body: TEMPLATE() });
      await act(free.page, code);
      await expect.poll(gifs).toHaveLength(1);
      await free.page.close();
      tracker.clear();

      const { page, seen } = await open({ head: LISTEN, body: TEMPLATE() });
      await act(page, code);
      await settle(page, tracker.origin);
      expect(gifs()).toEqual([]);
      await accept(page);
      await expect.poll(gifs).toHaveLength(1);
      if (name.startsWith('script')) await expect.poll(() => ran(page)).toEqual(['door']);
      await accept(page);
      await page.evaluate(
        'document.dispatchEvent(new CustomEvent("bandeau:change", { detail: { choices: { analytics: "granted" } } }))',
      );
      await settle(page, tracker.origin);
      expect(gifs()).toHaveLength(1);
      if (name.startsWith('script')) expect(await ran(page)).toEqual(['door']);
      expect(await page.evaluate('document.documentElement.outerHTML.includes("data-bandeau-held")')).toBe(
        false,
      );
      expect((await told(page)).map((line) => line.split(' ', 2).join(' ')).slice(0, 2)).toEqual([
        'held mesurio',
        'released mesurio',
      ]);

      await withdraw(page);
      await page.evaluate('document.querySelector("main").innerHTML = "<p>again</p>"');
      await act(page, code.replaceAll('/door.', '/door-again.'));
      await settle(page, tracker.origin);
      expect(gifs().filter((path) => path.includes('again'))).toEqual([]);
      expect(seen.errors).toEqual([]);
    });
  }
});

describe('a door whose call can\u2019t', () => {
  for (const [name, [code, sees]] of Object.entries(FAILED)) {
    it(`${name}: fails as the network does, and works after a grant`, async () => {
      const { page, seen } = await open({ head: LISTEN });
      expect(await act(page, code)).toEqual(sees);
      await settle(page, tracker.origin);
      expect(gifs()).toEqual([]);
      await accept(page);
      await settle(page, tracker.origin);
      expect(gifs()).toEqual([]);
      expect((await told(page))[0]).toMatch(/^held mesurio \/door\.gif \w+$/);
      await Promise.race([act(page, code), settle(page, tracker.origin)]);
      await expect.poll(gifs).toHaveLength(1);
      expect(seen.errors).toEqual([]);
    });
  }
});
