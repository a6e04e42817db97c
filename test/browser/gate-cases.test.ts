import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASES } from '../gate/cases/index.ts';
import { bandeau } from '../gate/library.ts';
import { expectedOf, expectedUnmarked, type GateStage, playCase, playUnmarked } from '../gate/run-case.ts';
import { type Ending, gateTable } from '../gate/table.ts';
import { startGateTracker, type Tracker } from '../gate/tracker.ts';
import { availableEngines, ENGINES, type Engine, type EngineName, launchEngine } from '../support/engines.ts';
import { ROOT } from '../support/root.ts';
import { type Site, startSite } from '../support/servers.ts';

// Every case of test/gate/cases, in every engine, and the table that the site's developers read.

const available = availableEngines();
const endings = new Map(CASES.map(({ id }) => [id, {} as Partial<Record<EngineName, Ending>>]));

for (const name of ENGINES) {
  const state = available[name];
  describe.skipIf(state !== true)(state === true ? name : `${name} (skipped: ${state})`, () => {
    let engine: Engine;
    let site: Site;
    let tracker: Tracker;
    let stage: GateStage;

    beforeAll(async () => {
      [engine, site, tracker] = await Promise.all([launchEngine(name), startSite(), startGateTracker()]);
      stage = { session: await engine.newSession(), site, tracker };
    });
    afterAll(async () => {
      await engine?.close();
      await Promise.all([site?.close(), tracker?.close()]);
    });

    for (const one of CASES) {
      const reason = one.not?.[name];
      const claim = `${one.group}: ${one.title}`;
      it.skipIf(reason)(reason ? `${claim} (${name} ${reason})` : claim, async () => {
        const ending = endings.get(one.id) ?? {};
        ending[name] = 'failed';
        expect(await playUnmarked(stage, one), 'without marks and without the library').toEqual(
          expectedUnmarked(one),
        );
        expect(await playCase(stage, one, bandeau)).toEqual(expectedOf(one));
        ending[name] = 'passed';
      });
    }
  });
}

const missing = ENGINES.filter((name) => available[name] !== true);
const whyNot = missing.length ? ` (not compared: this machine has no ${missing.join(' and no ')})` : '';

it.skipIf(missing.length)(`docs/gate.md says what this run has seen${whyNot}`, async () => {
  await expect(gateTable(CASES, endings)).toMatchFileSnapshot(join(ROOT, 'docs/gate.md'));
});
