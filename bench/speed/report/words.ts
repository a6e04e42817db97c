import type { Summary } from '../statistics.ts';

export const NOT_THERE = '–';

/** As many digits as say something. */
export const number = (value: number): string => {
  const size = Math.abs(value);
  const rounded = size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(2);
  return rounded.includes('.') ? rounded.replace(/\.?0+$/, '') : rounded;
};

export const median = (summary: Summary | null): string => (summary ? number(summary.median) : NOT_THERE);

/** Median, and in brackets the smallest and the largest. */
export const spread = (summary: Summary | null): string =>
  summary ? `${number(summary.median)} (${number(summary.min)}–${number(summary.max)})` : NOT_THERE;

export const kilobytes = (bytes: number): string => number(bytes / 1000);

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, place) => (place ? '--:' : '---'))), ...rows.map(line)].join('\n');
}
