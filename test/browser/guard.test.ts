import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { GateEntry, Policy } from '../../src/types.ts';
import { FAILED, REPLAYED } from '../support/guard-doors.ts';
import { ROOT } from '../support/root.ts';
import { html, POLICY, ran, reached, settle, useChromium, useSite, type Visit } from '../support/stage.ts';

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

/** Opens a page that has these parts: for a new visitor, or for the one of an earlier visit. */
async function open({ headers = {}, ...parts }: Parts = {}, earlier?: Visit) {
  const page = html({ policy: guarded(), core: GUARD + CORE, ...parts });
  site.pages['/'] = { body: page as string, headers };
  const visit = earlier ?? (await visitors.arrive());
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

describe('a door whose call can be made good', () => {
  for (const [name, code] of Object.entries(REPLAYED)) {
    it(`${name}: held, set going once by a grant, held again after withdrawal`, async () => {
      const free = await open({ core: CORE });
      await act(free.page, code);
      await expect.poll(gifs).toHaveLength(1);
      const { page, seen } = await open({ head: LISTEN }, free);
      // Once the page of the control is left: whatever it asked for has arrived.
      tracker.clear();
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
      const entries = (await told(page)).map((line) => line.split(' ', 2).join(' '));
      expect(entries).toContain('released mesurio');
      expect(entries[0]).toBe('held mesurio');

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

describe('what the parser makes', () => {
  const script = (name: string, attributes = '') =>
    `<script ${attributes} src="${tracker.origin}/s/${name}.js"></script>`;

  it('scripts of every kind do not run before a grant; then each runs once, in order', async () => {
    const body = `${script('one')}${script('slow-100/two', 'defer')}${script('three', 'type="module"')}
      ${script('four', 'async')}<script>(window.__ran ??= []).push('inline');</script>${script('five')}`;
    const { page, seen } = await open({ head: LISTEN, body });
    await settle(page, tracker.origin);
    expect(await ran(page)).toEqual(['inline']);
    await accept(page);
    await expect.poll(() => ran(page)).toHaveLength(6);
    await accept(page);
    await settle(page, tracker.origin);
    const order = await ran(page);
    expect(order.filter((name) => name !== 'four')).toEqual(['inline', 'one', 'two', 'three', 'five']);
    expect(order).toHaveLength(6);
    expect(await page.evaluate('document.querySelector("[src$=\\"three.js\\"]").type')).toBe('module');
    expect(seen.errors).toEqual([]);
  });

  it('a script that document.write makes is not run, and runs once after a grant', async () => {
    const { page } = await open({
      body: `<script>document.write('<script src="${tracker.origin}/s/door.js"><' + '/script><p id="after">after</p>')</script>`,
    });
    await settle(page, tracker.origin);
    expect(gifs()).toEqual([]);
    expect(await page.locator('#after').count()).toBe(1);
    await accept(page);
    await expect.poll(() => ran(page)).toEqual(['door']);
  });

  it('frames do not stay, and links of the visitor do', async () => {
    const { page } = await open({
      body: `<iframe src="${tracker.origin}/f/door.html"></iframe><a id="a" href="${tracker.origin}/f/door.html">x</a>`,
    });
    await settle(page, tracker.origin);
    // The request may have left, since the browser navigates at once. Its own page is not there.
    await expect
      .poll(() => page.evaluate('document.querySelector("iframe").contentDocument?.URL'))
      .toBe('about:blank');
    expect(await page.locator('#a').getAttribute('href')).toBe(`${tracker.origin}/f/door.html`);
    tracker.clear();
    await accept(page);
    await expect.poll(gifs).toEqual(['/f/door.html']);
  });

  it('what another service that is granted or required needs too is not held', async () => {
    const services = guarded().services.map((one) => (one.id === 'socle' ? { ...one, hosts: HOSTS } : one));
    const { page } = await open({ policy: { ...guarded(), services }, body: script('door') });
    await expect.poll(() => ran(page)).toEqual(['door']);
  });

  it('a marked script is left to the core, and runs once', async () => {
    const { page, seen } = await open({
      body: script('door', 'type="text/plain" data-category="analytics"'),
    });
    await settle(page, tracker.origin);
    expect(gifs()).toEqual([]);
    await accept(page);
    await expect.poll(() => ran(page)).toEqual(['door']);
    await settle(page, tracker.origin);
    expect(gifs()).toEqual(['/s/door.js']);
    expect(seen.errors).toEqual([]);
  });

  it('a returning visitor who granted has it at once', async () => {
    const { page } = await open({ body: script('door') });
    await accept(page);
    await expect.poll(() => ran(page)).toEqual(['door']);
    await page.reload();
    await expect.poll(() => ran(page)).toEqual(['door']);
  });
});

describe('beside the core', () => {
  const marked = (name: string, attributes = '') =>
    `<script type="text/plain" data-category="analytics" ${attributes} src="${tracker.origin}/s/${name}.js"></script>`;
  const entries = async (page: Page) =>
    (await told(page)).map((line) => line.split(' ').slice(0, 2).join(' '));

  it('what the core releases is never held by the guard, and told once', async () => {
    const { page, seen } = await open({ head: LISTEN, body: marked('one') + marked('two', 'defer') });
    await accept(page);
    await expect.poll(() => ran(page)).toEqual(['one', 'two']);
    await settle(page, tracker.origin);
    expect((await entries(page)).sort()).toEqual(
      ['held mesurio', 'held mesurio', 'released mesurio', 'released mesurio'].map((line) =>
        line.replace('mesurio', 'analytics'),
      ),
    );
    expect(hits().sort()).toEqual(['/s/one.js', '/s/two.js']);
    expect(seen.errors).toEqual([]);
  });

  it('at a returning visit marked scripts run once, in order, though the guard is told after them', async () => {
    const { page, seen } = await open({
      head: LISTEN,
      body: `${marked('slow-100/one')}${marked('two')}${marked('three', 'async')}${marked('four', 'defer')}`,
    });
    await accept(page);
    await expect.poll(() => ran(page)).toHaveLength(4);
    tracker.clear();
    // The core finds them at its start: it stands at the end.
    const policy = `<script type="application/json" data-bandeau-policy>${JSON.stringify(guarded())}</script>`;
    site.pages['/'] = html({
      policy: null,
      core: policy + GUARD + LISTEN,
      body: `${marked('slow-100/one')}${marked('two')}${marked('three', 'async')}${marked('four', 'defer')}${CORE}`,
    });
    await page.reload();
    await expect.poll(() => ran(page)).toHaveLength(4);
    await settle(page, tracker.origin);
    expect((await ran(page)).filter((name) => name !== 'three')).toEqual(['one', 'two', 'four']);
    expect(hits()).toHaveLength(4);
    expect(await entries(page)).toEqual(Array(4).fill('released analytics'));
    expect(await page.locator('[data-bandeau-held-type]').count()).toBe(0);
    expect(seen.errors).toEqual([]);
  });

  it('one frame that the visitor loads once is let through, and no other', async () => {
    const frame = `<iframe data-category="analytics" data-src="${tracker.origin}/f/door.html"></iframe>`;
    const { page } = await open({ head: LISTEN, body: frame });
    await page.evaluate('window.bandeau.loadOnce(document.querySelector("iframe[data-src]"))');
    await expect.poll(gifs).toEqual(['/f/door.html']);
    await act(page, `new Image().src = T + '/p/door.gif'`);
    await settle(page, tracker.origin);
    expect(gifs()).toEqual(['/f/door.html']);
    expect((await entries(page)).filter((line) => line.startsWith('released'))).toEqual([
      'released analytics',
    ]);
  });
});

describe('what the parser puts aside', () => {
  it('a script of a template runs once it is used and granted, not before', async () => {
    const { page } = await open({
      body: `<template><script src="${tracker.origin}/s/door.js"></script></template>`,
    });
    await act(page, `document.body.append(document.querySelector('template').content.cloneNode(true))`);
    await settle(page, tracker.origin);
    expect(gifs()).toEqual([]);
    await accept(page);
    await expect.poll(() => ran(page)).toEqual(['door']);
    await act(
      page,
      `document.body.append(document.importNode(document.querySelector('template').content, true))`,
    );
    await expect.poll(() => ran(page)).toEqual(['door', 'door']);
  });

  it('an element that stays open while others are put behind it is still watched', async () => {
    const script = `<script src="${tracker.origin}/s/door.js"></script>`;
    const { page } = await open({
      body: `<div><section><script>document.body.append(document.createElement('p')); document.querySelector('section').before('x');</script>
        <b><i>${'<u>y</u>'.repeat(3000)}${script}</i></b></section></div><table><tr><td>${script}</td></tr></table>`,
    });
    await settle(page, tracker.origin);
    expect(await ran(page)).toEqual([]);
    await accept(page);
    await expect.poll(() => ran(page)).toEqual(['door', 'door']);
  });
});

describe('a worker of the own site that a service is declared for', () => {
  const own = () => guarded({ hosts: [...HOSTS, 'localhost/worker/'] });
  it.each(['Worker', 'SharedWorker'])(
    '%s fails as the network does, and starts after a grant',
    async (name) => {
      site.pages['/worker/x.js'] = { body: 'self.x = 1;', type: 'text/javascript' };
      const { page, seen } = await open({ policy: own() });
      const start = `const w = new ${name}('/worker/x.js'); window.w = w;`;
      const asked = () => site.requests.filter(({ url }) => url === '/worker/x.js').length;
      expect(
        await act(
          page,
          `${start} return new Promise((r) => (w.onerror = (e) => r(w instanceof ${name} && e.type)))`,
        ),
      ).toBe('error');
      expect(asked()).toBe(0);
      await accept(page);
      await act(page, start);
      await expect.poll(asked).toBe(1);
      expect(seen.errors).toEqual([]);
    },
  );
});

describe('what the command line prints', () => {
  it('guards a page that it is pasted into', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guard-'));
    const file = join(folder, 'policy.json');
    await writeFile(file, JSON.stringify(guarded()));
    const { stdout } = await promisify(execFile)(process.execPath, [
      join(ROOT, 'dist/cli.js'),
      'guard',
      file,
    ]);
    await rm(folder, { recursive: true });
    const policy = `<script type="application/json" data-bandeau-policy>${JSON.stringify(guarded())}</script>`;
    const { page, seen } = await open({
      policy: null,
      core: stdout + policy + CORE,
      body: `<script src="${tracker.origin}/s/door.js"></script>`,
    });
    await settle(page, tracker.origin);
    expect(await ran(page)).toEqual([]);
    await accept(page);
    await expect.poll(() => ran(page)).toEqual(['door']);
    expect(seen.errors).toEqual([]);
  });
});

describe('cookies', () => {
  const write = (page: Page, text: string) =>
    page.evaluate((text) => {
      // biome-ignore lint/suspicious/noDocumentCookie: it is what the page does
      document.cookie = text;
      return document.cookie;
    }, text);

  it('of a denied service are dropped, removed ones and others pass, granted ones are written', async () => {
    const { page } = await open({ head: LISTEN });
    expect(await write(page, '_mes_id=1; path=/')).toBe('');
    expect(await write(page, '_mes_id_other=1; path=/')).toBe('_mes_id_other=1');
    expect(await told(page)).toEqual(['held mesurio _mes_id cookie']);
    await accept(page);
    expect(await write(page, '_mes_id=1; path=/')).toContain('_mes_id=1');
    await withdraw(page);
    expect(await write(page, '_mes_id=2; path=/')).not.toContain('_mes_id=2');
    for (const end of ['max-age=0', 'Max-Age=-1', 'expires=Thu, 01 Jan 1970 00:00:00 GMT']) {
      await page.context().addCookies([{ name: '_mes_id', value: '3', url: site.origin }]);
      expect(await write(page, `_mes_id=; path=/; ${end}`)).not.toContain('_mes_id=3');
    }
  });

  it('by cookieStore are dropped without an error', async () => {
    const { page } = await open();
    const set = (first: unknown, second?: string) =>
      page.evaluate(
        async ([first, second]) => {
          await (cookieStore.set as (...args: unknown[]) => Promise<void>)(
            ...[first, second].filter(Boolean),
          );
          return document.cookie;
        },
        [first, second] as const,
      );
    expect(await set('_mes_id', '1')).toBe('');
    expect(await set({ name: '_mes_id', value: '1' })).toBe('');
    expect(await set('own', '1')).toBe('own=1');
    await accept(page);
    expect(await set('_mes_id', '1')).toContain('_mes_id=1');
  });
});

describe('a page that it does not concern', () => {
  /** What a page can see of the functions of its browser, and of what they do. */
  const LOOK = () => {
    const seen: unknown[] = [];
    const markup = (node: Element) => new XMLSerializer().serializeToString(node);
    const look = (target: object, key: string) => {
      const descriptor = Object.getOwnPropertyDescriptor(target, key);
      const fn = descriptor?.set ?? descriptor?.get ?? descriptor?.value;
      seen.push(
        key,
        fn.name,
        fn.length,
        /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(fn)),
      );
      seen.push(descriptor?.enumerable, descriptor?.writable, 'prototype' in fn);
    };
    for (const key of ['setAttribute', 'setAttributeNS', 'innerHTML', 'insertAdjacentHTML'])
      look(Element.prototype, key);
    look(HTMLScriptElement.prototype, 'src');
    look(HTMLImageElement.prototype, 'srcset');
    look(Document.prototype, 'write');
    look(XMLHttpRequest.prototype, 'open');
    for (const key of ['fetch', 'WebSocket']) look(window, key);
    const attempt = (code: () => unknown) => {
      try {
        seen.push(String(code()));
      } catch (error) {
        seen.push(`${(error as Error).name}: ${(error as Error).message}`);
      }
    };
    const image = new Image();
    attempt(() => image.setAttribute('', 'x'));
    attempt(() => Reflect.apply(Element.prototype.setAttribute, image, ['src']));
    attempt(() => Reflect.apply(Element.prototype.setAttribute, {}, ['src', 'x']));
    attempt(() => Reflect.apply(Element.prototype.setAttributeNode, image, [null]));
    attempt(() => new WebSocket('nonsense:'));
    attempt(() => Reflect.apply(WebSocket, undefined, ['ws://localhost']));
    attempt(() => new XMLHttpRequest().open('G T', '/'));
    attempt(() => class extends WebSocket {}.name);
    const p = document.createElement('p');
    Reflect.set(
      p,
      'innerHTML',
      '<img src="data:," alt="a > b"><a href="/x" data-x=\'1\'>x</a><script src="data:,x"></script>',
    );
    seen.push(markup(p));
    image.src = 'own.gif';
    image.setAttribute('SRCSET', 'own.gif 1x');
    seen.push(markup(image), image.getAttributeNames().join());
    Reflect.set(p, 'innerHTML', null);
    seen.push(markup(p), markup(document.documentElement).replace(/<script.*?<\/script>/gs, ''));
    return seen;
  };

  it('sees the same of every function, and the same document', async () => {
    const parts = { policy: null, body: '<b id="x"></b>' };
    const free = await open({ ...parts, core: '' });
    const expected = await free.page.evaluate(LOOK);
    const policy = `<script type="application/json" data-bandeau-policy>${JSON.stringify(guarded())}</script>`;
    const { page, seen } = await open({ ...parts, core: policy + GUARD });
    const found = await page.evaluate(LOOK);
    for (const [index, one] of expected.entries()) expect([index, found[index]]).toEqual([index, one]);
    expect(expected.filter((one) => one === false).length).toBeGreaterThan(0);
    expect(seen.errors).toEqual(free.seen.errors);
  });
});

describe('startGuard', () => {
  // As text: the test runner would replace an `import()`.
  const start = (page: Page, policy: unknown = guarded()) =>
    page.evaluate(`(async () => {
      const names = () => [Element.prototype.setAttribute, window.fetch, Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set];
      const before = names();
      const { startGuard } = await import('/bandeau/es/guard/index.js');
      window.stopGuard = startGuard(${JSON.stringify(policy)});
      window.isBack = () => names().every((one, i) => one === before[i]);
    })()`);
  const img = () => `document.body.insertAdjacentHTML('beforeend', '<img src="' + T + '/p/door.gif">');`;

  it('holds, and its stop puts everything back; what is held stays held', async () => {
    const { page } = await open({ core: '' });
    await start(page);
    expect(await page.evaluate('isBack()')).toBe(false);
    await act(page, img());
    await page.evaluate('stopGuard(); stopGuard();');
    expect(await page.evaluate('isBack()')).toBe(true);
    await settle(page, tracker.origin);
    expect(gifs()).toEqual([]);
    expect(await page.locator('[data-bandeau-held-src]').count()).toBe(1);
    await act(page, img());
    await expect.poll(gifs).toHaveLength(1);
  });

  it('its stop leaves what somebody else has replaced since, and lets it through', async () => {
    const { page } = await open({ core: '' });
    await start(page);
    await page.evaluate(
      '{ const mine = window.fetch; window.fetch = (...args) => mine(...args); window.mine = window.fetch; stopGuard(); }',
    );
    expect(await page.evaluate('window.fetch === window.mine')).toBe(true);
    expect(await act(page, `return (await fetch(T + '/p/door.gif')).status`)).toBe(200);
  });

  it.each<[string, unknown, string]>([
    ['no policy', null, 'policy.categories is undefined, expected a list'],
    ['no lists', {}, 'policy.categories is undefined, expected a list'],
    ['a list that is none', { categories: [], services: 'x' }, 'policy.services is string, expected a list'],
  ])('refuses %s with a clear error', async (_, policy, problem) => {
    const { page } = await open({ core: '' });
    const error = start(page, policy);
    await expect(error).rejects.toThrow(
      `bandeau: startGuard(policy): ${problem}. Nothing is guarded; give it`,
    );
  });
});

describe('hostile surroundings', () => {
  it('a service without a known category, strange hosts and forged names are denied or ignored', async () => {
    const services = [
      {
        id: 'constructor',
        category: '__proto__',
        hosts: ['', '*', '*.', 'https://x', '127.0.0.1/p/door.gif', '[', '*.*'],
      },
      { id: 'x', category: 'analytics', hosts: ['127.0.0.1/s/'], cookies: [{ pattern: '(' }, {}] },
    ];
    const policy = JSON.stringify({ categories: [{ id: 'analytics', required: true }], services });
    const { page, seen } = await open({ policy, core: GUARD });
    await act(
      page,
      `new Image().src = T + '/p/door.gif'; document.cookie = 'own=1'; document.cookie = 'undefined=1';`,
    );
    await act(
      page,
      `document.head.append(Object.assign(document.createElement('script'), { src: T + '/s/door.js' }))`,
    );
    for (const detail of ['null', '{}', '{ choices: 1 }', '{ choices: { x: true, analytics: 1 } }']) {
      await page.evaluate(`document.dispatchEvent(new CustomEvent('bandeau:change', { detail: ${detail} }))`);
    }
    await page.evaluate('document.dispatchEvent(new Event("bandeau:change"))');
    await settle(page, tracker.origin);
    expect(gifs()).toEqual([]);
    expect(await page.evaluate('document.cookie')).toContain('own=1');
    expect(seen.errors).toEqual([]);
  });

  it('nothing is guarded, and said so, where there is no policy before it', async () => {
    const { seen } = await open({ policy: null, core: GUARD });
    expect(seen.errors).toEqual([expect.stringContaining('bandeau guard: got no policy')]);
  });

  it('strict CSP with a nonce: a held script keeps it and runs', async () => {
    const { page } = await open({
      headers: { 'content-security-policy': `script-src 'nonce-n'` },
      core: (GUARD + CORE).replaceAll('<script', '<script nonce="n"'),
      body: `<script nonce="n" src="${tracker.origin}/s/one.js"></script><script nonce="x" src="${tracker.origin}/s/two.js"></script>`,
    });
    await settle(page, tracker.origin);
    expect(await ran(page)).toEqual([]);
    await accept(page);
    await expect.poll(() => ran(page)).toEqual(['one']);
  });

  it('Trusted Types: where the guard may not vouch, denied HTML is not shown, and other HTML is', async () => {
    const { page, seen } = await open({
      headers: { 'content-security-policy': `require-trusted-types-for 'script'; trusted-types own` },
    });
    await act(
      page,
      `const p = trustedTypes.createPolicy('own', { createHTML: String }); const o = document.querySelector('main p');
       o.innerHTML = p.createHTML('<b>x</b>'); o.insertAdjacentHTML('beforeend', p.createHTML('<img src="' + T + '/p/door.gif">'));`,
    );
    await settle(page, tracker.origin);
    expect(gifs()).toEqual([]);
    expect(await page.locator('main p b').count()).toBe(1);
    expect(await page.locator('main p img').count()).toBe(0);
    expect(seen.errors.filter((line) => !/violates|bandeau-guard/.test(line))).toEqual([]);
  });

  it('Trusted Types: a text that nobody vouched for is refused as ever', async () => {
    const { page } = await open({
      headers: { 'content-security-policy': `require-trusted-types-for 'script'` },
    });
    const refused = await act(
      page,
      `try { document.querySelector('main p').innerHTML = '<img src="' + T + '/p/door.gif">'; } catch (e) { return e.name; }`,
    );
    expect(refused).toBe('TypeError');
    await settle(page, tracker.origin);
    expect(gifs()).toEqual([]);
  });

  it('Trusted Types: a page that has policies of its own works, and its addresses are held', async () => {
    const { page, seen } = await open({
      headers: { 'content-security-policy': `require-trusted-types-for 'script'` },
    });
    await act(
      page,
      `const p = trustedTypes.createPolicy('own', { createHTML: String, createScriptURL: String });
       const s = document.createElement('script'); s.src = p.createScriptURL(T + '/s/door.js'); document.head.append(s);
       const o = document.createElement('p'); o.innerHTML = p.createHTML('<b>x</b>'); document.body.append(o);`,
    );
    await settle(page, tracker.origin);
    expect(gifs()).toEqual([]);
    await accept(page);
    await expect.poll(() => ran(page)).toEqual(['door']);
    expect(seen.errors).toEqual([]);
  });
});
