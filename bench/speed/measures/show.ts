import { setTimeout as delay } from 'node:timers/promises';
import type { Measure } from '../measure.ts';
import { probeFor } from '../page/probe.ts';
import { type Tab, withVisitor } from '../tab.ts';
import { acceptAll, readyToAnswer } from './accept.ts';

/** After the banner, until the picture of the page has arrived too. */
const REST = 250;

async function readPaints(tab: Tab, condition: string) {
  const shown = await tab.ask<number | null>('bench.shown ?? null');
  await delay(REST);
  const { lcp, shift } = await tab.ask<{ lcp: number | null; shift: number }>('bench.paints()');
  return { [`banner@${condition}`]: shown, [`lcp@${condition}`]: lcp, [`shift@${condition}`]: shift };
}

/** A first visit until the banner is seen, yes to everything, and the visit after it. */
export const show = (cpu: 1 | 4): Measure => ({
  name: `show@${cpu}x`,
  fits: () => true,
  take: ({ devtools, site }, contender) =>
    withVisitor(devtools, site, async ({ openTab }) => {
      const address = site.pageOf(contender, { services: 5, scripts: 10 });
      const probe = probeFor(contender.accept);
      const first = await openTab({ cpu, probe });
      await first.goto(address);
      const painted = await readPaints(first, `${cpu}x`);
      if (!contender.accept) return painted;
      await readyToAnswer(first, contender, cpu);
      const accepted = await acceptAll(first, contender.accept, 10, `@${cpu}x/10`);
      await first.close();
      const returning = await openTab({ cpu, probe: probeFor(undefined) });
      await returning.goto(address);
      await returning.ask('ran.all(1)');
      return {
        ...painted,
        ...accepted,
        [`released@${cpu}x`]: await returning.ask<number>('ran[0][1] - reached'),
      };
    }),
});

/** A first visit over a slow network. */
export const showSlowly: Measure = {
  name: 'show@slow4g',
  fits: () => true,
  take: ({ devtools, site }, contender) =>
    withVisitor(devtools, site, async ({ openTab }) => {
      const tab = await openTab({ cpu: 1, isSlow4G: true, probe: probeFor(contender.accept) });
      await tab.goto(site.pageOf(contender, { services: 5, scripts: 10 }));
      return readPaints(tab, 'slow4g');
    }),
};
