import { cpus, totalmem } from 'node:os';
import { timeCalls } from './calls.ts';
import type { Absent, Contender } from './contender.ts';
import { everyContender } from './contenders/index.ts';
import { startChromium } from './devtools.ts';
import type { Bench, Measure } from './measure.ts';
import { type Facts, findFacts } from './measures/facts.ts';
import { MEASURES } from './measures/index.ts';
import { startSite } from './page/server.ts';
import { type Samples, writeResults } from './results.ts';

export interface Choice {
  readonly rounds: number;
  /** No round begins after this. */
  readonly minutes: number;
  /** Beginnings of names of measures. @default all */
  readonly only: readonly string[] | undefined;
  /** Names. @default all; the control page always */
  readonly contenders: readonly string[] | undefined;
}

const isPresent = (one: Contender | Absent): one is Contender => !('reason' in one);

const machine = () =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${process.arch}`;

/** Round after round, contender after contender, measure after measure: whatever disturbs the machine disturbs all alike. */
export async function measureAll({ rounds, minutes, only, contenders }: Choice): Promise<void> {
  const start = performance.now();
  const minutesTaken = () => (performance.now() - start) / 60_000;
  let roundsDone = 0;
  const all = everyContender();
  const absent = all.filter((one) => !isPresent(one)) as Absent[];
  for (const { name, reason } of absent) console.log(`${name} is left out: ${reason}`);
  const present = all
    .filter(isPresent)
    .filter(({ name }) => name === 'control' || !contenders || contenders.includes(name));
  const measures = MEASURES.filter(({ name }) => !only || only.some((one) => name.startsWith(one)));
  const [control] = present;
  if (!control) throw new Error('nothing to measure');

  const devtools = await startChromium();
  const { product } = await devtools.browser.send('Browser.getVersion');
  const site = await startSite(present);
  const bench: Bench = { devtools, site };
  const samples = new Map<Contender, Samples>(present.map((one) => [one, {}]));
  const facts = new Map<Contender, Facts>();
  const problems: string[] = [];

  const seconds = new Map<string, number>();

  const take = async (round: number, contender: Contender, { name, take }: Measure) => {
    const begin = performance.now();
    try {
      const found = await take(bench, contender);
      for (const [metric, value] of Object.entries(found)) {
        const own = samples.get(contender) ?? {};
        own[metric] ??= [];
        // By the number of the round, so that what belongs together stands together.
        while (own[metric].length < round) own[metric].push(null);
        own[metric].push(value);
      }
    } catch (error) {
      problems.push(`round ${round + 1}, ${contender.name}, ${name}: ${String(error)}`);
      console.log(problems.at(-1));
    }
    seconds.set(name, (seconds.get(name) ?? 0) + (performance.now() - begin) / 1000);
  };

  try {
    for (let round = 0; round < rounds && minutesTaken() < minutes; round++) {
      // Nobody is always the first after a pause.
      const order = present.map((_, place) => present[(place + round) % present.length] ?? control);
      for (const contender of order) {
        if (!round && !only) {
          await findFacts(bench, contender, control).then(
            (found) => facts.set(contender, found),
            (error) => {
              problems.push(`${contender.name}, facts: ${String(error)}`);
              console.log(problems.at(-1));
            },
          );
        }
        for (const measure of measures) {
          const isTurn = round % (measure.every ?? 1) === 0;
          if (isTurn && measure.fits(contender)) await take(round, contender, measure);
        }
      }
      roundsDone++;
      console.log(`round ${roundsDone} of ${rounds}, ${minutesTaken().toFixed(1)} minutes`);
    }
    console.log([...seconds].map(([name, took]) => `${name} ${took.toFixed(0)} s`).join(', '));
  } finally {
    await devtools.close();
    site.close();
  }

  writeResults({
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    chromium: product,
    node: process.version,
    rounds: roundsDone,
    minutes: minutesTaken(),
    contenders: present.map((one) => {
      const found = facts.get(one);
      return {
        name: one.name,
        version: one.version,
        ...(found && { facts: found }),
        samples: samples.get(one) ?? {},
      };
    }),
    absent,
    problems,
    calls: await timeCalls(),
  });
}
