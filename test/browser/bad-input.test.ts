import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hash } from '../../src/policy/hash.ts';
import { keptOfADecision, stored } from '../support/chromium.ts';
import { ROOT } from '../support/root.ts';
import {
  answer,
  ask,
  banner,
  decide,
  html,
  POLICY,
  ran,
  reached,
  settle,
  useChromium,
  useDemo,
  useSite,
} from '../support/stage.ts';

// Whatever is wrong with what the SDK is given, it grants nothing and the page works.

const demo = useDemo();
const { site, tracker } = useSite();
const visitors = useChromium();

const HELD = () =>
  `<script type="text/plain" data-category="analytics" src="${tracker.origin}/s/held.js"></script>`;
const errorsOf = (lines: readonly string[]) => lines.filter((line) => line.startsWith('error: '));
/** The page answers to a click: none of its own scripts died with ours. */
const WORKS = `<button id="own" onclick="this.textContent = 'clicked'">page</button>`;

const setCookie = (page: Page, value: string) =>
  page.evaluate(`document.cookie = ${JSON.stringify(`bandeau=${value}; path=/`)}`);

async function expectUsable(page: Page) {
  await page.locator('#own').click();
  expect(await page.locator('#own').textContent()).toBe('clicked');
}

describe('a cookie that is no receipt', () => {
  /** What a yes and a partly yes really look like. */
  async function realReceipts(page: Page): Promise<string[]> {
    const receipts: string[] = [];
    for (const action of ['accept-all', 'reject-all']) {
      await page.goto(site.origin);
      await decide(page, action);
      receipts.push((await page.evaluate(() => document.cookie)).replace('bandeau=', ''));
      await page.context().clearCookies();
    }
    return receipts;
  }

  /** Of a real one: each field changed, cut, left out, repeated; each character of some. None is whole. */
  function damage(real: string): string[] {
    const fields = real.split(':');
    const spliced = (at: number, remove: number, ...add: string[]) => [
      ...fields.slice(0, at),
      ...add,
      ...fields.slice(at + remove),
    ];
    const withField = (index: number, value: string) => spliced(index, 1, value).join(':');
    const resealed = (changed: string[]) => {
      const text = changed.slice(0, -1).join(':');
      return `${text}:${hash(text)}`;
    };
    const made = [
      ...fields.flatMap((field, i) => [
        withField(i, ''),
        withField(i, `${field}0`),
        withField(i, field.slice(1)),
        withField(i, `${field}:`),
        spliced(i, 1).join(':'),
        spliced(i, 0, field).join(':'),
      ]),
      real.slice(1),
      real.slice(0, -1),
      real.slice(0, real.length / 2),
      real.toUpperCase(),
      `${real}${real}`,
      real + 'A'.repeat(3000),
      [...real].reverse().join(''),
      real.replace('denied', 'granted'),
      // Whoever can count the hash writes what they like; what is not understood still grants nothing.
      resealed(spliced(0, 1, '2')),
      resealed(spliced(0, 1, '0')),
      resealed(spliced(2, 1, 'never')),
      resealed(spliced(2, 1, String(Math.floor(Date.now() / 1000) + 10 * 86_400))),
      resealed(spliced(4, 1, '%E0%A4%A')),
      resealed([...fields.slice(0, 3), 'x']),
    ];
    return [...new Set(made)].filter((text) => text !== real && text !== '');
  }

  const RANDOM = (() => {
    let seed = 20_250_101;
    const next = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const alphabet = 'abcXYZ019.:-_%~!*|{}[]()/?=&+$#@^`';
    return Array.from({ length: 12 }, () =>
      Array.from({ length: 1 + next(200) }, () => alphabet[next(alphabet.length)]).join(''),
    );
  })();
  const WORDS = [
    'granted',
    'true',
    '1',
    'accept-all',
    '{"analytics":"granted"}',
    ':',
    '1:::::::::',
    '__proto__',
  ];

  it('grants nothing, and the question is asked', async () => {
    const { page, seen } = await visitors.arrive();
    site.pages['/'] = html({ body: HELD() });
    site.pages['/plain'] = '<!doctype html><link rel="icon" href="data:,"><title>plain</title>';
    const real = await realReceipts(page);
    tracker.clear();
    const bad = [...damage(real[0] as string), ...RANDOM, ...WORDS];
    expect(bad.length).toBeGreaterThan(80);
    await page.goto(`${site.origin}/plain`);
    for (const text of bad) {
      await setCookie(page, text);
      await page.goto(site.origin, { waitUntil: 'domcontentloaded' });
      const found = await ask(page, ({ receipt, choices, promptReason, isGranted, $surface }) => ({
        receipt,
        choices,
        reason: promptReason?.type,
        surface: $surface.get(),
        granted: ['analytics', 'preference', 'mesurio', 'confort'].some(isGranted),
      }));
      expect(found, text).toEqual({
        receipt: null,
        choices: {},
        reason: 'receipt-damaged',
        surface: 'banner',
        granted: false,
      });
    }
    await banner(page).waitFor();
    await settle(page, tracker.origin);
    expect(reached(tracker.requests)).toEqual([]);
    expect(seen.errors).toEqual([]);
  }, 90_000);

  it('is not every cookie: the real one, put back by hand, grants', async () => {
    const { page } = await visitors.arrive();
    site.pages['/'] = html({ body: HELD() });
    const [yes, no] = (await realReceipts(page)) as [string, string];
    for (const [text, expected] of [
      [yes, ['held']],
      [no, []],
    ] as const) {
      await page.goto(site.origin);
      await setCookie(page, text);
      await page.reload();
      await settle(page, tracker.origin);
      expect(await ran(page)).toEqual(expected);
      expect(await banner(page).count()).toBe(0);
    }
  });

  for (const version of ['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty']) {
    it(`of schema version \`${version}\`, with the right hash, grants nothing and does not hang the page`, async () => {
      const { page, seen } = await visitors.arrive();
      site.pages['/'] = html({ body: HELD() });
      const [yes] = (await realReceipts(page)) as [string];
      const text = [version, ...yes.split(':').slice(1, -1)].join(':');
      await page.goto(site.origin);
      await setCookie(page, `${text}:${hash(text)}`);
      tracker.clear();
      await page.goto(site.origin);
      await banner(page).waitFor();
      expect(await ask(page, (consent) => consent.isGranted('analytics'))).toBe(false);
      await settle(page, tracker.origin);
      expect(reached(tracker.requests)).toEqual([]);
      expect(seen.errors).toEqual([]);
    });
  }

  it('is replaced by the answer', async () => {
    const { page } = await visitors.arrive();
    site.pages['/'] = html({ body: HELD() });
    await page.goto(site.origin);
    await setCookie(page, 'nonsense');
    await page.reload();
    await decide(page, 'accept-all');
    await page.reload();
    await expect.poll(() => ran(page)).toEqual(['held']);
    expect(await banner(page).count()).toBe(0);
  });
});

