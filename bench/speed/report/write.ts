import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BENCH } from '../../peers/files.ts';
import { readResults } from '../results.ts';
import { figuresOf } from './figures.ts';
import { performancePage } from './page.ts';
import { drawPlots } from './plots.ts';

/** `docs/performance.md` and its plots, from what was measured last. */
export function writeReport(): void {
  const results = readResults();
  const figures = figuresOf(results);
  const folder = join(BENCH, '../docs/performance');
  mkdirSync(folder, { recursive: true });
  for (const [name, svg] of Object.entries(drawPlots(figures))) writeFileSync(join(folder, name), svg);
  writeFileSync(join(BENCH, '../docs/performance.md'), performancePage(results, figures));
}
