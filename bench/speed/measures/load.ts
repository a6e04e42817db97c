import { setTimeout as delay } from 'node:timers/promises';
import type { Contender } from '../contender.ts';
import type { Bench, Measure } from '../measure.ts';
import { LATE_PROBE } from '../page/probe.ts';
import type { Situation } from '../situation.ts';
import { type Tab, type Visitor, withVisitor } from '../tab.ts';
import { costOf } from '../trace.ts';
import { openPreferences } from './preferences.ts';

/** After `load`, until everything that a library does by itself is over, animations included. */
const REST = { 1: 550, 4: 1200 } as const;
type Cpu = keyof typeof REST;

/** What a page costs that is opened and left alone. */
async function openAndWait(
  bench: Bench,
  tab: Tab,
  { wakesAfter = 0 }: Contender,
  address: string,
  cpu: Cpu,
  prefix: string,
) {
  const cost = await costOf(bench.devtools, address, async () => {
    await tab.goto(address);
    // Twice, since what it does then takes its time too.
    await delay(REST[cpu] + 2 * wakesAfter);
    // A task that is not over has no length in the trace: it is answered after that one.
    await tab.ask('0');
  });
  return {
    [`${prefix}.script@${cpu}x`]: cost.script,
    [`${prefix}.main@${cpu}x`]: cost.main,
    [`${prefix}.longTasks@${cpu}x`]: cost.longTasks,
    ...(cpu === 1 && { [`${prefix}.layouts`]: cost.layouts, [`${prefix}.styles`]: cost.styles }),
  };
}

/** What it holds once everything that nobody needs is gone. */
async function weigh({ session, ask }: Tab, prefix: string) {
  for (let i = 0; i < 2; i++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { jsEventListeners } = await session.send('Memory.getDOMCounters');
  await ask(LATE_PROBE);
  return {
    [`${prefix}.heap`]: usedSize / 1024,
    [`${prefix}.listeners`]: jsEventListeners,
    [`${prefix}.elements`]: await ask<number>('bench.elements()'),
  };
}

async function visitTwice(bench: Bench, visitor: Visitor, contender: Contender, cpu: Cpu) {
  const address = bench.site.pageOf(contender, { services: 5, scripts: 10 });
  const found: Record<string, number> = {};
  const visit = async (prefix: string) => {
    const tab = await visitor.openTab({ cpu });
    Object.assign(found, await openAndWait(bench, tab, contender, address, cpu, prefix));
    if (cpu === 1) Object.assign(found, await weigh(tab, prefix));
    else await tab.ask(LATE_PROBE);
    return tab;
  };
  const first = await visit('first');
  if (contender.accept) {
    await first.ask(`bench.seen(${JSON.stringify(contender.accept)})`);
    await first.click(contender.accept);
    await first.ask('ran.all(10)');
    await first.ask('bench.quiet()');
  }
  await first.close();
  await (await visit('returning')).close();
  return found;
}

/** First and returning visit to a page that nobody watches: processor, memory, what is in the document. */
export const load = (cpu: Cpu, every = 1): Measure => ({
  name: `load@${cpu}x`,
  every,
  fits: () => true,
  take: (bench, contender) =>
    withVisitor(bench.devtools, bench.site, (visitor) => visitTwice(bench, visitor, contender, cpu)),
});

const MANY: Situation = { services: 500, scripts: 10 };

/** The same with 500 services, first visit only, and then their preferences. */
export const loadMany: Measure = {
  name: 'load-500',
  fits: ({ isVariant }) => !isVariant,
  take: (bench, contender) =>
    withVisitor(bench.devtools, bench.site, async ({ openTab }) => {
      const tab = await openTab({ cpu: 1 });
      const cost = await openAndWait(bench, tab, contender, bench.site.pageOf(contender, MANY), 1, 'many');
      if (!contender.preferences || !contender.showsServices) return cost;
      await tab.ask(LATE_PROBE);
      await tab.ask(`bench.seen(${JSON.stringify(contender.accept)})`);
      await delay(contender.wakesAfter ?? 0);
      return { ...cost, ...(await openPreferences(tab, contender, MANY.services, 1)) };
    }),
};
