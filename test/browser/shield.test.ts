import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type * as Server from '../../src/server/index.ts';
import type { Policy } from '../../src/types.ts';
import { availableEngines, ENGINES, type Engine, launchEngine, type Session } from '../support/engines.ts';
import { spawnTethered, until } from '../support/processes.ts';
import { ROOT } from '../support/root.ts';
import { type Site, startSite, startTracker, type TestServer } from '../support/servers.ts';
import { answer, POLICY as BASIC, banner, decide, html, ran, settle, useChromium } from '../support/stage.ts';

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
  // An address of the site's own that leads to each.
  for (const part of PARTS) {
    const location = `${trackers[part].origin}/p/redirected.gif`;
    site.pages[`/redirect/${part}`] = { body: '', status: 302, headers: { location } };
  }
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
    <img alt="" src="/redirect/${part}">
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
  '/p/redirected.gif',
  '/p/srcdoc.gif',
  '/p/srcset.gif',
  '/p/video.gif',
  '/p/worker.gif',
  '/s/import.js',
  '/s/preload.js',
  '/s/scanned.js',
  '/s/sheet.js',
];

/** Sockets of services are allowed on https only; these pages are http. */
const SOCKET = '/socket';

/** What reached a tracker, each path once. */
const reached = (part: Part) =>
  [...new Set(trackers[part].requests.map(({ url }) => url.split('?', 1)[0]))].sort();

const page = (parts: readonly Part[] = PARTS, nonce = '') =>
  `${html({ policy: null, core: '', head: '', body: parts.map((part) => leaks(part, nonce)).join('') })}`;

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
    async function choose(): Promise<string> {
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
      site.pages['/'] = { body, headers };
      await session.goto(`${site.origin}/`);
      await session.waitFor('window.__asked');
      await session.evaluate('Promise.all(window.__asked).then(() => true)');
    }

    const header = ({ name, value }: Server.Shield) => ({ [name.toLowerCase()]: value });

    /** Everything of the allowed parts has arrived, and nothing of the others. */
    async function expectReached(allowed: readonly Part[], others: readonly string[] = []) {
      for (const part of allowed) {
        await until(
          () => `${part}: ${reached(part)}`,
          5000,
          () => ALL.every((path) => reached(part).includes(path)),
        );
      }
      const found = (part: Part) =>
        reached(part).filter((path) => path !== SOCKET || !allowed.includes(part));
      expect(Object.fromEntries(PARTS.map((part) => [part, found(part)]))).toEqual(
        Object.fromEntries(PARTS.map((part) => [part, allowed.includes(part) ? ALL : others])),
      );
    }

    it('without the shield asks everybody for everything', async () => {
      await open({});
      await expectReached(PARTS);
      for (const part of PARTS) expect(reached(part)).toContain(SOCKET);
    });

    it('undeclared: asks an undeclared host for nothing', async () => {
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
      const consent = readReceipt(await choose(), policy);
      expect([consent.isGranted('granted'), consent.isGranted('denied')]).toEqual([true, false]);
      await open(header(contentSecurityPolicy(policy, consent, { mode: 'strict' })));
      await expectReached(['granted']);
    });

    it('with a policy of the site’s own: both hold, and a nonce opens no host', async () => {
      const base = "script-src 'self'; object-src 'none'";
      const shield = contentSecurityPolicy(policy, null, { base, nonce: 'QWJj' });
      const injected = `<script>document.title = 'injected';</script>`;
      const body = page(['granted', 'undeclared'], 'nonce="QWJj"');
      await open(header(shield), body + injected);
      // A worker falls back to script-src, where the site has no blob:.
      const allowed = ALL.filter((path) => !/object|worker/.test(path));
      await until(
        () => `granted: ${reached('granted')}`,
        5000,
        () => allowed.every((path) => reached('granted').includes(path)),
      );
      expect({ granted: reached('granted'), undeclared: reached('undeclared') }).toEqual({
        granted: allowed,
        undeclared: [],
      });
      expect(await session.evaluate('document.title')).toBe('essai');
    });

    it("with 'strict-dynamic': a nonce opens no host but in WebKit, which then reads no list of any policy", async () => {
      const base = "script-src 'nonce-QWJj' 'strict-dynamic'";
      const shield = contentSecurityPolicy(policy, null, { base });
      await open(header(shield), page(['granted', 'undeclared'], 'nonce="QWJj"'));
      await until(
        () => `granted: ${reached('granted')}`,
        5000,
        () => reached('granted').includes('/p/img.gif') && reached('granted').includes('/s/import.js'),
      );
      expect(reached('granted')).toContain('/s/scanned.js');
      expect(reached('undeclared')).toEqual(
        name === 'webkit' ? ['/s/import.js', '/s/preload.js', '/s/scanned.js'] : [],
      );
    });

    it('as <meta> elements: an undeclared host is asked for nothing, but in Firefox by srcset', async () => {
      const { policies } = contentSecurityPolicy(policy, null, { meta: true, base: "base-uri 'none'" });
      const metas = policies.map((one) => `<meta http-equiv="Content-Security-Policy" content="${one}">`);
      const body = page().replace('<meta charset="utf-8">', `$&${metas.join('')}`);
      await open({}, body);
      await expectReached(['granted', 'denied'], name === 'firefox' ? ['/p/srcset.gif'] : []);
    });
  });
}

