/**
 * When the banner is visible, and when the page's own picture is, for each way to load the library: first visits on a slow
 * 4G (1.6 Mbit/s) in Chromium. `node bench/load/measure.mjs [rounds] [latency in ms] [photos] [names]`, after a build; photos compete
 * with what is loaded, names are a regular expression.
 * 150 ms is the round trip of Lighthouse's slow 4G; its 562 are what the browser's own throttle is given for it.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { findBrowsers } from '../../scripts/browsers.mjs';
import { ways } from './ways.mjs';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const [rounds = 9, latency = 150, photos = 0, only = ''] = process.argv.slice(2);
const SLOW_4G = {
  offline: false,
  latency: Number(latency),
  downloadThroughput: 200_000,
  uploadThroughput: 94_000,
};

const noise = (length) =>
  Array.from({ length }, (_, i) => Math.abs(Math.sin(i * 12.9898) * 43758.5453).toString(36)[4]).join('');
const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="500"><rect width="800" height="500" fill="#357"/><!--${noise(60_000)}--></svg>`;
const TEXT = Array.from({ length: 30 }, (_, i) => `<p>${i} ${noise(300)}</p>`).join('\n');
const PHOTOS = Array.from(
  { length: Number(photos) },
  (_, i) => `<img src="/photo-${i}.svg" width="80" height="50" alt="">`,
).join('');
const STYLE = `body { font: 16px sans-serif } /* ${noise(12_000)} */`;
const page = ({ head = '', body = '' }) =>
  `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>essai</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${head}<link rel="stylesheet" href="/style.css"></head><body><h1>Essai</h1><img src="/picture.svg" fetchpriority="high" width="800" height="500" alt="">${TEXT}${PHOTOS}${body}</body></html>`;

const WAYS = ways();
const packed = new Map();
const answerOf = (pathname) => {
  if (pathname === '/picture.svg') return [PICTURE, 'image/svg+xml'];
  if (pathname.startsWith('/photo-')) return [PICTURE.slice(0, 30_000).concat('--></svg>'), 'image/svg+xml'];
  if (pathname === '/style.css') return [STYLE, 'text/css'];
  if (pathname === '/policy.json') return [WAYS.policy, 'application/json'];
  if (pathname.startsWith('/bandeau/'))
    return [readFileSync(DIST + pathname.slice('/bandeau/'.length)), 'text/javascript'];
  const way = WAYS.all.find(({ name }) => `/${encodeURIComponent(name)}` === pathname);
  return way && [page(way), 'text/html'];
};
const requests = [];
const server = createServer(({ url, headers }, response) => {
  requests.push(url);
  const answer = answerOf(url);
  if (!answer) return response.writeHead(404).end();
  const isPacked = headers['accept-encoding']?.includes('br') && !/svg|css/.test(url);
  if (!packed.has(url)) packed.set(url, isPacked ? brotliCompressSync(answer[0]) : answer[0]);
  response
    .writeHead(200, {
      'content-type': `${answer[1]}; charset=utf-8`,
      'cache-control': url.startsWith('/bandeau/') ? 'max-age=31536000, immutable' : 'no-cache',
      ...(isPacked && { 'content-encoding': 'br' }),
    })
    .end(packed.get(url));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

/** Runs in the page, before it. */
const watch = () => {
  const seen = {};
  window.__seen = seen;
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) seen.lcp = startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  const look = () => {
    const banner = document.querySelector('[data-bandeau-layer=banner]');
    if (banner?.getBoundingClientRect().height && getComputedStyle(banner).opacity === '1') {
      seen.banner = performance.now();
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};

const found = findBrowsers().chromium;
if (!found.ok) throw new Error(found.reason);
const browser = await chromium.launch({
  executablePath: found.path,
  args: ['--no-sandbox', '--disable-gpu'],
});
const results = new Map();
const warnings = new Map();
const chosen = WAYS.all.filter(({ name }) => new RegExp(only).test(name));
for (let round = 0; round < rounds; round++) {
  for (const { name, head, body, isReturning } of chosen) {
    const context = await browser.newContext({
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 900 },
    });
    const tab = await context.newPage();
    tab.on('console', (message) => warnings.set(`${name}: ${message.text()}`, true));
    await tab.addInitScript(watch);
    const address = `${origin}/${encodeURIComponent(name)}`;
    const hasLibrary = !!(head ?? body);
    if (isReturning && hasLibrary) {
      await tab.goto(address);
      await tab.click('[data-bandeau-action=accept-all]');
      await tab.waitForSelector('[data-bandeau-layer=banner]', { state: 'detached' });
    }
    const cdp = await context.newCDPSession(tab);
    await cdp.send('Network.enable');
    await cdp.send('Network.emulateNetworkConditions', SLOW_4G);
    requests.length = 0;
    await tab.goto(address, { waitUntil: 'load' });
    if (!isReturning) await tab.waitForFunction(() => window.__seen.banner);
    const { banner, lcp } = await tab.evaluate(() => window.__seen);
    const fcp = await tab.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    );
    const of = results.get(name) ?? { banner: [], fcp: [], lcp: [] };
    results.set(name, of);
    of.banner.push(banner);
    of.fcp.push(fcp);
    of.lcp.push(lcp);
    of.requests = requests.filter((url) => !/svg|css/.test(url)).slice(1);
    await context.close();
  }
}
await browser.close();
server.close();

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const [floor] = results.values();
console.log(
  '| way | banner visible, ms (min–max) | × floor | FCP | LCP | requests |\n| --- | ---: | ---: | ---: | ---: | --- |',
);
for (const [name, { banner, fcp, lcp, requests }] of results) {
  const ms = (list) => Math.round(median(list));
  const range = `${Math.round(Math.min(...banner))}–${Math.round(Math.max(...banner))}`;
  const ratio = floor && median(banner.map((one, i) => one / floor.banner[i])).toFixed(2);
  console.log(
    `| ${name} | ${banner[0] === undefined ? '–' : `${ms(banner)} (${range})`} | ${ratio} | ${ms(fcp)} | ${ms(lcp)} | ${requests.length}: ${requests.map((url) => url.replace('/bandeau/', '')).join(' ')} |`,
  );
}
for (const warning of warnings.keys()) console.log(warning);
