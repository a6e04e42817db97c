/**
 * `npm run bench:gate`: the pages of test/gate with other libraries, in Chromium. Writes docs/gate-peers.md.
 * Installs the others below bench/ when they are not there. Needs `npm run build` before.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { GateCase } from '../../test/gate/case.ts';
import { CASES } from '../../test/gate/cases/index.ts';
import { openLanes } from '../../test/gate/lanes.ts';
import { bandeau, type Library } from '../../test/gate/library.ts';
import { expectedOf, type Phase, playCase, type Seen } from '../../test/gate/run-case.ts';
import { ROOT } from '../../test/support/root.ts';
import { installPackages, PACKAGES } from '../install.ts';
import { peersTable, type Result } from './table.ts';

/** What a library does late, it does within this time, in milliseconds. */
const PATIENCE = 800;
const LANES = 3;

const versionOf = (manifest: string): string => JSON.parse(readFileSync(manifest, 'utf8')).version;
installPackages();

// The adapters read the files of what was just installed.
const { createVanillaCookieConsent } = await import('../peers/vanilla-cookieconsent.ts');
const { createKlaro } = await import('../peers/klaro.ts');
const { createTarteaucitron } = await import('../peers/tarteaucitron.ts');
const { createC15t } = await import('../peers/c15t.ts');
const { createYett } = await import('../peers/yett.ts');

/** A new one for each case: some gather what a page declares. */
const MAKERS: readonly (() => Library)[] = [
  () => bandeau,
  createVanillaCookieConsent,
  createKlaro,
  createTarteaucitron,
  createC15t,
  createYett,
];

/** What is about a mark or a method of bandeau's own compares nothing; the impossible is so for all. */
const comparable = CASES.filter(({ own, impossible }) => !own && !impossible);

/** Some reload the page when a choice is taken back, so what had run there is not compared. */
const isAsExpected = (phase: Phase, seen: Seen, wanted: Seen): boolean =>
  phase === 'after withdrawal'
    ? isDeepStrictEqual({ ...seen, ran: [] }, { ...wanted, ran: [] })
    : isDeepStrictEqual(seen, wanted);

const what = ({ reached, ran, stored, fact }: Seen): string => {
  const parts = [
    reached.length && `requested ${reached.join(' ')}`,
    ran.length && `ran ${ran.length > 5 ? `${ran.slice(0, 5).join(' ')} …` : ran.join(' ')}`,
    stored.length && `stored ${stored.join(', ')}`,
  ].filter(Boolean);
  if (parts.length) return parts.join('; ');
  return fact === undefined ? 'nothing' : JSON.stringify(fact);
};

const lanes = await openLanes('chromium', LANES);

async function compare(one: GateCase, make: () => Library): Promise<string | undefined> {
  const expected = expectedOf(one);
  for (let attempt = 0; ; attempt++) {
    try {
      let wrong: string | undefined;
      await lanes.run((stage) =>
        playCase({ ...stage, patienceMs: PATIENCE }, one, make(), (phase, seen) => {
          const isGood = isAsExpected(phase, seen, expected[phase]);
          if (!isGood) wrong = `${phase}: ${what(seen)}`;
          return isGood;
        }),
      );
      return wrong;
    } catch (error) {
      // A page that reloads itself is between two documents for a moment.
      if (attempt) return `the page threw: ${String(error).split('\n', 1)[0]?.slice(0, 90)}`;
    }
  }
}

const results: Result[] = [];
try {
  for (const make of MAKERS) {
    const { name, declares = false } = make();
    const fitting = comparable.filter(({ element }) => !(element && declares));
    const outcomes = await Promise.all(
      fitting.map(async (one) => [one.id, await compare(one, make)] as const),
    );
    const failures = new Map(outcomes.flatMap(([id, problem]) => (problem ? [[id, problem]] : [])));
    const version = name === 'bandeau' ? versionOf(`${ROOT}/package.json`) : (PACKAGES[name] ?? '');
    results.push({ name, version, failures, declares });
    console.log(`${name} ${version}: ${fitting.length - failures.size} of ${fitting.length}`);
  }
} finally {
  await lanes.close();
}
writeFileSync(`${ROOT}/docs/gate-peers.md`, peersTable(comparable, results, new Date()));
