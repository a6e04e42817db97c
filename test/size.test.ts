import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BUDGETS, checkBudgets, measure, type Row, readmeTable, withTable } from '../scripts/size.mjs';

const DIST = new URL('../dist/', import.meta.url);
const README = new URL('../README.md', import.meta.url);
const START = '<!-- size:start -->';
const END = '<!-- size:end -->';

const readme = existsSync(README) ? readFileSync(README, 'utf8') : '';
const hasMarkers = readme.includes(START) && readme.includes(END);

describe('the budgets', () => {
  const rows = measure();
  const budgets = checkBudgets(rows);

  it.each(budgets)('$name: $bytes B of brotli is at most $kB kB', ({ bytes, kB, files }) => {
    expect(bytes, files.join(' + ')).toBeLessThanOrEqual(kB * 1000);
    expect(bytes).toBeGreaterThan(0);
  });

  it('hold for every language: both layers, and no layer beside them is longer than the preferences', () => {
    const brotli = new Map(rows.map((row) => [row.file, row.brotli]));
    const weightOf = (layer: string, language: string) => brotli.get(`locales/${layer}/${language}.js`) ?? 0;
    const limit = (BUDGETS.find(({ name }) => name === 'Texts')?.kB ?? 0) * 1000;
    const languages = rows.flatMap(({ file }) => /^locales\/banner\/(\w+)\.js$/.exec(file)?.[1] ?? []);
    expect(languages).toHaveLength(35);
    for (const language of languages) {
      const preferences = weightOf('preferences', language);
      expect(weightOf('banner', language) + preferences, language).toBeLessThanOrEqual(limit);
      for (const layer of ['notice', 'placeholders', 'declaration']) {
        expect(weightOf(layer, language), `${layer} ${language}`).toBeLessThan(preferences);
        expect(weightOf(layer, language)).toBeGreaterThan(0);
      }
    }
  });

  it('count every file that travels', () => {
    expect(BUDGETS.flatMap(({ files }) => files).filter((file) => !existsSync(new URL(file, DIST)))).toEqual(
      [],
    );
    for (const { files, bytes } of budgets) {
      const sum = files.map((file) => rows.find((row) => row.file === file)?.brotli ?? Number.NaN);
      expect(sum.reduce((a, b) => a + b, 0)).toBe(bytes);
    }
  });

  it.each(BUDGETS)('$name would be broken by one byte too many', ({ name, kB, files }) => {
    const weighing = (brotli: number): Row[] => [{ file: files[0] as string, raw: 1, gzip: 1, brotli }];
    const isKept = (brotli: number) => checkBudgets(weighing(brotli)).find((one) => one.name === name)?.ok;
    expect(isKept(kB * 1000)).toBe(true);
    expect(isKept(kB * 1000 + 1)).toBe(false);
  });
});

describe('the README', () => {
  it.skipIf(!hasMarkers)(
    hasMarkers
      ? 'has the table that `npm run size -- --write` makes'
      : `has no ${START} … ${END} yet: its table is not compared`,
    () => {
      // The table is compared by its numbers: a formatter may pad its cells.
      const plain = (text: string) =>
        text
          .replace(/[ \t]+/g, ' ')
          .replace(/-{3,}/g, '---')
          .trim();
      const table = readme.slice(readme.indexOf(START) + START.length, readme.indexOf(END));
      expect(plain(table), 'run `npm run size -- --write`').toBe(plain(readmeTable()));
    },
  );

  it('would not equal a table with other numbers', () => {
    const rows: Row[] = [{ file: 'bandeau.js', raw: 1000, gzip: 500, brotli: 400 }];
    const heavier: Row[] = [{ file: 'bandeau.js', raw: 1000, gzip: 500, brotli: 500 }];
    const document = `x\n${START}\nold\n${END}\ny\n`;
    expect(withTable(document, readmeTable(rows))).not.toBe(withTable(document, readmeTable(heavier)));
    expect(withTable(document, readmeTable(rows))).toMatch(/^x\n/);
    expect(withTable(document, readmeTable(rows))).not.toContain('old');
  });

  it('cannot be written without its markers', () => {
    expect(() => withTable('no markers', 'table')).toThrow(START);
    expect(() => withTable(`${END}${START}`, 'table')).toThrow();
  });
});
