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

/** One line for each list of numbers, so that a difference can be read. */
export function writeResults(results: Results): void {
  const round = (_: string, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
  const text = JSON.stringify(results, round, 1).replace(
    /\[\n\s+([^[\]{}]*?)\n\s+\]/g,
    (_, items: string) => `[${items.replace(/\n\s+/g, ' ')}]`,
  );
  writeFileSync(FILE, `${text}\n`);
}