describe('a held script that the policy does not know', () => {
  it('stays held after a yes to everything, with one warning that names it', async () => {
    const { page } = await visitors.arrive();
    const warned: Promise<string>[] = [];
    page.on('console', (message) => {
      if (message.type() !== 'warning') return;
      const element = message.args().at(-1);
      warned.push(
        element?.evaluate(
          (node) => (node as unknown as HTMLElement).getAttribute?.('src') ?? '',
        ) as Promise<string>,
      );
    });
    await page.goto(`${demo.url}/cases/unknown-category.html`);
    await decide(page, 'accept-all');
    await page.evaluate('(bandeau.scan(), bandeau.scan(document.head))');
    await expect.poll(() => ran(page)).toEqual(['witness']);
    await settle(page, demo.trackerUrl);
    expect(reached(demo.requests)).toEqual(['/s/witness.js']);
    expect((await Promise.all(warned)).map((src) => src.split('/').at(-1)).sort()).toEqual([
      'empty-category.js',
      'mismatch.js',
      'prototype.js',
      'unknown-category.js',
      'unknown-service.js',
    ]);
  });
});

describe('a policy that is no use', () => {
  /** Opens a page of the demo cases; nothing may run, nothing may be asked, nothing may throw. */
  async function open(path: string) {
    const { page, seen } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/${path}`);
    await expect.poll(() => errorsOf(seen.console).length).toBeGreaterThan(0);
    await page.locator('[data-bandeau="preferences"]').click();
    await settle(page, demo.trackerUrl);
    expect(reached(demo.requests)).toEqual([]);
    expect(await ran(page)).toEqual([]);
    expect(await banner(page).count()).toBe(0);
    expect(await stored(page)).toEqual([]);
    expect(seen.errors).toEqual([]);
    expect(await ask(page, (consent) => consent.isGranted('analytics'))).toBe(false);
    // The browser itself says what answered 404; that is not ours.
    return errorsOf(seen.console).filter((line) => !line.includes('Failed to load resource'));
  }

  it('none at all: held, and a warning that says what to do', async () => {
    const { page, seen } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/no-policy.html`);
    await expect
      .poll(() => seen.console)
      .toEqual([expect.stringMatching(/^warning: bandeau: .*everything stays held.*bandeau\.init/)]);
    await settle(page, demo.trackerUrl);
    expect(reached(demo.requests)).toEqual([]);
    expect(await banner(page).count()).toBe(0);
    expect(await ask(page, (consent) => consent.isGranted('analytics'))).toBe(false);
  });

  it('broken JSON: held, one error that says where', async () => {
    const errors = await open('broken-json.html');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/everything stays held.*JSON/s);
  });

  it('an address that answers 404: held, one error with the address', async () => {
    const errors = await open('policy-url-404.html');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain('/cases/absent.json');
  });

  it('an invalid one: held, one error that explains each problem', async () => {
    const errors = await open('invalid-policy.html');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^error: bandeau: \d+ errors? in the policy/);
    for (const part of ['version', 'categories', 'services[0]', 'services[1]'])
      expect(errors[0]).toContain(part);
  });

  const SHAPES: Record<string, string> = {
    null: 'null',
    'a list': '[]',
    'a text': '"policy"',
    'an empty object': '{}',
    'an error message of an API': '{"error":"not found"}',
    'services that are no list': JSON.stringify({ ...POLICY, services: {} }),
    'two services of one name': JSON.stringify({
      ...POLICY,
      services: [POLICY.services[1], POLICY.services[1]],
    }),
    'a name that every object has': JSON.stringify({ ...POLICY, categories: [{ id: 'constructor' }] }),
  };
  for (const [name, policy] of Object.entries(SHAPES)) {
    it(`${name}, without data-debug: held, one error that explains`, async () => {
      const { page, seen } = await visitors.arrive();
      site.pages['/'] = html({ policy, body: HELD() + WORKS });
      await page.goto(site.origin);
      await expect.poll(() => errorsOf(seen.console)).toHaveLength(1);
      await settle(page, tracker.origin);
      expect(errorsOf(seen.console)).toHaveLength(1);
      expect(errorsOf(seen.console)[0]).toMatch(/in the policy/);
      expect(reached(tracker.requests)).toEqual([]);
      expect(await banner(page).count()).toBe(0);
      expect(seen.errors).toEqual([]);
      await expectUsable(page);
    });
  }

  it('an invalid one, and the explanation cannot be loaded: held, one error all the same', async () => {
    const { page, seen } = await visitors.arrive();
    await page.route('**/bandeau-debug.js', (route) => route.abort());
    site.pages['/'] = html({ policy: '{}', body: HELD() + WORKS });
    await page.goto(site.origin);
    const ours = () => errorsOf(seen.console).filter((line) => line.includes('bandeau:'));
    await expect.poll(ours).toHaveLength(1);
    expect(ours()[0]).toContain('everything stays held');
    expect(seen.errors).toEqual([]);
    await expectUsable(page);
  });

  it('a good one, and the check of it cannot be loaded: nothing else is said to be wrong', async () => {
    const { page, seen } = await visitors.arrive();
    await page.route('**/bandeau-debug.js', (route) => route.abort());
    site.pages['/'] = html({ core: '<script src="/bandeau/bandeau.js" data-debug></script>', body: HELD() });
    await page.goto(site.origin);
    await banner(page).waitFor();
    const ours = () => errorsOf(seen.console).filter((line) => line.includes('bandeau:'));
    await expect.poll(ours).toHaveLength(1);
    expect(ours()[0]).not.toContain('held');
  });

  it('a good one explains nothing', async () => {
    const { page, seen } = await visitors.arrive();
    site.pages['/'] = html({ body: HELD() });
    await page.goto(site.origin);
    await banner(page).waitFor();
    expect(seen).toMatchObject({ console: [], errors: [] });
    expect(site.requests.map(({ url }) => url)).not.toContain('/bandeau/bandeau-debug.js');
  });
});

