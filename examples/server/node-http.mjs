// The shield on Node's own http: `node examples/server/node-http.mjs`.
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { library, MAX_REPORT_BYTES, pages, policyFile, port, report, shieldHeaders } from './settings.mjs';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.json': 'application/json' };

/** What is served, by path. A path that is not in here is no file, whatever it says. */
const files = new Map([['/policy.json', policyFile]]);
for (const name of await readdir(pages))
  files.set(`/${name.replace(/^index\.html$/, '')}`, join(pages, name));
for (const name of await readdir(library, { recursive: true })) {
  if (name.endsWith('.js')) files.set(`/bandeau/${name}`, join(library, name));
}

async function readReport(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > MAX_REPORT_BYTES) return;
  }
  report(text);
}

const server = createServer(async (request, response) => {
  try {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    if (request.method === 'POST' && pathname === '/csp-reports') {
      await readReport(request);
      response.writeHead(204).end();
      return;
    }
    const file = files.get(pathname);
    if (!file) {
      response.writeHead(404, shieldHeaders(request.headers.cookie)).end('Not found');
      return;
    }
    // On every answer: a worker is bound by the header of its own script, and an error page is a page too.
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { ...shieldHeaders(request.headers.cookie), 'Content-Type': type });
    createReadStream(file).pipe(response);
  } catch {
    if (!response.headersSent) response.writeHead(400);
    response.end();
  }
});

server.listen(port, 'localhost', () => console.log(`http://localhost:${server.address().port}`));
