// The shield on Hono 4: `npm install --no-save hono @hono/node-server`, then `node examples/server/hono.mjs`. Without
// the last lines it is the same on an edge: an app there imports dist/bandeau-server.js and its policy as JSON.
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { library, MAX_REPORT_BYTES, pages, policy, port, report, shieldHeaders } from './settings.mjs';

const app = new Hono();

// Around everything that answers: an error page and the script of a worker need the header too.
app.use(async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(shieldHeaders(c.req.header('cookie')))) {
    c.header(name, value, { append: name === 'Vary' });
  }
});

app.post('/csp-reports', bodyLimit({ maxSize: MAX_REPORT_BYTES }), async (c) => {
  report(await c.req.text());
  return c.body(null, 204);
});

app.get('/policy.json', (c) => c.json(policy));
app.use(
  '/bandeau/*',
  serveStatic({ root: library, rewriteRequestPath: (path) => path.slice('/bandeau'.length) }),
);
app.use(serveStatic({ root: pages }));

serve({ fetch: app.fetch, port, hostname: 'localhost' }, ({ port }) =>
  console.log(`http://localhost:${port}`),
);