describe('storage that throws', () => {
  for (const action of ['accept-all', 'reject-all']) {
    it(`${action} holds for this page, and the next one asks again`, async () => {
      const { page, seen } = await visitors.arrive();
      await page.addInitScript(() => {
        const refuse = () => {
          throw new DOMException('denied', 'SecurityError');
        };
        Object.defineProperty(Document.prototype, 'cookie', { get: refuse, set: refuse });
        for (const name of ['localStorage', 'sessionStorage'])
          Object.defineProperty(window, name, { get: refuse });
      });
      site.pages['/'] = html({ body: HELD() + WORKS });
      await page.goto(site.origin);
      await decide(page, action);
      const granted = action === 'accept-all';
      await settle(page, tracker.origin);
      expect(await ran(page)).toEqual(granted ? ['held'] : []);
      // What makes the SDK look at the cookie again must not undo the answer.
      await page.evaluate(() => {
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      });
      await settle(page, tracker.origin);
      expect(await ask(page, (consent) => consent.isGranted('analytics'))).toBe(granted);
      expect(await banner(page).count()).toBe(0);
      expect(errorsOf(seen.console)).toEqual([expect.stringContaining('could not be stored')]);
      expect(seen.errors).toEqual([]);
      await expectUsable(page);
      await page.reload();
      await banner(page).waitFor();
    });
  }
});

