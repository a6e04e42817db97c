import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { stored } from '../support/chromium.ts';
import {
  answer,
  ask,
  banner,
  decide,
  html,
  ran,
  reached,
  settle,
  toggle,
  useChromium,
  useDemo,
  useSite,
} from '../support/stage.ts';

// How held scripts run once they may: exactly as they were written.

const demo = useDemo();
const { site, tracker } = useSite();
const visitors = useChromium();

const held = (name: string, attributes = 'data-category="analytics"') =>
  `<script type="text/plain" ${attributes} src="${tracker.origin}/s/${name}.js"></script>`;
const inline = (name: string, attributes = 'data-category="analytics"') =>
  `<script type="text/plain" ${attributes}>(window.__ran ??= []).push('${name}');</script>`;

async function open(parts: Parameters<typeof html>[0]) {
  site.pages['/'] = html(parts);
  const visit = await visitors.arrive();
  await visit.page.goto(site.origin);
  return visit;
}

const needsReload = (page: Page) => page.evaluate('window.bandeau.$needsReload.get()');

describe('attributes', () => {
  it('are kept, and what they forbid stays forbidden', async () => {
    const { page, seen } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/attributes.html`);
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toHaveLength(4);
    await settle(page, demo.trackerUrl);
    expect((await ran(page)).sort()).toEqual(['all', 'credentials', 'defer', 'inline']);
    const script = await page.locator('#all').evaluate((element) => {
      const { nonce, integrity, crossOrigin, async, defer, referrerPolicy, type, dataset } =
        element as HTMLScriptElement;
      const fetchPriority = element.getAttribute('fetchpriority');
      return {
        nonce,
        integrity: integrity.slice(0, 7),
        crossOrigin,
        async,
        defer,
        referrerPolicy,
        fetchPriority,
        type,
        ...dataset,
      };
    });
    expect(script).toEqual({
      nonce: 'demo',
      integrity: 'sha384-',
      crossOrigin: 'anonymous',
      async: true,
      defer: false,
      referrerPolicy: 'no-referrer',
      fetchPriority: 'low',
      type: '',
      category: 'analytics',
    });
    const attributes = await page.locator('#defer').evaluate((element) => {
      const { async, defer } = element as HTMLScriptElement;
      return { async, defer };
    });
    expect(attributes).toEqual({ async: false, defer: true });
    expect(await page.locator('#credentials').getAttribute('crossorigin')).toBe('use-credentials');
    const referers = Object.fromEntries(demo.requests.map(({ path, referer }) => [path, referer]));
    expect(referers['/s/all.js']).toBeNull();
    expect(referers['/s/defer.js']).toBe(`${demo.url}/`);
    expect(reached(demo.requests)).not.toContain('/s/no-nonce.js');
    expect(seen.errors).toEqual([]);
  });

  it('data-src stands for src, async and module included', async () => {
    const { page } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/data-src.html`);
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toHaveLength(3);
    expect((await ran(page)).sort()).toEqual(['first', 'module', 'second']);
    expect(await page.locator('script[type="module"]').count()).toBe(1);
  });

  it('a module is one: its own scope, strict, and import.meta', async () => {
    const { page } = await open({
      body: `<script type="text/plain" data-category="analytics" data-type="module">
        const own = 1;
        (window.__ran ??= []).push(typeof import.meta.url);
      </script>`,
    });
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['string']);
    expect(await page.evaluate('typeof own')).toBe('undefined');
  });

  it('a strict CSP with a nonce, without styles and with Trusted Types is no hindrance', async () => {
    const { page, seen } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/csp.html`);
    await banner(page).waitFor();
    // The style sheet is in force all the same.
    expect(await banner(page).evaluate((root) => getComputedStyle(root).position)).toBe('fixed');
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['external', 'inline']);
    expect(seen.errors).toEqual([]);
    expect(seen.console).toEqual([]);
    await page.locator('[data-bandeau="preferences"]').click();
    await answer(page, 'save').waitFor();
  });
});

describe('order', () => {
  it('an inline script waits for the external one before it', async () => {
    const { page } = await open({ body: held('slow-200/first') + inline('second') });
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['first', 'second']);
  });

  it('an inline script waits for the external one before it on the next visit too', async () => {
    const { page } = await open({ body: held('slow-200/first') + inline('second') });
    await decide(page, 'accept-all');
    await page.reload();
    await expect.poll(() => ran(page)).toHaveLength(2);
    expect(await ran(page)).toEqual(['first', 'second']);
  });

  it('an inline script waits for an external one that was released an instant earlier', async () => {
    const { page } = await open({});
    await decide(page, 'accept-all');
    await page.evaluate((source) => {
      const add = (fill: (script: HTMLScriptElement) => void) => {
        const script = document.createElement('script');
        script.type = 'text/plain';
        script.dataset['category'] = 'analytics';
        fill(script);
        document.body.append(script);
      };
      add((script) => {
        script.src = source;
      });
      // Its own turn of the observer.
      return Promise.resolve().then(() =>
        add((script) => {
          script.text = "(window.__ran ??= []).push('second');";
        }),
      );
    }, `${tracker.origin}/s/slow-200/first.js`);
    await expect.poll(() => ran(page)).toHaveLength(2);
    expect(await ran(page)).toEqual(['first', 'second']);
  });

  it('one that fails does not keep the next ones back', async () => {
    const { page } = await open({
      body: `<script type="text/plain" data-category="analytics" src="${tracker.origin}/fail/dead.js"></script>
        ${held('after')}${inline('inline')}
        <script type="text/plain" data-category="analytics">throw new Error('tracker');</script>${inline('last')}`,
    });
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['after', 'inline', 'last']);
  });

  it('one that hangs keeps nothing back of another kind: async ones and the page itself', async () => {
    const { page } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/dead-host.html`, { waitUntil: 'commit' });
    await answer(page, 'accept-all').click();
    await expect.poll(() => ran(page)).toEqual(['after-error']);
    await expect.poll(() => reached(demo.requests)).toHaveLength(4);
  });
});

