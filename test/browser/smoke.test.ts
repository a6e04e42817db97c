import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Chromium, launchChromium, probe, stored, writes } from '../support/chromium.ts';
import { availableEngines, ENGINES, type Engine, launchEngine, type Session } from '../support/engines.ts';
import { type Site, startSite, startTracker, type TestServer } from '../support/servers.ts';

// A check of the harness itself. Each thing that later tests rely on is shown together with its opposite: a
// harness that cannot say no proves nothing.

let site: Site;
let tracker: TestServer;

beforeAll(async () => {
  tracker = await startTracker();
  site = await startSite({
    pages: {
      '/': `<!doctype html><title>with</title><script src="${tracker.origin}/s/matomo.js"></script>`,
      '/without': `<!doctype html><title>without</title>
        <script type="text/plain" src="${tracker.origin}/s/matomo.js"></script>`,
      '/controls': `<!doctype html><title>controls</title>
        <button id="first">First</button> <button id="second">Second</button>
        <button id="off" disabled>Off</button>
        <div style="position: relative"><button id="under">Under</button>
          <div style="position: absolute; inset: 0"></div></div>
        <button id="moving">Moving</button>
        <button id="far" style="margin-top: 3000px">Far</button>
        <script>
          window.events = [];
          document.querySelector('#moving').animate({ translate: ['0', '300px'] }, { duration: 5000, iterations: Infinity });
          addEventListener('click', (event) => events.push(['click', event.target.id, event.isTrusted].join(' ')));
          addEventListener('keydown', (event) => {
            // WebKitGTK calls the key Unidentified while Shift is held; what Shift+Tab does shows by the focus.
            if (!event.shiftKey) events.push(['keydown', event.code, event.key, event.isTrusted].join(' '));
          });
        </script>`,
    },
  });
});

beforeEach(() => {
  site.clear();
  tracker.clear();
});

afterAll(async () => {
  await Promise.all([site?.close(), tracker?.close()]);
});

const available = availableEngines();

