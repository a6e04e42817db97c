import type { Measure } from '../measure.ts';
import { accept } from './accept.ts';
import { load, loadMany } from './load.ts';
import { preferences } from './preferences.ts';
import { show, showSlowly } from './show.ts';

/** Points between the ends of a curve, and what no goal is about, are taken less often. */
const SELDOM = 4;

export const MEASURES: readonly Measure[] = [
  load(1),
  load(4, SELDOM),
  show(1),
  show(4),
  showSlowly,
  accept(1000, 1),
  accept(1000, 4),
  accept(1, 1, SELDOM),
  accept(100, 1, SELDOM),
  accept(100, 4, SELDOM),
  preferences(500, 4),
  preferences(5, 1, SELDOM),
  preferences(50, 1, SELDOM),
  preferences(5, 4, SELDOM),
  preferences(50, 4, SELDOM),
  loadMany,
];
