import { setTimeout as delay } from 'node:timers/promises';
import type { Measure } from '../measure.ts';
import { probeFor } from '../page/probe.ts';
import { withVisitor } from '../tab.ts';
import { readyToAnswer } from './accept.ts';

/** What is built later than it is seen is built within this. */
const REST = 400;

/** From the click on customise until a button of the preferences is seen. */
export const preferences = (services: number, cpu: 1 | 4, every = 1): Measure => ({
  name: `preferences@${cpu}x/${services}`,
  every,
  fits: (contender) => !!contender.preferences && (contender.showsServices || services === 5),
  take: ({ devtools, site }, contender) =>
    withVisitor(devtools, site, async ({ openTab }) => {
      const { customize = '', preferences: button = '', accept } = contender;
      const tab = await openTab({ cpu, probe: probeFor(accept) });
      await tab.goto(site.pageOf(contender, { services, scripts: 10 }));
      await readyToAnswer(tab, cpu);
      const before = await tab.ask<number>('bench.elements()');
      await tab.ask(`(bench.watchClick(), bench.opened = bench.seen(${JSON.stringify(button)}), undefined)`);
      await tab.click(customize);
      const took = await tab.ask<number>('bench.opened.then((time) => time - bench.clicked)');
      await delay(REST * Math.sqrt(cpu));
      return {
        [`preferences@${cpu}x/${services}`]: took,
        [`preferences.event@${cpu}x/${services}`]: await tab.ask<number>('bench.duration'),
        ...(cpu === 1 && {
          [`preferences.elements/${services}`]: (await tab.ask<number>('bench.elements()')) - before,
        }),
      };
    }),
});
