import { setTimeout as delay } from 'node:timers/promises';
import type { Contender } from '../contender.ts';
import type { Measure } from '../measure.ts';
import { probeFor } from '../page/probe.ts';
import { type Tab, withVisitor } from '../tab.ts';

/** Nobody answers at once. */
const READING = 250;

export async function readyToAnswer(tab: Tab, { wakesAfter = 0 }: Contender, cpu: number): Promise<void> {
  await tab.ask('bench.shown');
  await delay(READING + wakesAfter * Math.sqrt(cpu));
  await tab.ask('bench.quiet()');
}

/** Yes to everything, in a page with a probe: from the click to the first and to the last of the held scripts. */
export async function acceptAll(tab: Tab, selector: string, scripts: number, condition: string) {
  await tab.ask('bench.watchClick()');
  await tab.click(selector);
  await tab.ask(`ran.all(${scripts})`);
  await tab.ask('bench.quiet()');
  const { first, last, duration, inOrder } = await tab.ask<Record<string, number>>(`({
    first: ran[0][1] - bench.clicked,
    last: ran.at(-1)[1] - bench.clicked,
    duration: bench.duration,
    inOrder: Number(ran.every(([index], place) => index === place)),
  })`);
  return {
    [`accept.first${condition}`]: first ?? null,
    [`accept.last${condition}`]: last ?? null,
    [`accept.event${condition}`]: duration ?? null,
    [`accept.inOrder${condition}`]: inOrder ?? null,
  };
}

export const accept = (scripts: number, cpu: 1 | 4, every = 1): Measure => ({
  name: `accept@${cpu}x/${scripts}`,
  every,
  fits: ({ accept, isVariant }) => !!accept && !isVariant,
  take: ({ devtools, site }, contender) =>
    withVisitor(devtools, site, async ({ openTab }) => {
      const tab = await openTab({ cpu, probe: probeFor(contender.accept) });
      await tab.goto(site.pageOf(contender, { services: 5, scripts }));
      await readyToAnswer(tab, contender, cpu);
      return acceptAll(tab, contender.accept ?? '', scripts, `@${cpu}x/${scripts}`);
    }),
});
