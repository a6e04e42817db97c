import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type * as Server from '../../src/server/index.ts';
import type { Policy } from '../../src/types.ts';
import { availableEngines, ENGINES, type Engine, launchEngine, type Session } from '../support/engines.ts';
import { spawnTethered, until } from '../support/processes.ts';
import { ROOT } from '../support/root.ts';
import { type Site, startSite, startTracker, type TestServer } from '../support/servers.ts';
import { POLICY as BASIC, html } from '../support/stage.ts';

// What the browser itself refuses, by the header that the built shield makes: counted where the requests arrive.

const { contentSecurityPolicy, readReceipt } = (await import(
  /* @vite-ignore */ join(ROOT, 'dist/bandeau-server.js')
)) as typeof Server;

type Part = 'granted' | 'denied' | 'undeclared';
const PARTS: readonly Part[] = ['granted', 'denied', 'undeclared'];

let site: Site;
let trackers: Record<Part, TestServer>;
let policy: Policy;

beforeAll(async () => {
  const [granted, denied, undeclared] = await Promise.all([startTracker(), startTracker(), startTracker()]);
  trackers = { granted, denied, undeclared };
  site = await startSite();
  const service = (id: Part, category: string) => ({
    id,
    category,
    vendor: { name: id },
    purpose: 'Essai.',
    hosts: [hostOf(id)],
  });
  policy = { ...BASIC, services: [service('granted', 'analytics'), service('denied', 'preference')] };
});

beforeEach(() => {
  for (const path of Object.keys(site.pages)) delete site.pages[path];
  for (const server of [site, ...Object.values(trackers)]) server.clear();
});

afterAll(async () => {
  await Promise.all([site, ...Object.values(trackers ?? {})].map((server) => server?.close()));
});

const hostOf = (part: Part) => new URL(trackers[part].origin).host;

/** Every way to ask for something that needs no script, and some that do. */
const leaks = (part: Part, nonce = '') => {
  const { origin } = trackers[part];
  return `
    <link rel="preload" as="script" href="${origin}/s/preload.js">
    <link rel="stylesheet" href="${origin}/s/sheet.js">
    <script ${nonce} src="${origin}/s/scanned.js"></script>
    <img alt="" src="${origin}/p/img.gif"><img alt="" srcset="${origin}/p/srcset.gif 1x">
    <iframe src="${origin}/f/frame.html"></iframe>
    <iframe src="data:text/html,${encodeURIComponent(`<img src="${origin}/p/data-frame.gif">`)}"></iframe>
    <iframe srcdoc='<img src="${origin}/p/srcdoc.gif">'></iframe>
    <div style="background-image: url(${origin}/p/background.gif)">x</div>
    <object data="${origin}/f/object.html"></object>
    <video src="${origin}/p/video.gif"></video>
    <script ${nonce}>{
      const quietly = (promise) => promise.then(() => {}, () => {});
      const socket = () => new Promise((resolve) => {
        const it = new WebSocket('${origin.replace('http', 'ws')}/socket');
        it.onopen = it.onerror = resolve;
      });
      const worker = () => new Promise((resolve, reject) => {
        const code = 'fetch("${origin}/p/worker.gif", { mode: "no-cors" }).finally(() => postMessage(0))';
        const it = new Worker(URL.createObjectURL(new Blob([code])));
        it.onmessage = resolve;
        it.onerror = reject;
      });
      (window.__asked ??= []).push(
        quietly(fetch('${origin}/p/fetch.gif', { mode: 'no-cors' })),
        quietly(import('${origin}/s/import.js')),
        quietly((async () => socket())()),
        quietly(worker()),
      );
      navigator.sendBeacon('${origin}/p/beacon.gif');
    }</script>`;
};

const ALL = [
  '/f/frame.html',
  '/f/object.html',
  '/p/background.gif',
  '/p/beacon.gif',
  '/p/data-frame.gif',
  '/p/fetch.gif',
  '/p/img.gif',
  '/p/srcdoc.gif',
  '/p/srcset.gif',
  '/p/video.gif',
  '/p/worker.gif',
  '/s/import.js',
  '/s/preload.js',
  '/s/scanned.js',
  '/s/sheet.js',
  '/socket',
];

/** What reached a tracker, each path once. */
const reached = (part: Part) =>
  [...new Set(trackers[part].requests.map(({ url }) => url.split('?', 1)[0]))].sort();

const page = (parts: readonly Part[] = PARTS, nonce = '') =>
  html({ policy: null, core: '', head: '', body: parts.map((part) => leaks(part, nonce)).join('') });

