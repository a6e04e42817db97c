// The shield on Express 5: `npm install --no-save express`, then `node examples/server/express.mjs`.
import express from 'express';
import { library, MAX_REPORT_BYTES, pages, policyFile, port, report, shieldHeaders } from './settings.mjs';

const app = express();

// Before everything that answers: an error page and the script of a worker need the header too.
app.use((request, response, next) => {
  response.set(shieldHeaders(request.headers.cookie));
  next();
});

const reports = express.text({
  type: ['application/csp-report', 'application/reports+json'],
  limit: MAX_REPORT_BYTES,
});
app.post('/csp-reports', reports, (request, response) => {
  report(request.body);
  response.status(204).end();
});

// Without `cacheControl: false` it would set a Cache-Control of its own over ours.
const files = { cacheControl: false };
app.get('/policy.json', (_, response) => response.sendFile(policyFile, files));
app.use('/bandeau', express.static(library, files));
app.use(express.static(pages, files));

const server = app.listen(port, 'localhost', () => console.log(`http://localhost:${server.address().port}`));