for (const name of ENGINES) {
  const state = available[name];
  const title = state === true ? name : `${name} (skipped: ${state})`;

  describe.skipIf(state !== true)(title, () => {
    let engine: Engine;
    let session: Session;

    beforeAll(async () => {
      engine = await launchEngine(name);
      session = await engine.newSession();
    });

    afterAll(() => engine?.close());

    it('says which version it is', () => {
      expect(engine.version).toMatch(/^\d+\.\d/);
    });

    it('has a visitor without a wish for motion', async () => {
      await session.goto(`${site.origin}/without`);
      expect(await session.evaluate(`matchMedia('(prefers-reduced-motion: reduce)').matches`)).toBe(true);
    });

    it('runs a script of the tracker, which logs the request', async () => {
      await session.goto(`${site.origin}/`);
      await session.waitFor('window.__ran');
      expect(await session.evaluate('window.__ran')).toEqual(['matomo']);
      expect(tracker.requests.map((request) => request.url)).toEqual(['/s/matomo.js']);
      expect(tracker.requests[0]?.headers.referer).toBe(`${site.origin}/`);
    });

    it('sees that a held script is neither requested nor run', async () => {
      await session.goto(`${site.origin}/without`);
      expect(await session.evaluate('window.__ran')).toBeNull();
      expect(site.requests.map((request) => request.url)).toEqual(['/without']);
      expect(tracker.requests).toEqual([]);
    });

    it('carries values, promises and errors out of the page', async () => {
      expect(await session.evaluate('Promise.resolve({ a: [1, "é", null], b: { c: true } })')).toEqual({
        a: [1, 'é', null],
        b: { c: true },
      });
      expect(await session.evaluate('undefined')).toBeNull();
      await expect(session.evaluate('(() => { throw new Error("oh no") })()')).rejects.toThrow('oh no');
      await expect(session.waitFor('window.never', 100)).rejects.toThrow('waiting for window.never');
    });

    it('clicks as a visitor does', async () => {
      await session.goto(`${site.origin}/controls`);
      await session.click('#second');
      await session.click('#far');
      expect(await session.evaluate('events')).toEqual(['click second true', 'click far true']);
    });

    it('does not click what a visitor could not', async () => {
      await session.goto(`${site.origin}/controls`);
      await expect(session.click('#off', 100)).rejects.toThrow('#off: disabled');
      await expect(session.click('#under', 100)).rejects.toThrow('#under: covered by <div');
      await expect(session.click('#moving', 100)).rejects.toThrow('#moving: still moving');
      await expect(session.click('#missing', 100)).rejects.toThrow('#missing: no such element');
      expect(await session.evaluate('events')).toEqual([]);
    });

    it('moves the focus with Tab, and passes the other keys to the page', async () => {
      await session.goto(`${site.origin}/controls`);
      const focused = () => session.evaluate('document.activeElement.id');
      await session.click('#first');
      await session.press('Tab');
      expect(await focused()).toBe('second');
      await session.press('Shift+Tab');
      expect(await focused()).toBe('first');
      await session.press('Escape');
      expect(await focused()).toBe('first');
      await session.press('Space');
      await session.press('Enter');
      expect(await session.evaluate('events')).toEqual([
        'click first true',
        'keydown Tab Tab true',
        'keydown Escape Escape true',
        'keydown Space   true',
        'click first true',
        'keydown Enter Enter true',
        'click first true',
      ]);
    });

    it('goes back in the history', async () => {
      await session.goto(`${site.origin}/without`);
      await session.goto(`${site.origin}/controls`);
      await session.back();
      await session.waitFor('document.title === "without"');
    });

    it('keeps cookies and storage across a reload, and from every other session', async () => {
      await session.goto(`${site.origin}/without`);
      await session.evaluate('(document.cookie = "kept=1; path=/", localStorage.setItem("kept", "1"))');
      await session.reload();
      expect(await session.cookies()).toBe('kept=1');
      expect(await session.evaluate('localStorage.getItem("kept")')).toBe('1');

      const other = await engine.newSession();
      await other.goto(`${site.origin}/without`);
      expect(await other.cookies()).toBe('');
      expect(await other.evaluate('localStorage.getItem("kept")')).toBeNull();
      await other.close();

      expect(await session.cookies()).toBe('kept=1');
    });

    it('resizes the viewport and takes a picture of it', async () => {
      await session.goto(`${site.origin}/controls`);
      await session.resize(320, 640);
      expect(await session.evaluate('[innerWidth, innerHeight]')).toEqual([320, 640]);
      const folder = await mkdtemp(join(tmpdir(), 'bandeau-smoke-'));
      try {
        await session.screenshot(join(folder, 'page.png'));
        const png = await readFile(join(folder, 'page.png'));
        expect(png.subarray(1, 4).toString()).toBe('PNG');
        expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([320, 640]);
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });
}

describe('probe of a page in Chromium', () => {
  let chromium: Chromium;

  beforeAll(async () => {
    chromium = await launchChromium();
  });

  afterAll(() => chromium?.close());

  it('records every kind of write, across a reload', async () => {
    const context = await chromium.openContext();
    const page = await context.newPage();
    await probe(page);
    await page.goto(`${site.origin}/without`);
    await page.evaluate(`(async () => {
      document.cookie = 'a=1; path=/';
      localStorage.setItem('b', '2');
      sessionStorage.setItem('c', '3');
      const database = await new Promise((resolve) => {
        indexedDB.open('d').onsuccess = (event) => resolve(event.target.result);
      });
      database.close();
      await cookieStore.set('e', '5');
      await cookieStore.set({ name: 'f', value: '6' });
      await caches.open('g');
    })()`);
    await page.reload();
    expect((await writes(page)).map(({ api, key, value }) => `${api} ${key} ${value}`.trim())).toEqual([
      'document.cookie a a=1; path=/',
      'localStorage b 2',
      'sessionStorage c 3',
      'indexedDB d',
      'cookieStore e 5',
      'cookieStore f 6',
      'caches g',
    ]);
    expect(await stored(page)).toEqual([
      'cookie: a',
      'cookie: e',
      'cookie: f',
      'indexedDB: d',
      'localStorage: b',
    ]);
    await context.close();
  });

  it('records nothing for a page that does nothing', async () => {
    const context = await chromium.openContext();
    const page = await context.newPage();
    const found = await probe(page);
    await page.goto(`${site.origin}/without`);
    await page.evaluate('[document.cookie, localStorage.getItem("x")]');
    expect(await writes(page)).toEqual([]);
    expect(await stored(page)).toEqual([]);
    expect(found).toMatchObject({ console: [], errors: [] });
    expect([...found.requests]).toEqual([[site.origin, [`${site.origin}/without`]]]);
    await context.close();
  });

  it('records console messages, errors and third-party requests', async () => {
    const context = await chromium.openContext();
    const page = await context.newPage();
    const found = await probe(page);
    await page.goto(`${site.origin}/`);
    await page.evaluate('console.warn("careful"); setTimeout(() => { throw new Error("thrown") })');
    await expect.poll(() => found.errors).toEqual(['Error: thrown']);
    expect(found.console).toEqual(['warning: careful']);
    expect(found.requests.get(tracker.origin)).toEqual([`${tracker.origin}/s/matomo.js`]);
    await context.close();
  });
});

describe('servers', () => {
  it('answer as the tests expect', async () => {
    const get = async (path: string) => {
      const response = await fetch(tracker.origin + path);
      return `${response.status} ${response.headers.get('content-type')?.split(';')[0]}`;
    };
    expect(await get('/s/a.js')).toBe('200 text/javascript');
    expect(await get('/p/a.gif?x=1')).toBe('200 image/gif');
    expect(await get('/f/a.html')).toBe('200 text/html');
    expect(await get('/fail/a.js')).toBe('404 text/plain');
    expect(await get("/s/a'.js")).toBe('404 text/plain');
    const start = performance.now();
    expect(await get('/s/slow-200/a.js')).toBe('200 text/javascript');
    expect(performance.now() - start).toBeGreaterThan(190);
    expect(tracker.requests).toHaveLength(6);
    tracker.clear();
    expect(tracker.requests).toHaveLength(0);
  });

  it('publish changed pages, and no file outside of their folder', async () => {
    site.pages['/new'] = { body: '{}', type: 'application/json', status: 201, headers: { 'x-a': 'b' } };
    const response = await fetch(`${site.origin}/new`);
    expect([response.status, response.headers.get('x-a'), await response.text()]).toEqual([201, 'b', '{}']);
    const outside = await fetch(`${site.origin}/bandeau/..%2fpackage.json`);
    expect(outside.status).toBe(404);
  });
});
