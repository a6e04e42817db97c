/**
 * The demo site and its trackers, on two origins. `npm run demo` starts them on fixed ports, the
 * browser tests on free ones: pages therefore never name a port, and the site fills these in every
 * .html and .json that it serves:
 *
 *   {{trackers}}            origin of the trackers
 *   {{port}}                port of the site, for links to another sub-domain
 *   {{variant}}             nothing; with `?policy=v2` in the address, `-v2`: so `policy{{variant}}.json`
 *   {{query}}               that same `?policy=v2`, or nothing: for links that keep the version
 *   {{include file}}        content of a file, relative to the page (JSON is made safe for a <script>)
 *   {{integrity /s/x.js}}   hash of that script of the trackers
 *
 * Names are filled before includes, so `{{include policy{{variant}}.json}}` is the policy in force.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { createTracker, trackerScript } from './tracker.mjs';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

/** The publisher network: a host name, and the page that answers at its root. */
const PUBLISHER = { folder: 'fil-du-soir', domain: 'fil-du-soir.localhost' };
const PUBLISHER_ROOTS = {
  'fil-du-soir.localhost': '/index.html',
  'actu.fil-du-soir.localhost': '/actu.html',
  'forum.fil-du-soir.localhost': '/forum.html',
};

/** Browsers hide a nonce from scripts only when the policy came as a header, so <meta> would not do. */
const STRICT_CSP = {
  '/cases/attributes.html': "script-src 'nonce-demo'; object-src 'none'; base-uri 'none'",
  '/cases/csp.html':
    "script-src 'nonce-demo' 'strict-dynamic'; style-src 'none'; object-src 'none'; base-uri 'none'; require-trusted-types-for 'script'",
};

const TYPES = { '.html': 'text/html; charset=utf-8', '.json': 'application/json; charset=utf-8' };

/** Variant of the policy that an address asks for with `?policy=`. */
function variantOf(url) {
  const name = url.searchParams.get('policy');
  return name && /^[\w-]{1,20}$/.test(name) ? name : null;
}

async function fill(text, { file, url, trackerUrl }) {
  const variant = variantOf(url);
  const named = text
    .replaceAll('{{trackers}}', trackerUrl)
    .replaceAll('{{port}}', url.port)
    .replaceAll('{{variant}}', variant ? `-${variant}` : '')
    .replaceAll('{{query}}', variant ? `?policy=${variant}` : '')
    .replace(/\{\{integrity (\S+?)\}\}/g, (_, address) => {
      const script = trackerScript(new URL(address, trackerUrl));
      return `sha384-${createHash('sha384').update(script).digest('base64')}`;
    });
  const parts = await Promise.all(
    named.split(/\{\{include (\S+?)\}\}/).map(async (part, index) => {
      if (index % 2 === 0) return part;
      const included = await fill(await readFile(join(dirname(file), part), 'utf8'), {
        file,
        url,
        trackerUrl,
      });
      // `</script>` inside a JSON text would otherwise end the element that carries it.
      return extname(part) === '.json' ? included.replaceAll('<', '\\u003c') : included;
    }),
  );
  return parts.join('');
}

/** Path below demo/ that a request is for, or the address that it should ask instead. */
function route(request, url) {
  const host = url.hostname;
  const shared = /^\/(?:bandeau|_demo)\//.test(url.pathname);
  if (host in PUBLISHER_ROOTS) {
    if (shared) return { path: url.pathname };
    return { path: `/${PUBLISHER.folder}${url.pathname === '/' ? PUBLISHER_ROOTS[host] : url.pathname}` };
  }
  // Its choice is stored for its own domain: on `localhost` the browser would refuse that cookie.
  if (url.pathname.startsWith(`/${PUBLISHER.folder}/`)) {
    const rest = url.pathname.slice(PUBLISHER.folder.length + 1);
    return { redirect: `http://${PUBLISHER.domain}:${request.socket.localPort}${rest}${url.search}` };
  }
  return { path: url.pathname };
}

/**
 * Takes in what the pages report, and keeps it in memory: the first of an id is 201, the same again 409.
 *
 *   ?status=503            answers that, and keeps nothing
 *   ?redirect=<address>    sends it elsewhere
 */
