/** What both measurements begin with: a server for the built files and one page, and a Chromium. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import { findBrowsers } from '../../scripts/browsers.mjs';

const DIST = new URL('../../dist/', import.meta.url);

const POLICY = {
  version: '2026-01-01',
  controller: { name: 'Quillfern Press', contact: 'privacy@quillfern.example', privacyUrl: '/privacy' },
  scope: { sites: ['localhost'] },
  categories: [{ id: 'essential' }, { id: 'analytics' }],
  services: [{ id: 'visits', category: 'analytics', vendor: { name: 'Mesurio' }, purpose: 'Counts visits.' }],
};

export const LIBRARY = `<script type="application/json" data-bandeau-policy>${JSON.stringify(POLICY)}</script>
  <script src="/bandeau/bandeau.js"></script>`;

/**
 * Opens pages by their HTML, each in a context of its own.
 * @param {Record<string, string>} pages by path
 */
export async function startBench(pages) {
  const found = findBrowsers().chromium;
  if (!found.ok) throw new Error(found.reason);
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    const page = pages[path];
    if (page) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    else if (/^\/bandeau\/[\w./-]+\.js$/.test(path) && !path.includes('..')) {
      const body = readFileSync(new URL(path.slice('/bandeau/'.length), DIST));
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(body);
    } else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, 'localhost', () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  return {
    version: browser.version(),
    /**
     * @param {string} path
     * @param {number} [slowdown] of the processor: 4 is a telephone of the middle class
     */
    async open(path, slowdown = 1) {
      const context = await browser.newContext();
      const page = await context.newPage();
      const protocol = await context.newCDPSession(page);
      await protocol.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
      await protocol.send('Performance.enable');
      await page.goto(`http://localhost:${port}${path}`);
      return { page, protocol, close: () => context.close() };
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** @param {number} value */
export const ms = (value) => `${value.toFixed(1)} ms`;