describe('a part that does not load', () => {
  for (const part of ['bandeau-banner.js', 'locales/banner/*.js']) {
    it(`${part}: everything stays held, the page works, one error`, async () => {
      const { page, seen } = await visitors.arrive();
      await page.route(`**/bandeau/${part}`, (route) => route.abort());
      site.pages['/'] = html({ body: HELD() + WORKS });
      await page.goto(site.origin);
      const ours = () => errorsOf(seen.console).filter((line) => line.includes('bandeau:'));
      await expect.poll(ours).toHaveLength(1);
      expect(ours()[0]).toMatch(/could not be shown/);
      await settle(page, tracker.origin);
      expect(reached(tracker.requests)).toEqual([]);
      expect(await stored(page)).toEqual([]);
      expect(seen.errors).toEqual([]);
      await expectUsable(page);
    });
  }

  it('the banner: the link of the page still opens the preferences', async () => {
    const { page } = await visitors.arrive();
    await page.route('**/bandeau-banner.js', (route) => route.abort());
    site.pages['/'] = html({ body: HELD() });
    await page.goto(site.origin);
    await page.locator('#link').click();
    await answer(page, 'save').waitFor();
    await answer(page, 'accept-all').click();
    await expect.poll(() => ran(page)).toEqual(['held']);
  });
});