describe('together with the gate', () => {
  const visitors = useChromium();
  const held = (part: Part) =>
    `<script type="text/plain" data-service="${part}" src="${trackers[part].origin}/s/held.js"></script>`;

  /** The site answers each request by its cookie, as a server does. */
  async function visit(options: Server.ShieldOptions, nonce = '') {
    const { page, seen } = await visitors.arrive();
    const load = async () => {
      const [cookie] = await page.context().cookies(site.origin);
      const header = cookie && `${cookie.name}=${cookie.value}`;
      const shield = contentSecurityPolicy(policy, readReceipt(header, policy), options);
      const core = `<script ${nonce} src="/bandeau/bandeau.js"></script>`;
      const body = held('granted') + held('denied') + leaks('undeclared');
      site.pages['/'] = {
        body: html({ policy, core, body }) as string,
        headers: { [shield.name]: shield.value, 'cache-control': 'private, no-store' },
      };
      await page.goto(site.origin);
    };
    await load();
    return { page, seen, load };
  }

  it('undeclared: what is granted runs without a reload, what is denied waits, what is undeclared never comes', async () => {
    const { page } = await visit({});
    await answer(page, 'customize').click();
    await page.evaluate("bandeau.save({ analytics: 'granted' })");
    await expect.poll(() => ran(page)).toEqual(['held']);
    expect(PARTS.map(reached)).toEqual([['/s/held.js'], [], []]);
    await page.evaluate('bandeau.acceptAll()');
    await expect.poll(() => ran(page)).toEqual(['held', 'held']);
    expect(PARTS.map(reached)).toEqual([['/s/held.js'], ['/s/held.js'], []]);
  });

  it('strict: what is granted runs in the next page, and stops coming once it is withdrawn', async () => {
    const { page, load } = await visit({ mode: 'strict' });
    await decide(page, 'accept-all');
    await page.evaluate('fetch("/last")');
    expect(PARTS.map(reached)).toEqual([[], [], []]);
    await load();
    await expect.poll(() => ran(page)).toEqual(['held', 'held']);
    expect(PARTS.map(reached)).toEqual([['/s/held.js'], ['/s/held.js'], []]);
    await page.evaluate("bandeau.withdraw('denied')");
    for (const server of Object.values(trackers)) server.clear();
    await load();
    await expect.poll(() => ran(page)).toEqual(['held']);
    expect(PARTS.map(reached)).toEqual([['/s/held.js'], [], []]);
  });

  it('the banner comes and is styled under a strict policy of the site’s own', async () => {
    const base =
      "default-src 'self'; script-src 'nonce-QWJj'; style-src 'none'; object-src 'none'; base-uri 'none'";
    const { page } = await visit({ base }, 'nonce="QWJj"');
    await banner(page).waitFor();
    expect(await banner(page).evaluate((element) => getComputedStyle(element).position)).toBe('fixed');
    await decide(page, 'reject-all');
  });
});

