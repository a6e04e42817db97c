import type { Contender } from './contender.ts';
import type { Devtools } from './devtools.ts';
import type { Site } from './page/server.ts';

export interface Bench {
  readonly devtools: Devtools;
  readonly site: Site;
}

/** One visit or a few that belong together: numbers by their name. */
export interface Measure {
  readonly name: string;
  /** It is taken in one of so many rounds. @default 1 */
  readonly every?: number;
  fits(contender: Contender): boolean;
  take(bench: Bench, contender: Contender): Promise<Record<string, number | null>>;
}
