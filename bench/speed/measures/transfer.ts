import { setTimeout as delay } from 'node:timers/promises';
import type { Contender } from '../contender.ts';
import type { Bench } from '../measure.ts';
import { LATE_PROBE } from '../page/probe.ts';
import { type Tab, withVisitor } from '../tab.ts';

/** Bytes of bodies. */
export interface Transfer {
  /** For scripts and styles, as are the bytes. */
  readonly requests: number;
  /** For anything else, such as a policy that is a file. */
  readonly others: number;
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

const REST = 800;

/** Of everything that is requested from now on: what is neither the page nor one of its own. */
async function watchRequests(
  { session }: Tab,
  { site }: Bench,
  { name }: Contender,
): Promise<() => Transfer> {
  let asked: string[] = [];
  session.on<{ request: { url: string } }>('Network.requestWillBeSent', ({ request }) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith(`/${name}/`) && !pathname.endsWith('.html')) asked.push(pathname);
  });
  await session.send('Network.enable');
  // A cookie of the visitor is there, a copy of the files is not.
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  return () => {
    const all = asked.flatMap((path) => site.answerTo(path) ?? []);
    const answers = all.filter(({ type }) => /javascript|css/.test(type));
    asked = [];
    const sum = (sizeOf: (answer: (typeof answers)[number]) => number) =>
      answers.reduce((total, answer) => total + sizeOf(answer), 0);
    return {
      requests: answers.length,
      others: all.length - answers.length,
      raw: sum(({ body }) => body.length),
      gzip: sum(({ gzip }) => gzip.length),
      brotli: sum(({ brotli }) => brotli.length),
    };
  };
}

/** What a library makes the browser download, each time without anything in its cache. */
export const countTransfer = (bench: Bench, contender: Contender) =>
  withVisitor(bench.devtools, bench.site, async ({ openTab }) => {
    const { accept, customize, preferences: button, wakesAfter = 0 } = contender;
    const address = bench.site.pageOf(contender, { services: 5, scripts: 10 });
    const open = async () => {
      const tab = await openTab({ cpu: 1 });
      const sinceThen = await watchRequests(tab, bench, contender);
      await tab.goto(address);
      await delay(REST + wakesAfter);
      return { tab, sinceThen };
    };
    const first = await open();
    const atFirst = first.sinceThen();
    await first.tab.ask(LATE_PROBE);
    let preferences: Transfer | null = null;
    if (customize && button) {
      await first.tab.click(customize);
      await first.tab.ask(`bench.seen(${JSON.stringify(button)})`);
      preferences = first.sinceThen();
    }
    await first.tab.close();
    if (accept) {
      const { tab } = await open();
      await tab.click(accept);
      await tab.ask('ran.all(10)');
      await delay(REST);
      await tab.close();
    }
    const { tab, sinceThen } = await open();
    const returning = sinceThen();
    await tab.close();
    return { first: atFirst, returning, preferences };
  });
