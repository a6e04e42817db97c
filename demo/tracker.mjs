/**
 * The second origin: it plays every third party of the demo pages.
 *
 *   /s/<service>.js              a script that writes its name in `window.__ran`, then what the query asks:
 *     ?cookie=name               a first-party cookie for a year; `name:30` for 30 days, `name:0` for a session
 *     ?domain=example.org        shares these cookies with the sub-domains
 *     ?local=key&session=key     one key of localStorage, of sessionStorage
 *     ?pixel=campaign            an image request to /p/<service>.gif?id=campaign
 *     ?slot=id&label=text        writes the text in the element of that id, as a widget or an ad would
 *   /s/slow-<ms>/<service>.js    the same, later
 *   /p/<anything>.gif            a transparent image of one pixel
 *   /e/<service>.html?title=…    a page to embed, which sets a cookie of its own
 *
 * `cookie`, `local` and `session` may be repeated. Any other address is a 404: a dead host, for a test.
 */
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const SECONDS_PER_DAY = 86_400;
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const SCRIPT_PATH = /^\/s\/(?:slow-(\d{1,5})\/)?([\w-]+)\.js$/;
const PIXEL_PATH = /^\/p\/[\w-]+\.gif$/;
const EMBED_PATH = /^\/e\/[\w-]+\.html$/;

/** A value from an address as a JavaScript literal: JSON, whose strings are also valid JavaScript. */
const literal = (value) => JSON.stringify(value);

function cookieStatement(declaration, domain) {
  const [name, days = '365'] = declaration.split(':');
  const age = Number(days) > 0 ? `; max-age=${Number(days) * SECONDS_PER_DAY}` : '';
  const share = domain ? `; domain=${domain}` : '';
  return `document.cookie = ${literal(`${name}=demo; path=/; samesite=lax${age}${share}`)};`;
}

/**
 * Text of a tracker's script, or null when `url` is not the address of one. It depends on the
 * address alone, so that a page can state its hash in `integrity`.
 */
export function trackerScript(url) {
  const service = SCRIPT_PATH.exec(url.pathname)?.[2];
  if (!service) return null;
  const query = url.searchParams;
  const lines = [`(window.__ran ??= []).push(${literal(service)});`];
  for (const cookie of query.getAll('cookie')) lines.push(cookieStatement(cookie, query.get('domain')));
  for (const key of query.getAll('local')) lines.push(`localStorage.setItem(${literal(key)}, 'demo');`);
  for (const key of query.getAll('session')) lines.push(`sessionStorage.setItem(${literal(key)}, 'demo');`);
  if (query.has('pixel')) {
    const pixel = new URL(`/p/${service}.gif`, url);
    pixel.searchParams.set('id', query.get('pixel'));
    lines.push(`new Image().src = ${literal(pixel.href)};`);
  }
  if (query.has('slot')) {
    // The element may not be there: the same service runs on pages without a place for it.
    lines.push(`{ const slot = document.getElementById(${literal(query.get('slot'))});`);
    lines.push(
      `  if (slot) { slot.textContent = ${literal(query.get('label'))}; slot.dataset.filled = ''; } }`,
    );
  }
  return `${lines.join('\n')}\n`;
}

const embedPage = (title) => `<!doctype html><meta charset="utf-8"><title>embed</title>
<style>html { color-scheme: dark } body { display: grid; place-items: center; height: 100vh; margin: 0;
background: #123; color: #fff; font: 1.25rem system-ui }</style>
<p>▶ ${title.replace(/[&<]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</p>`;

/**
 * `onRequest` hears of every request as it arrives, so a test sees it even when the answer is late.
 */
export function createTracker({ onRequest, origin }) {
  return createServer(async (request, response) => {
    const url = new URL(request.url, origin());
    onRequest({
      method: request.method,
      url: request.url,
      path: url.pathname,
      referer: request.headers.referer ?? null,
      time: new Date().toISOString(),
    });

    // Echoed rather than `*`, which browsers refuse for `crossorigin="use-credentials"`.
    if (request.headers.origin) {
      response.setHeader('Access-Control-Allow-Origin', request.headers.origin);
      response.setHeader('Access-Control-Allow-Credentials', 'true');
      response.setHeader('Vary', 'Origin');
    }
    // A cached answer would be a request that the log does not see.
    response.setHeader('Cache-Control', 'no-store');

    const delay = Number(SCRIPT_PATH.exec(url.pathname)?.[1] ?? 0);
    // `ref: false`: a slow answer that nobody waits for any more must not keep a test run alive.
    if (delay > 0) await sleep(delay, undefined, { ref: false });

    const script = trackerScript(url);
    if (script !== null) {
      response.setHeader('Content-Type', 'text/javascript; charset=utf-8').end(script);
    } else if (PIXEL_PATH.test(url.pathname)) {
      response.setHeader('Content-Type', 'image/gif').end(PIXEL);
    } else if (EMBED_PATH.test(url.pathname)) {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.setHeader('Set-Cookie', 'embed=demo; Path=/; SameSite=None; Secure');
      response.end(embedPage(url.searchParams.get('title') ?? ''));
    } else {
      response.writeHead(404).end();
    }
  });
}
