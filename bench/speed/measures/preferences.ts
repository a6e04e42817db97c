import { setTimeout as delay } from 'node:timers/promises';
import type { Contender } from '../contender.ts';
import type { Measure } from '../measure.ts';
import { probeFor } from '../page/probe.ts';
import { type Tab, withVisitor } from '../tab.ts';
import { readyToAnswer } from './accept.ts';

/** What is built later than it is seen is built within this. */
const REST = 400;

/** In a page with a probe: from the click on customise until a button of the preferences is seen. */
export async function openPreferences(
  tab: Tab,
  { customize = '', preferences: button }: Contender,
  services: number,
  cpu: 1 | 4,
) {
  const countElements = () => tab.ask<number>('bench.elements()');
  const before = await countElements();
  await tab.ask(`(bench.watchClick(), bench.opened = bench.seen(${JSON.stringify(button)}), undefined)`);
  await tab.click(customize);
  const took = await tab.ask<number>('bench.opened.then((time) => time - bench.clicked)');
  await tab.ask('bench.quiet()');
  if (cpu === 1) await delay(REST);
  return {
    [`preferences@${cpu}x/${services}`]: took,
    [`preferences.event@${cpu}x/${services}`]: await tab.ask<number>('bench.duration'),
    ...(cpu === 1 && { [`preferences.elements/${services}`]: (await countElements()) - before }),
  };
}

export const preferences = (services: number, cpu: 1 | 4, every = 1): Measure => ({
  name: `preferences@${cpu}x/${services}`,
  every,
  fits: ({ preferences, showsServices, isVariant }) =>
    !!preferences && !isVariant && (showsServices || services === 5),
  take: ({ devtools, site }, contender) =>
    withVisitor(devtools, site, async ({ openTab }) => {
      const tab = await openTab({ cpu, probe: probeFor(contender.accept) });
      await tab.goto(site.pageOf(contender, { services, scripts: 10 }));
      await readyToAnswer(tab, contender, cpu);
      return openPreferences(tab, contender, services, cpu);
    }),
});
