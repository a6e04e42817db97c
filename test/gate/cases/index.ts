import type { GateCase } from '../case.ts';
import { DOUBT } from './doubt.ts';
import { EMBEDS } from './embeds.ts';
import { FILES } from './files.ts';
import { IMPOSSIBLE } from './impossible.ts';
import { LATER } from './later.ts';
import { ONCE } from './once.ts';
import { ORDER } from './order.ts';
import { SCRIPTS } from './scripts.ts';
import { STRICT } from './strict.ts';
import { WITHDRAWAL } from './withdrawal.ts';

/** Every case, group by group. */
export const CASES: readonly GateCase[] = [
  ...SCRIPTS,
  ...ORDER,
  ...ONCE,
  ...FILES,
  ...EMBEDS,
  ...LATER,
  ...STRICT,
  ...DOUBT,
  ...WITHDRAWAL,
  ...IMPOSSIBLE,
];