describe('on https', () => {
  const visitors = useChromium();

  it.each([
    ['without the shield no socket is refused', false, []],
    [
      'sockets are for declared hosts, at the usual port and at the declared one',
      true,
      ['wss://other.example', 'wss://stats.example:8443', 'wss://sub.stats.example'],
    ],
  ])('%s', async (_, isShielded, refused) => {
    const { page: tab } = await visitors.arrive();
    const [service] = policy.services;
    if (!service) throw new Error('the policy has a service');
    const hosts = ['stats.example', '*.chat.example', 'ports.example:8443'];
    const shield = contentSecurityPolicy({ ...policy, services: [{ ...service, hosts }] }, null);
    await tab.route('https://willow.example/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><title>x</title>',
        headers: isShielded ? { [shield.name]: shield.value } : {},
      }),
    );
    await tab.goto('https://willow.example/');
    // None of these hosts is there: what counts is what the policy refuses before that is known.
    const violations = await tab.evaluate(
      async (addresses) => {
        const found: string[] = [];
        document.addEventListener('securitypolicyviolation', ({ blockedURI }) => found.push(blockedURI));
        const end = (address: string) =>
          new Promise((resolve) => {
            new WebSocket(address).onerror = resolve;
          });
        await Promise.all(addresses.map(end));
        await new Promise((resolve) => setTimeout(resolve));
        return found.sort();
      },
      [
        'wss://stats.example',
        'wss://stats.example:8443',
        'wss://sub.stats.example',
        'wss://a.b.chat.example',
        'wss://ports.example:8443',
        'wss://other.example',
      ],
    );
    expect(violations.map((address) => address.replace(/\/$/, ''))).toEqual(refused);
  });
});

describe('a preload that an HTTP header asks for', () => {
  const visitors = useChromium();
  const link = () => `<${trackers.undeclared.origin}/s/linked.js>; rel=preload; as=script`;

  it.each([
    ['is made without the shield', false, ['/s/linked.js']],
    ['is refused with it', true, []],
  ])('%s', async (_, isShielded, expected) => {
    const shield = contentSecurityPolicy(policy, null);
    const headers = { link: link(), ...(isShielded && { [shield.name]: shield.value }) };
    site.pages['/'] = { body: page([]), headers };
    const { page: tab } = await visitors.arrive();
    await tab.goto(site.origin, { waitUntil: 'networkidle' });
    await settle(tab, trackers.granted.origin);
    expect(reached('undeclared')).toEqual(expected);
  });
});

describe('report-only', () => {
  const visitors = useChromium();

  it('refuses nothing, and the example server lists exactly the undeclared host', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bandeau-shield-'));
    const file = join(folder, 'policy.json');
    await writeFile(file, JSON.stringify(policy));
    const example = spawnTethered(process.execPath, [join(ROOT, 'examples/server/node-http.mjs'), file], {
      PORT: '0',
      REPORT_ONLY: '1',
    });
    try {
      const origin = await until(
        () => `the example: ${example.output()}`,
        5000,
        () => /http:\/\/localhost:\d+/.exec(example.output())?.[0],
      );
      const { page } = await visitors.arrive();
      const response = await page.goto(origin);
      expect(await response?.headerValue('content-security-policy-report-only')).toContain(hostOf('granted'));
      expect(await response?.headerValue('content-security-policy')).toBeNull();
      await page.evaluate(
        async (addresses) => {
          for (const address of addresses) await fetch(address, { mode: 'no-cors' });
        },
        PARTS.map((part) => `${trackers[part].origin}/p/seen.gif`),
      );
      expect(PARTS.map(reached)).toEqual([['/p/seen.gif'], ['/p/seen.gif'], ['/p/seen.gif']]);
      await until(
        () => `the list: ${example.output()}`,
        5000,
        () => example.output().includes(`${hostOf('undeclared')} (connect-src): declared by nobody`),
      );
      const pasted = [...example.output().matchAll(/"hosts": (.*)/g)].at(-1)?.[1] ?? '';
      // The page of the example has an image that nobody declared either.
      const hosts = (JSON.parse(pasted) as string[]).filter((host) => host !== 'pixel.forgotten.example');
      expect(hosts).toEqual([hostOf('undeclared')]);
    } finally {
      await example.kill();
      await rm(folder, { recursive: true });
    }
  });
});