function createRecords(onReport) {
  const known = new Set();
  return async (request, response, { searchParams }) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    const key = request.headers['idempotency-key'] ?? null;
    onReport({ method: request.method, key, type: request.headers['content-type'] ?? null, body });
    const status = searchParams.get('status');
    const elsewhere = searchParams.get('redirect');
    if (elsewhere) return response.writeHead(307, { Location: elsewhere }).end();
    if (status) return response.writeHead(Number(status)).end();
    response.writeHead(known.has(key) ? 409 : 201).end();
    known.add(key);
  };
}

function createSite({ root, trackerUrl, onReport }) {
  const demo = join(root, 'demo');
  // `no-cache` with an ETag and not `no-store`: Chromium keeps `no-store` pages out of its back/forward cache.
  const options = { dev: true, etag: true };
  const files = sirv(demo, options);
  const library = sirv(join(root, 'dist'), options);
  const records = createRecords(onReport);

  async function page(response, file, url) {
    const source = await readFile(file, 'utf8').catch(() => null);
    if (source === null) return false;
    const filled = await fill(source, { file, url, trackerUrl });
    response.setHeader('Content-Type', TYPES[extname(file)]);
    response.setHeader('Cache-Control', 'no-cache');
    const csp = STRICT_CSP[url.pathname];
    if (csp) response.setHeader('Content-Security-Policy', csp);
    response.end(filled);
    return true;
  }

  const notFound = (response) => response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Introuvable');

  return createServer(async (request, response) => {
    try {
      const url = new URL(request.url, `http://${request.headers.host ?? 'localhost'}`);
      const { path, redirect } = route(request, url);
      if (redirect) return response.writeHead(302, { Location: redirect }).end();
      if (path === '/record') return await records(request, response, url);

      if (path.startsWith('/bandeau/')) {
        request.url = path.slice('/bandeau'.length);
        return library(request, response, () => notFound(response));
      }

      const file = normalize(join(demo, decodeURIComponent(path), path.endsWith('/') ? 'index.html' : ''));
      if (!file.startsWith(demo + sep)) return notFound(response);
      if (extname(file) in TYPES && (await page(response, file, url))) return;

      // Relative links of a folder's page need the slash.
      if (extname(path) === '' && !path.endsWith('/')) {
        return response.writeHead(302, { Location: `${url.pathname}/${url.search}` }).end();
      }
      request.url = path;
      files(request, response, () => notFound(response));
    } catch (error) {
      // A variant that a site doesn't have is an include of a file that isn't there.
      if (error.code === 'ENOENT') return notFound(response);
      response.writeHead(500, { 'Content-Type': 'text/plain' }).end(String(error));
    }
  });
}

function listen(server, port) {
  return new Promise((settle, fail) => {
    server.once('error', fail);
    // Loopback only: a demo has no business on the local network.
    server.listen(port, '127.0.0.1', () => settle(server.address().port));
  });
}

function stop(server) {
  server.closeAllConnections();
  return new Promise((settle) => server.close(settle));
}

/**
 * Starts both origins. Port 0 takes a free one.
 *
 * @param {object} [options]
 * @param {number} [options.port] of the site
 * @param {number} [options.trackerPort]
 * @param {string} [options.root] folder that holds `dist/` and `demo/`; this repository by default
 * @param {(request: { method: string, url: string }) => void} [options.onRequest] hears what reaches the trackers
 * @returns {Promise<{ url: string, trackerUrl: string, requests: object[], reports: object[], close: () => Promise<void> }>}
 *   `url` without a final slash; `requests` grows as the trackers are reached, `reports` as records arrive
 */
export async function startDemo({ port = 0, trackerPort = 0, root = REPOSITORY, onRequest } = {}) {
  const requests = [];
  const reports = [];
  let trackerUrl = '';
  const tracker = createTracker({
    origin: () => trackerUrl,
    onRequest(entry) {
      requests.push(entry);
      onRequest?.(entry);
    },
  });
  // An address rather than `localhost`, so that browsers see another site and not only another port.
  trackerUrl = `http://127.0.0.1:${await listen(tracker, trackerPort)}`;
  const site = createSite({ root: resolve(root), trackerUrl, onReport: (report) => reports.push(report) });
  try {
    const url = `http://localhost:${await listen(site, port)}`;
    return {
      url,
      trackerUrl,
      requests,
      reports,
      close: async () => {
        await Promise.all([stop(site), stop(tracker)]);
      },
    };
  } catch (error) {
    await stop(tracker);
    throw error;
  }
}
