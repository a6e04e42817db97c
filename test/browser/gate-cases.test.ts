import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASES } from '../gate/cases/index.ts';
import { type Lanes, openLanes } from '../gate/lanes.ts';
import { bandeau, control } from '../gate/library.ts';
import { expectedOf, expectedUnmarked, type Phase, playCase, playUnmarked } from '../gate/run-case.ts';
import { type Ending, gateTable } from '../gate/table.ts';
import { availableEngines, ENGINES, type EngineName } from '../support/engines.ts';
import { ROOT } from '../support/root.ts';

// Every case of test/gate/cases, in every engine, and the table that the site's developers read.

/** Browsers at once. More only wait for a core, and each costs as much to start as ten cases. */
const LANES = 3;

const available = availableEngines();
const endings = new Map(CASES.map(({ id }) => [id, {} as Partial<Record<EngineName, Ending>>]));

for (const name of ENGINES) {
  const state = available[name];
  describe.skipIf(state !== true)(state === true ? name : `${name} (skipped: ${state})`, () => {
    let lanes: Lanes;
    beforeAll(async () => {
      lanes = await openLanes(name, LANES);
    });
    afterAll(() => lanes?.close());

    it('tells a page that holds nothing from one that does', async () => {
      const [one] = CASES;
      if (!one) throw new Error('there are no cases');
      const leaks = await lanes.run((stage) => playCase(stage, one, control));
      expect(leaks['before a choice']).toEqual(expectedUnmarked(one));
      for (const [phase, held] of Object.entries(expectedOf(one))) {
        // Between the yes and its withdrawal they are the same.
        if (!/^after (accept|withdrawal)$/.test(phase)) expect(leaks[phase as Phase]).not.toEqual(held);
      }
    });

    for (const one of CASES) {
      const reason = one.not?.[name];
      const claim = `${one.group}: ${one.title}`;
      if (reason) {
        it.concurrent(`${claim}: nothing to hold, since ${name} ${reason}`, ({ expect }) =>
          lanes.run(async (stage) => {
            const elsewhere = expectedUnmarked(one);
            expect(elsewhere).toBeDefined();
            expect(await playUnmarked(stage, one)).not.toEqual(elsewhere);
          }));
        continue;
      }
      // WebKit's player sometimes sends a request that it had begun when it was told to stop.
      const retry = name === 'webkit' ? 1 : 0;
      it.concurrent(claim, { retry }, ({ expect }) =>
        lanes.run(async (stage) => {
          const ending = endings.get(one.id) ?? {};
          ending[name] = 'failed';
          expect(await playUnmarked(stage, one), 'without marks and without the library').toEqual(
            expectedUnmarked(one),
          );
          expect(await playCase(stage, one, bandeau)).toEqual(expectedOf(one));
          ending[name] = 'passed';
        }),
      );
    }
  });
}

const missing = ENGINES.filter((name) => available[name] !== true);
const whyNot = missing.length ? ` (not compared: this machine has no ${missing.join(' and no ')})` : '';

it.skipIf(missing.length)(`docs/gate.md says what this run has seen${whyNot}`, async () => {
  await expect(gateTable(CASES, endings)).toMatchFileSnapshot(join(ROOT, 'docs/gate.md'));
});
