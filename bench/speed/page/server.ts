import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Contender, File } from '../contender.ts';
import { contentOf, heldCode, type Situation } from '../situation.ts';
import { drawPicture, renderPage } from './page.ts';

/** How long the server keeps the first held script back when they are external. */
const LATE = 150;

/** One answer, in the three codings. */
export interface Answer extends File {
  readonly brotli: Buffer;
  readonly gzip: Buffer;
}

export interface Site {
  readonly origin: string;
  pageOf(contender: Contender, situation: Situation): string;
  /** What the server answers to that path. */
  answerTo(path: string): Answer | undefined;
  close(): void;
}

const html = (body: string): File => ({ body: Buffer.from(body), type: 'text/html; charset=utf-8' });
const script = (body: string): File => ({ body: Buffer.from(body), type: 'text/javascript' });

const encode = (file: File): Answer => ({
  ...file,
  brotli: brotliCompressSync(file.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  gzip: gzipSync(file.body, { level: 9 }),
});

/** One server for all: every file is compressed once, before it is asked for. */
export async function startSite(contenders: readonly Contender[]): Promise<Site> {
  const answers = new Map<string, Answer | undefined>([
    ['/empty', encode(html('<!doctype html><title>empty</title><link rel="icon" href="data:,">'))],
    ['/picture.png', encode({ body: drawPicture(), type: 'image/png' })],
  ]);

  const make = (path: string): File | undefined => {
    const [, name = '', ...rest] = path.split('/');
    const held = name === 'held' && /^\d+/.exec(rest.join('/'));
    if (held) return script(heldCode(Number(held[0])));
    return contenders.find((one) => one.name === name)?.file(rest.join('/'));
  };
  const answerTo = (path: string) => {
    if (!answers.has(path)) {
      const file = make(path);
      answers.set(path, file && encode(file));
    }
    return answers.get(path);
  };

  const server = createServer((request, response) => {
    const path = (request.url ?? '/').replace(/\?.*/, '');
    const answer = answerTo(path);
    if (!answer) {
      response.writeHead(404).end();
      return;
    }
    const takesBrotli =
      String(request.headers['accept-encoding']).includes('br') && !answer.type.startsWith('image');
    const body = takesBrotli ? answer.brotli : answer.body;
    response.writeHead(200, {
      'content-type': answer.type,
      'content-length': body.length,
      // What has a name of its own never changes; the page itself is asked for each time.
      'cache-control': answer.type.startsWith('text/html')
        ? 'no-cache'
        : 'public, max-age=31536000, immutable',
      ...(takesBrotli && { 'content-encoding': 'br' }),
    });
    const send = () => response.end(body);
    if (path === '/held/0.js') setTimeout(send, LATE);
    else send();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;

  return {
    origin,
    answerTo,
    pageOf(contender, situation) {
      const path = `/${contender.name}/page-${situation.services}-${situation.scripts}${situation.areExternal ? '-external' : ''}.html`;
      if (!answers.has(path)) {
        answers.set(
          path,
          encode(html(renderPage(contender.compose(contentOf(situation), `/${contender.name}/`)))),
        );
      }
      return origin + path;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
