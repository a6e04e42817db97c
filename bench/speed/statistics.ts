/** Numbers of the rounds, null where there is none. */
export type Values = readonly (number | null)[];

export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** How many numbers it is made of. */
  readonly count: number;
}

const isNumber = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value);

/** Null where there is nothing to summarize. */
export function summarize(values: Values): Summary | null {
  const sorted = values.filter(isNumber).sort((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  const low = sorted[(sorted.length - 1) >> 1];
  const high = sorted[sorted.length >> 1];
  if (min === undefined || max === undefined || low === undefined || high === undefined) return null;
  return { median: (low + high) / 2, min, max, count: sorted.length };
}

/** Round by round: what disturbed one round has disturbed both of its numbers. */
export const eachRound = (
  values: Values,
  others: Values,
  combine: (value: number, other: number) => number,
): Values =>
  values.map((value, round) => {
    const other = others[round];
    return isNumber(value) && isNumber(other) ? combine(value, other) : null;
  });

/** The smallest number of each round. */
export const bestOfRound = (lists: readonly Values[]): Values =>
  Array.from({ length: Math.max(0, ...lists.map(({ length }) => length)) }, (_, round) => {
    const numbers = lists.map((list) => list[round]).filter(isNumber);
    return numbers.length ? Math.min(...numbers) : null;
  });