describe('scripts that come later', () => {
  it('run once, when they are already allowed', async () => {
    const { page } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/late-link.html`);
    await decide(page, 'accept-all');
    await page.locator('#add').click();
    await expect.poll(() => ran(page)).toEqual(['late', 'late-html']);
    await settle(page, demo.trackerUrl);
    expect(reached(demo.requests)).toEqual(['/s/late.js', '/s/late-html.js']);
  });

  it('wait, when they are not', async () => {
    const { page } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/late-link.html`);
    await decide(page, 'reject-all');
    await page.locator('#add').click();
    await page.locator('#late-link').waitFor();
    await settle(page, demo.trackerUrl);
    expect(reached(demo.requests)).toEqual([]);
  });

  it('in a shadow root run after scan(root), not before, and not without the choice', async () => {
    const { page } = await open({ body: '<div id="host"></div>' });
    await decide(page, 'reject-all');
    await page.evaluate((source) => {
      const root = (document.getElementById('host') as HTMLElement).attachShadow({ mode: 'open' });
      const script = document.createElement('script');
      script.type = 'text/plain';
      script.dataset['category'] = 'analytics';
      script.src = source;
      root.append(script);
    }, `${tracker.origin}/s/shadow.js`);
    const scan = () => page.evaluate('bandeau.scan(document.getElementById("host").shadowRoot)');
    await scan();
    await settle(page, tracker.origin);
    expect(await ran(page)).toEqual([]);
    await page.evaluate('bandeau.acceptAll()');
    await expect.poll(() => ran(page)).toEqual(['shadow']);
    await scan();
    await settle(page, tracker.origin);
    expect(await ran(page)).toEqual(['shadow']);
  });

  it('that are gone before the yes do not run', async () => {
    const { page } = await open({ body: `<div id="widget">${held('gone')}</div>${held('stays')}` });
    await banner(page).waitFor();
    await page.evaluate(() => document.getElementById('widget')?.remove());
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['stays']);
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual(['/s/stays.js']);
  });
});

