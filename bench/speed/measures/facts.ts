import { setTimeout as delay } from 'node:timers/promises';
import type { Contender } from '../contender.ts';
import type { Bench } from '../measure.ts';
import { probeFor } from '../page/probe.ts';
import { withVisitor } from '../tab.ts';
import { readyToAnswer } from './accept.ts';
import { countTransfer, type Transfer } from './transfer.ts';

/** What is the same in every round, so that it is looked at once. */
export interface Facts {
  readonly first: Transfer;
  readonly returning: Transfer;
  /** On top of the first visit, once they are opened. */
  readonly preferences: Transfer | null;
  /** Bytes of brotli that the page itself is larger than without a library. */
  readonly page: number;
  /** Whether external scripts run in the order of the page though the first of them is answered last. */
  readonly keepsOrder: boolean | null;
  /** Of 500 services that were accepted, one held script each: how many run on the next page, and whether it asks again. */
  readonly kept: { readonly released: number; readonly asksAgain: boolean } | null;
}

const MANY = 500;
const REST = 1200;

const keepsOrder = ({ devtools, site }: Bench, contender: Contender) =>
  withVisitor(devtools, site, async ({ openTab }) => {
    const { accept = '' } = contender;
    const tab = await openTab({ cpu: 1, probe: probeFor(accept) });
    await tab.goto(site.pageOf(contender, { services: 5, scripts: 10, areExternal: true }));
    await readyToAnswer(tab, contender, 1);
    await tab.click(accept);
    await tab.ask('ran.all(10)');
    return tab.ask<boolean>('ran.every(([index], place) => index === place)');
  });

const keeps = ({ devtools, site }: Bench, contender: Contender) =>
  withVisitor(devtools, site, async ({ openTab }) => {
    const { accept = '' } = contender;
    const address = site.pageOf(contender, { services: MANY, scripts: MANY });
    const first = await openTab({ cpu: 1, probe: probeFor(accept) });
    await first.goto(address);
    await readyToAnswer(first, contender, 1);
    await first.click(accept);
    await first.ask(`ran.all(${MANY})`);
    await first.ask('bench.quiet()');
    await first.close();
    const second = await openTab({ cpu: 1, probe: probeFor(accept) });
    await second.goto(address);
    await delay(REST);
    return {
      released: await second.ask<number>('ran.length'),
      asksAgain: await second.ask<boolean>('!!bench.shownAt'),
    };
  });

export async function findFacts(bench: Bench, contender: Contender, control: Contender): Promise<Facts> {
  const { first, returning, preferences } = await countTransfer(bench, contender);
  const situation = { services: 5, scripts: 10 };
  const sizeOf = (one: Contender) =>
    bench.site.answerTo(new URL(bench.site.pageOf(one, situation)).pathname)?.brotli.length ?? 0;
  return {
    first,
    returning,
    preferences,
    page: sizeOf(contender) - sizeOf(control),
    keepsOrder: contender.accept ? await keepsOrder(bench, contender) : null,
    kept: contender.accept ? await keeps(bench, contender) : null,
  };
}