describe('a page that makes mistakes', () => {
  it('a callback that throws: reported, and the others run', async () => {
    const { page, seen } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/throwing-callback.html`);
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['after']);
    const called = (await page.evaluate('window.__called')) as string[];
    expect([...new Set(called)].sort()).toEqual(
      ['callback', 'change', 'consent', 'first-consent', 'ready', 'subscribe'].sort(),
    );
    expect(seen.errors.filter((error) => error.includes('page: callback')).length).toBeGreaterThan(0);
    await page.reload();
    await expect.poll(() => ran(page)).toEqual(['after']);
  });

  it('a subscriber that throws: the others hear of the choice, and the script runs', async () => {
    const { page, seen } = await visitors.arrive();
    site.pages['/'] = html({ body: HELD() });
    await page.goto(site.origin);
    await page.evaluate(() => {
      type Bandeau = { subscribe(listener: (choices: Record<string, string>) => void): void };
      const { bandeau } = window as unknown as { bandeau: Bandeau };
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      bandeau.subscribe((choices) => {
        if (choices['mesurio']) throw new Error('page: subscriber');
      });
      bandeau.subscribe((choices) => heard.push(choices['mesurio'] ?? 'unasked'));
    });
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toEqual(['held']);
    expect(await page.evaluate('window.heard')).toEqual(['unasked', 'granted']);
    expect(seen.errors).toEqual(['Error: page: subscriber']);
  });

  it('the SDK twice and init twice: one banner, each script once', async () => {
    const { page, seen } = await visitors.arrive();
    await page.goto(`${demo.url}/cases/double-script.html`);
    await banner(page).waitFor();
    expect(await banner(page).count()).toBe(1);
    await decide(page, 'accept-all');
    await expect.poll(() => ran(page)).toHaveLength(2);
    await settle(page, demo.trackerUrl);
    expect(await ran(page)).toEqual(['once', 'inline-once']);
    expect(reached(demo.requests)).toEqual(['/s/once.js']);
    expect(seen.errors).toEqual([]);
    expect(errorsOf(seen.console)).toEqual([]);
    expect(seen.console.join()).toContain('twice');
    await page.reload();
    await expect.poll(() => ran(page)).toHaveLength(2);
  });

  it('init in the page and a policy in the page: the first one stays in force', async () => {
    const { page, seen } = await visitors.arrive();
    site.pages['/'] = html({
      core: `<script>
        window.bandeau = [];
        bandeau.push(['init', ${JSON.stringify({ ...POLICY, version: 'first' })}]);
      </script><script src="/bandeau/bandeau.js"></script>`,
      body: HELD(),
    });
    await page.goto(site.origin);
    await decide(page, 'reject-all');
    expect(await ask(page, ({ receipt }) => receipt?.policyVersion)).toBe('first');
    expect(seen.errors).toEqual([]);
  });

  it('two instances of the package in one page: one answer decides for both, each script runs once', async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import { createConsent } from './dist/es/index.js';
          const policy = ${JSON.stringify(POLICY)};
          window.both = [createConsent({ policy }), createConsent({ policy })];`,
        resolveDir: ROOT,
      },
      bundle: true,
      write: false,
      format: 'esm',
      define: { 'process.env.NODE_ENV': '"production"' },
    });
    const { page, seen } = await visitors.arrive();
    site.pages['/two.js'] = { body: outputFiles[0]?.text ?? '', type: 'text/javascript' };
    site.pages['/'] = html({
      policy: null,
      core: '<script type="module" src="/two.js"></script>',
      body: HELD(),
    });
    await page.goto(site.origin);
    await answer(page, 'accept-all').first().waitFor();
    // Of two that lie one over the other, the one that came last is there to be clicked.
    await answer(page, 'accept-all').first().click();
    await page.waitForFunction(() => !document.querySelector('[data-bandeau-root]'));
    await settle(page, tracker.origin);
    expect(await ran(page)).toEqual(['held']);
    expect(reached(tracker.requests)).toEqual(['/s/held.js']);
    const ids = await page.evaluate('both.map((one) => [one.receipt.id, one.isGranted("analytics")])');
    const [[id]] = ids as [[string]];
    expect(ids).toEqual([
      [id, true],
      [id, true],
    ]);
    await expect.poll(() => stored(page)).toEqual(keptOfADecision('bandeau'));
    expect(seen).toMatchObject({ console: [], errors: [] });
  });
});
