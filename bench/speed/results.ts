import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { BENCH } from '../peers/files.ts';
import type { Absent } from './contender.ts';
import type { Facts } from './measures/facts.ts';

const FILE = `${BENCH}results/latest.json`;

/** Numbers of the rounds of one contender, by the name of what was measured. Null where something went wrong. */
export type Samples = Record<string, (number | null)[]>;

export interface ContenderResult {
  readonly name: string;
  readonly version: string;
  readonly facts?: Facts;
  readonly samples: Samples;
}

export interface Results {
  readonly date: string;
  readonly machine: string;
  readonly chromium: string;
  readonly node: string;
  readonly rounds: number;
  readonly minutes: number;
  readonly contenders: readonly ContenderResult[];
  readonly absent: readonly Absent[];
  /** What went wrong, in words. */
  readonly problems: readonly string[];
  /** Nanoseconds of one call in node, by what is called. */
  readonly calls: Readonly<Record<string, number>>;
}

export const readResults = (): Results => JSON.parse(readFileSync(FILE, 'utf8'));

/** Three digits after the point, and laid out as every file here is. */
export function writeResults(results: Results): void {
  const round = (_: string, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
  writeFileSync(FILE, JSON.stringify(results, round, 1));
  const { status } = spawnSync(`${BENCH}../node_modules/.bin/biome`, ['format', '--write', FILE]);
  if (status !== 0) console.log(`${FILE} is not formatted`);
}
