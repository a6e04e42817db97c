/**
 * `npm run bench`: what bandeau costs a page, beside a page without any library, one written by hand and others. Measures in Chromium,
 * writes bench/results/latest.json, and from it docs/performance.md and its plots.
 *
 *   --rounds 15             how often everything is measured
 *   --minutes 30            no round begins after this
 *   --only show@1x,load     measures whose name begins so
 *   --contenders floor,klaro
 *   --write                 measures nothing: writes the page from what is in latest.json
 */
import { parseArgs } from 'node:util';
import { installPackages } from './install.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    minutes: { type: 'string', default: 'Infinity' },
    only: { type: 'string' },
    contenders: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});

installPackages();

// These read the files of what was just installed.
if (!values.write) {
  const { measureAll } = await import('./speed/measure-all.ts');
  await measureAll({
    rounds: Number(values.rounds),
    minutes: Number(values.minutes),
    only: values.only?.split(','),
    contenders: values.contenders?.split(','),
  });
}
const { writeReport } = await import('./speed/report/write.ts');
writeReport();
