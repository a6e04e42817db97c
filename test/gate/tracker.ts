import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, listen, type TestServer } from '../support/servers.ts';

/** A third party whose scripts each case can write. */
export interface Tracker extends TestServer {
  /** Bodies of `/s/<name>.js`. */
  scripts: Record<string, string>;
}

/** In a page: notes that something ran. */
export const ranCode = (name: string): string => `(window.__ran ??= []).push('${name}');`;

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path id="i" d="M0 0h9v9z"/></svg>';

/** By extension. What is not here is answered as an empty file: it was requested, which is all that counts. */
const FILES: Record<string, { type: string; body: string | Buffer }> = {
  gif: { type: 'image/gif', body: GIF },
  svg: { type: 'image/svg+xml', body: SVG },
  css: { type: 'text/css', body: 'h1 { letter-spacing: 1px }' },
  html: { type: 'text/html; charset=utf-8', body: '<!doctype html><title>frame</title><p>frame</p>' },
};

const HEADERS = {
  'access-control-allow-origin': '*',
  'timing-allow-origin': '*',
  // A third party sets one of its own with every answer.
  'set-cookie': 'third_party=1; Path=/; SameSite=None; Secure',
};

/**
 * Starts the second origin, on `127.0.0.1`: to a page on `localhost` that is another site. It logs every
 * request and sets a cookie with every answer.
 *
 * - `/s/<name>.js`: what `scripts` says, or a script that notes `<name>` in `window.__ran`
 * - `/<anything>.gif`, `.svg`, `.css`, `.html`: such a file
 * - `/v<number>/…`: the same; no browser has it in a cache
 * - `/slow-<ms>/…`: the same after so many milliseconds
 * - `/fail/…`: 404
 */
export async function startGateTracker(): Promise<Tracker> {
  const scripts: Record<string, string> = {};
  const server = await listen('127.0.0.1', async ({ pathname }): Promise<Answer> => {
    const [, slow, path = ''] = /^(?:\/v\d+)?(?:\/slow-(\d+))?(\/.*)$/.exec(pathname) ?? [];
    if (slow) await delay(Number(slow));
    if (path.startsWith('/fail/')) return { status: 404, headers: HEADERS, body: '' };
    const [, name] = /^\/s\/([\w-]+)\.js$/.exec(path) ?? [];
    if (name) {
      const headers = { ...HEADERS, 'content-type': 'text/javascript; charset=utf-8' };
      return { status: 200, headers, body: scripts[name] ?? ranCode(name) };
    }
    const file = FILES[path.slice(path.lastIndexOf('.') + 1)];
    return {
      status: 200,
      headers: { ...HEADERS, 'content-type': file?.type ?? 'application/octet-stream' },
      body: file?.body ?? '',
    };
  });
  return { ...server, scripts };
}