const available = availableEngines();

for (const name of ENGINES) {
  const state = available[name];
  describe.skipIf(state !== true)(state === true ? name : `${name} (skipped: ${state})`, () => {
    let engine: Engine;
    let session: Session;

    beforeAll(async () => {
      engine = await launchEngine(name);
    });
    beforeEach(async () => {
      session = await engine.newSession();
      return () => session.close();
    });
    afterAll(() => engine?.close());

    /** A visitor who granted one of the two; returns the Cookie header that the browser sends from then on. */
    async function decide(): Promise<string> {
      site.pages['/choose'] = html({ policy });
      site.pages['/blank'] = html({ policy: null, core: '' });
      await session.goto(`${site.origin}/choose`);
      await session.waitFor('window.bandeau?.save');
      await session.evaluate("bandeau.save({ analytics: 'granted', preference: 'denied' })");
      await session.goto(`${site.origin}/blank`);
      const cookie = site.requests.at(-1)?.headers.cookie ?? '';
      expect(cookie).toContain('bandeau=1:');
      return cookie;
    }

    async function open(headers: Record<string, string>, body = page()) {
      site.pages['/'] = { body: body as string, headers };
      await session.goto(`${site.origin}/`);
      await session.waitFor('window.__asked');
      await session.evaluate('Promise.all(window.__asked).then(() => true)');
    }

    const header = ({ name, value }: Server.Shield) => ({ [name.toLowerCase()]: value });

    /** Everything of the allowed parts has arrived, and nothing of the others. */
    async function expectReached(allowed: readonly Part[]) {
      for (const part of allowed) {
        await until(
          () => `${part}: ${reached(part)}`,
          5000,
          () => ALL.every((path) => reached(part).includes(path)),
        );
      }
      expect(Object.fromEntries(PARTS.map((part) => [part, reached(part)]))).toEqual(
        Object.fromEntries(PARTS.map((part) => [part, allowed.includes(part) ? ALL : []])),
      );
    }

    it('without the shield asks everybody for everything', async () => {
      await open({});
      await expectReached(PARTS);
    });

    it('undeclared: asks an undeclared host for nothing, before and after a decision', async () => {
      await open(header(contentSecurityPolicy(policy, null)));
      await expectReached(['granted', 'denied']);
    });

    it('strict: asks nobody before a decision', async () => {
      const consent = readReceipt(undefined, policy);
      // Nothing will arrive by which the others could be known to have had their time: an image of the site's does.
      await open(header(contentSecurityPolicy(policy, consent, { mode: 'strict' })));
      await session.evaluate(`fetch('/last').then(() => true)`);
      await expectReached([]);
    });

    it('strict: asks granted services only, by the cookie that the browser sends', async () => {
      const consent = readReceipt(await decide(), policy);
      expect([consent.isGranted('granted'), consent.isGranted('denied')]).toEqual([true, false]);
      await open(header(contentSecurityPolicy(policy, consent, { mode: 'strict' })));
      await expectReached(['granted']);
    });

    it('with a policy of the site’s own: a nonce opens no host, and without it no inline script runs', async () => {
      const base = "script-src 'self' 'strict-dynamic'; img-src 'self'; object-src 'none'";
      const shield = contentSecurityPolicy(policy, null, { base, nonce: 'QWJj' });
      await open(
        header(shield),
        (page(['granted', 'undeclared'], 'nonce="QWJj"') as string) +
          `<script>document.title = 'injected';</script>`,
      );
      const open_ = ALL.filter((path) => path !== '/f/object.html');
      await until(
        () => `granted: ${reached('granted')}`,
        5000,
        () => open_.every((path) => path === '/s/preload.js' || reached('granted').includes(path)),
      );
      expect(reached('undeclared')).toEqual([]);
      expect(reached('granted')).not.toContain('/f/object.html');
      expect(await session.evaluate('document.title')).toBe('essai');
      expect(await session.evaluate('window.__ran')).toContain('scanned');
    });

    it('as <meta> elements: an undeclared host is asked for nothing', async () => {
      const { policies } = contentSecurityPolicy(policy, null, { meta: true, base: "base-uri 'none'" });
      const metas = policies.map((one) => `<meta http-equiv="Content-Security-Policy" content="${one}">`);
      const body = (page() as string).replace('<meta charset="utf-8">', `$&${metas.join('')}`);
      await open({}, body);
      await expectReached(['granted', 'denied']);
    });
  });
}