describe('essential', () => {
  it('runs at once; the others wait', async () => {
    const { page } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/essential.html`);
    await expect.poll(() => ran(page)).toEqual(['essential', 'essential-inline']);
    await banner(page).waitFor();
    await settle(page, demo.trackerUrl);
    expect(reached(demo.requests)).toEqual(['/s/essential.js']);
  });

  it('alone: nothing is asked, nothing is stored, and the link of the page informs', async () => {
    const { page, seen } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/only-essential.html`);
    await expect.poll(() => ran(page)).toEqual(['essential']);
    await settle(page, demo.trackerUrl);
    expect(await banner(page).count()).toBe(0);
    expect(await stored(page)).toEqual([]);
    await page.locator('[data-bandeau="preferences"]').click();
    await answer(page, 'close').waitFor();
    expect(seen).toMatchObject({ console: [], errors: [] });
  });

  it('waits for the policy where that has an address', async () => {
    const { page } = await visitors.arrive();
    let answerPolicy = () => {};
    const isAsked = new Promise<void>((resolve) => {
      answerPolicy = resolve;
    });
    await page.route('**/cases/policy.json', async (route) => {
      await isAsked;
      await route.continue();
    });
    await page.goto(`${demo.url}/cases/policy-url.html`);
    await settle(page, demo.trackerUrl);
    expect(reached(demo.requests)).toEqual([]);
    answerPolicy();
    await expect.poll(() => ran(page)).toEqual(['essential']);
    await banner(page).waitFor();
    await settle(page, demo.trackerUrl);
    expect(reached(demo.requests)).toEqual(['/s/essential.js']);
  });
});

describe('a script that does not answer', () => {
  it('is given up after half a minute, and those behind it run in their order, once', async () => {
    site.pages['/'] = html({
      body: held('slow-99999/dead') + held('second') + inline('third') + held('fourth') + inline('fifth'),
    });
    const { page } = await visitors.arrive();
    await page.clock.install();
    await page.goto(site.origin);
    await decide(page, 'accept-all');
    await expect.poll(() => reached(tracker.requests)).toEqual(['/s/slow-99999/dead.js', '/s/second.js']);
    await page.clock.fastForward(29_000);
    await settle(page, tracker.origin);
    expect(await ran(page)).toEqual([]);
    await page.clock.fastForward(2_000);
    await expect.poll(() => ran(page)).toEqual(['second', 'third', 'fourth', 'fifth']);
    const failed = await ask(page, (consent) => consent.report().filter(({ action }) => action === 'failed'));
    expect(failed).toMatchObject([{ service: 'analytics', reason: 'no answer' }]);
  });
});

describe('document.write in a released script', () => {
  const write = (name: string) =>
    `<script type="text/plain" data-category="analytics">document.write('<h1>gone</h1>'); (window.__ran ??= []).push('${name}');</script>`;

  it('is refused and told, and the page stays', async () => {
    const { page, seen } = await open({ body: write('writer') });
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['writer']);
    expect(await page.locator('h1').allTextContents()).toEqual(['Essai']);
    const refused = await ask(page, (consent) =>
      consent.report().filter(({ action }) => action === 'refused'),
    );
    expect(refused).toMatchObject([{ name: 'document.write' }]);
    expect(seen.errors).toEqual([]);
  });

  it('is refused in a later turn of it too, and the same call of the page before any release is not', async () => {
    const { page } = await open({
      body: `<script>document.write('<p id="own">own</p>')</script>
        <script type="text/plain" data-category="analytics">setTimeout(() => document.write('gone'))</script>`,
    });
    expect(await page.locator('#own').textContent()).toBe('own');
    await decide(page, 'accept-all');
    await settle(page, tracker.origin);
    expect(await page.locator('h1').allTextContents()).toEqual(['Essai']);
  });

  it('is possible again for who opens the document, and after destroy()', async () => {
    const { page } = await open({ body: inline('one') });
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['one']);
    await page.evaluate(`document.open(); document.write('<h1>Autre</h1>'); document.close()`);
    expect(await page.locator('h1').allTextContents()).toEqual(['Autre']);
  });
});

describe('data-replay', () => {
  const waiting = (attributes: string) => `<script type="text/plain" data-category="analytics" ${attributes}>
    addEventListener('load', () => (window.__ran ??= []).push('load'));
    document.addEventListener('DOMContentLoaded', { handleEvent: () => (window.__ran ??= []).push('ready') });
    document.addEventListener('click', () => {});
    (window.__ran ??= []).push('script');
  </script>`;

  it('calls listeners for the events that are over, once', async () => {
    const { page } = await open({ body: waiting('data-replay') });
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['script', 'load', 'ready']);
    await settle(page, tracker.origin);
    expect(await ran(page)).toHaveLength(3);
  });

  it('calls them once where the events are still to come', async () => {
    const { page } = await open({ body: waiting('data-replay') });
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toHaveLength(3);
    await page.reload();
    await expect.poll(() => ran(page)).toHaveLength(3);
    await settle(page, tracker.origin);
    expect([...(await ran(page))].sort()).toEqual(['load', 'ready', 'script']);
  });

  it('is asked for, script by script', async () => {
    const { page } = await open({ body: waiting('') });
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['script']);
    await settle(page, tracker.origin);
    expect(await ran(page)).toEqual(['script']);
  });
});

