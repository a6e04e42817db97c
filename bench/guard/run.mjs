/**
 * `node bench/guard/run.mjs`: what the guard costs a page that it does not concern. Each case is timed in fresh
 * pages with and without it, by turns, and the medians are compared. Needs `npm run build` and a Chromium.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import { findBrowsers } from '../../scripts/browsers.mjs';

const ROUNDS = Number(process.argv[2] ?? 11);
const POLICY = {
  categories: [{ id: 'essential' }, { id: 'analytics' }],
  services: Array.from({ length: 20 }, (_, i) => ({
    id: `service${i}`,
    category: 'analytics',
    hosts: [`*.tracker${i}.example`, `cdn${i}.example/tag/`],
    cookies: [{ name: `_t${i}` }],
  })),
};

/** Each runs in the page and does its thing 10,000 times (or as often as it says). */
const CASES = {
  'createElement + append, 10,000': () => {
    const box = document.createElement('div');
    document.body.append(box);
    for (let i = 0; i < 10_000; i++) box.append(document.createElement('div'));
    box.remove();
  },
  'createElement + setAttribute(class) + append, 10,000': () => {
    const box = document.createElement('div');
    document.body.append(box);
    for (let i = 0; i < 10_000; i++) {
      const one = document.createElement('div');
      one.setAttribute('class', 'x');
      box.append(one);
    }
    box.remove();
  },
  'innerHTML of 100 rows with a link, 100': () => {
    const box = document.createElement('div');
    document.body.append(box);
    const html = '<p class="row"><a href="/own/page">own</a> and some text of a row</p>'.repeat(100);
    for (let i = 0; i < 100; i++) Reflect.set(box, 'innerHTML', html);
    box.remove();
  },
  'image src of the own site, 10,000': () => {
    for (let i = 0; i < 10_000; i++) new Image().src = 'data:,';
  },
};

const guard = readFileSync(new URL('../../dist/bandeau-guard.js', import.meta.url), 'utf8');
const rules = JSON.stringify(POLICY).replaceAll('"', '&quot;');
const page = (head) => `<!doctype html><title>bench</title>${head}<body>`;
/** The case runs inside of the parser when it says so, where the observer is on. */
const address = (isGuarded, whileParsing) =>
  `/${isGuarded ? 'guard' : 'free'}${whileParsing ? '/parsing' : ''}`;

const server = createServer((request, response) => {
  const head = request.url.startsWith('/guard') ? `<script data-rules="${rules}">${guard}</script>` : '';
  const timed = `<script>const start = performance.now(); (${CASES['createElement + append, 10,000']})();
    queueMicrotask(() => { window.took = performance.now() - start; });</script>`;
  response.setHeader('content-type', 'text/html');
  response.end(page(head) + (request.url.endsWith('/parsing') ? timed : ''));
});
await new Promise((resolve) => server.listen(0, 'localhost', resolve));
const origin = `http://localhost:${server.address().port}`;

const found = findBrowsers().chromium;
if (!found.ok) throw new Error(found.reason);
const browser = await chromium.launch({
  executablePath: found.path,
  args: ['--no-sandbox', '--disable-gpu'],
});

async function time(isGuarded, code) {
  const tab = await browser.newPage();
  await tab.goto(origin + address(isGuarded, !code));
  const took = code
    ? await tab.evaluate(`(() => {
        const run = ${code};
        for (let i = 0; i < 3; i++) run();
        const times = [];
        for (let i = 0; i < 7; i++) { const start = performance.now(); run(); times.push(performance.now() - start); }
        return times.sort((a, b) => a - b)[3];
      })()`)
    : await tab.evaluate('took');
  await tab.close();
  return took;
}

const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];

for (const [name, code] of [
  ...Object.entries(CASES),
  ['createElement + append, 10,000, while the page is parsed'],
]) {
  const times = { free: [], guard: [] };
  for (let round = 0; round < ROUNDS; round++) {
    // Whoever is second has the warmer machine.
    for (const isGuarded of round % 2 ? [true, false] : [false, true]) {
      times[isGuarded ? 'guard' : 'free'].push(await time(isGuarded, code && String(code)));
    }
  }
  const free = median(times.free);
  const guarded = median(times.guard);
  console.log(
    `${name}: ${free.toFixed(2)} ms without, ${guarded.toFixed(2)} ms with, ratio ${(guarded / free).toFixed(3)}`,
  );
}
await browser.close();
server.close();
