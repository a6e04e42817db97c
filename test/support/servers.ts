import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { GOOGLE_TAG_DOUBLE } from './google-tag-double.ts';
import { ROOT } from './root.ts';
import { vendorScript } from './vendor-doubles/index.ts';

const DIST = join(ROOT, 'dist', sep);

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.gif': 'image/gif',
};

/** The smallest valid GIF: one transparent pixel. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** A page given as text is HTML; everything else about the answer can be stated. */
export type Page =
  | string
  | { body: string; type?: string; headers?: Record<string, string | string[]>; status?: number };

/** One request as the server received it. */
export interface LoggedRequest {
  /** Path and query, such as `/s/matomo.js?v=1`. */
  url: string;
  method: string;
  headers: IncomingHttpHeaders;
  /** When it arrived: milliseconds since the epoch. */
  at: number;
}

/** What both servers have. */
export interface TestServer {
  /** Such as `http://localhost:41234`, without a trailing slash. */
  origin: string;
  /** Every request since the start or the last `clear()`, in order of arrival. */
  requests: LoggedRequest[];
  /** Forgets the requests so far. */
  clear(): void;
  /** Stops at once, open connections included. */
  close(): Promise<void>;
}

/** The server that plays the site. */
export interface Site extends TestServer {
  /** Read at each request: change it to publish another page during a test. */
  pages: Record<string, Page>;
}

/** What a server answers, whole. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  body: string | Buffer;
}

const NOT_FOUND: Answer = { status: 404, headers: { 'content-type': 'text/plain' }, body: 'not found' };

/**
 * Listens on a port that the system chooses, so that test files run side by side without collision.
 */
export async function listen(
  host: 'localhost' | '127.0.0.1',
  answer: (url: URL, request: IncomingMessage) => Promise<Answer>,
): Promise<TestServer> {
  const requests: LoggedRequest[] = [];

  async function respond(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', `http://${host}`);
    // Browsers ask for the icon when they please, which would make every count of requests unreliable.
    if (url.pathname === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    requests.push({
      url: request.url ?? '/',
      method: request.method ?? 'GET',
      headers: request.headers,
      at: Date.now(),
    });
    const { status, headers, body } = await answer(url, request);
    // Nothing is cached, so that the log shows each use.
    response.writeHead(status, { 'cache-control': 'no-store', ...headers }).end(body);
  }

  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://${host}:${port}`,
    requests,
    clear() {
      requests.length = 0;
    },
    close() {
      return new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      });
    },
  };
}

/** A file below a folder; never one outside of it, whatever the path says. */
async function fileAnswer(folder: string, path: string): Promise<Answer> {
  const base = normalize(folder.endsWith(sep) ? folder : folder + sep);
  const file = normalize(join(base, decodeURIComponent(path)));
  if (!file.startsWith(base)) return NOT_FOUND;
  const name = file.endsWith(sep) ? join(file, 'index.html') : file;
  try {
    const body = await readFile(name);
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    return { status: 200, headers: { 'content-type': type }, body };
  } catch {
    return NOT_FOUND;
  }
}

function pageAnswer(page: Page): Answer {
  const { body, type, headers, status } = typeof page === 'string' ? { body: page } : page;
  return {
    status: status ?? 200,
    headers: { 'content-type': type ?? 'text/html; charset=utf-8', ...headers },
    body,
  };
}

/**
 * Starts the server that plays the site, on `localhost`: the given pages, the built library from `dist/`
 * under `/bandeau/`, and, when `root` names a folder, its files for every other path.
 */
export async function startSite(
  options: { pages?: Record<string, Page>; root?: string | URL } = {},
): Promise<Site> {
  const pages = { ...options.pages };
  const root = options.root instanceof URL ? fileURLToPath(options.root) : options.root;

  const server = await listen('localhost', async ({ pathname }) => {
    const page = pages[pathname];
    if (page !== undefined) return pageAnswer(page);
    if (pathname.startsWith('/bandeau/')) return fileAnswer(DIST, pathname.slice('/bandeau/'.length));
    return root ? fileAnswer(root, pathname.slice(1)) : NOT_FOUND;
  });
  return { ...server, pages };
}

async function trackerAnswer({ pathname }: URL): Promise<Answer> {
  const cors = { 'access-control-allow-origin': '*' };
  const script = (body: string): Answer => ({
    status: 200,
    headers: { ...cors, 'content-type': TYPES['.js'] as string },
    body,
  });
  // Names are letters, digits, `-` and `_` only: they are put into scripts as they are.
  const [, folder, slow, name, extension] =
    /^\/(s|fail|p|f)\/(?:slow-(\d+)\/)?([\w-]+)\.(js|gif|html)$/.exec(pathname) ?? [];
  if (slow) await delay(Number(slow));

  switch (`${folder}.${extension}`) {
    case 's.js': {
      if (name === 'gtag') return script(GOOGLE_TAG_DOUBLE);
      const double = name?.startsWith('vendor-') && vendorScript(name.slice('vendor-'.length));
      if (double) return script(double);
      const cookie = name?.startsWith('cookie-') ? `document.cookie = '${name.slice(7)}=1; path=/';` : '';
      return script(`(window.__ran ??= []).push('${name}');${cookie}`);
    }
    case 'p.gif':
      return { status: 200, headers: { ...cors, 'content-type': 'image/gif' }, body: PIXEL };
    case 'f.html':
      return {
        status: 200,
        headers: { ...cors, 'content-type': TYPES['.html'] as string },
        body: `<!doctype html><title>${name}</title><p>${name}</p>`,
      };
    default:
      return { ...NOT_FOUND, headers: { ...NOT_FOUND.headers, ...cors } };
  }
}

/**
 * Starts the server that plays a third party, on `127.0.0.1`: to a page on `localhost` that is another site.
 *
 * - `/s/<name>.js`: pushes `<name>` to `window.__ran`
 * - `/s/cookie-<name>.js`: pushes `cookie-<name>`, and sets the first-party cookie `<name>`
 * - `/s/gtag.js`: a double of Google's tag, whose hits are `/p/hit.gif`
 * - `/s/vendor-<name>.js`: a double of another vendor's script, which tells what it hears by `/p/consent.gif`
 * - `/p/<name>.gif`: a pixel
 * - `/f/<name>.html`: a page for an iframe
 * - `/s/slow-<ms>/<name>.js` (and `/p/`, `/f/` alike): the same after so many milliseconds
 * - `/fail/<name>.js`, and anything else: 404
 */
export function startTracker(): Promise<TestServer> {
  return listen('127.0.0.1', trackerAnswer);
}