describe('withdrawal', () => {
  const turnOff = async (page: Page, id: string) => {
    await page.locator('[data-bandeau="preferences"]').click();
    await toggle(page, id).click();
    await decide(page, 'save');
  };

  it('of what has run says that a reload is needed, and a reload stops it', async () => {
    const { page } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/withdraw.html`);
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toHaveLength(2);
    expect(await needsReload(page)).toBe(false);
    await turnOff(page, 'analytics');
    expect(await needsReload(page)).toBe(true);
    demo.requests.length = 0;
    await page.reload();
    await expect.poll(() => ran(page)).toEqual(['confort']);
    await settle(page, demo.trackerUrl);
    expect(reached(demo.requests)).toEqual([]);
    expect(await needsReload(page)).toBe(false);
  });

  it('of what has never run needs no reload', async () => {
    const { page } = await open({ body: '' });
    await decide(page, 'accept-all');
    await turnOff(page, 'analytics');
    expect(await needsReload(page)).toBe(false);
  });

  it('of a service that stops by itself (reload: false) needs no reload', async () => {
    const { page } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/withdraw.html`);
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toHaveLength(2);
    await turnOff(page, 'preference');
    expect(await ask(page, (consent) => consent.isGranted('confort'))).toBe(false);
    expect(await needsReload(page)).toBe(false);
  });

  it('stops what is being fetched, and releases nothing more', async () => {
    const { page } = await open({ body: held('slow-300/first') + inline('second') });
    await answer(page, 'accept-all').click();
    await expect.poll(() => reached(tracker.requests)).toEqual(['/s/slow-300/first.js']);
    await page.evaluate('bandeau.withdraw()');
    // Comes back after the first one has.
    await page.evaluate((source) => fetch(source, { mode: 'no-cors' }), `${tracker.origin}/s/slow-300/x.js`);
    await settle(page, tracker.origin);
    expect(await ran(page)).toEqual([]);
    tracker.clear();
    await page.evaluate((source) => {
      const script = document.createElement('script');
      script.type = 'text/plain';
      script.dataset['category'] = 'analytics';
      script.src = source;
      document.body.append(script);
    }, `${tracker.origin}/s/later.js`);
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
    // The choice is what held them, and nothing else.
    await page.evaluate('bandeau.acceptAll()');
    await expect.poll(() => ran(page)).toEqual(['first', 'second', 'later']);
  });
});

describe('while a page is parsed', () => {
  /** A page of who has said yes, whose parser waits for `/slow.js` until it is let go on. */
  async function arriveAtSlowPage(before: string) {
    const { page } = await open({ body: '' });
    await decide(page, 'accept-all');
    let goOn = () => {};
    const mayGoOn = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route('**/slow.js', async (route) => {
      await mayGoOn;
      await route.fulfill({ contentType: 'text/javascript', body: `(window.__ran ??= []).push('page')` });
    });
    site.pages['/'] = html({ body: `${before}<script src="/slow.js"></script>${inline('after')}` });
    await page.goto(site.origin, { waitUntil: 'commit' });
    return { page, goOn };
  }

  it('an inline script runs before a script of the page that is slow to come, not after it', async () => {
    const { page, goOn } = await arriveAtSlowPage(inline('before'));
    await expect.poll(() => ran(page)).toEqual(['before']);
    goOn();
    await expect.poll(() => ran(page)).toEqual(['before', 'page', 'after']);
  });

  it('what the page puts in by innerHTML runs as well, once the page is parsed', async () => {
    const { page, goOn } = await arriveAtSlowPage(
      `<div id="place"></div><script>place.innerHTML = \`${inline('put in').replace('</', '<\\/')}\`</script>`,
    );
    goOn();
    await expect.poll(() => ran(page)).toEqual(expect.arrayContaining(['page', 'after', 'put in']));
    expect(await ran(page)).toHaveLength(3);
  });
});
