import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportCsv } from '../../src/model/export-csv.ts';
import type { ConsentRecord } from '../../src/types.ts';
import { PARTLY } from '../fixtures/policy.ts';
import { anyRecord, recordOf } from '../fixtures/records.ts';

/** RFC 4180 § 2, to the letter: whatever is not of it throws. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [whole, quoted, plain, end] =
      /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y[Symbol.match](text.slice(at)) ?? [];
    if (whole === undefined) throw new Error(`no CSV at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    at += whole.length;
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) throw new Error('the last row does not end');
  return rows;
}

const HEADER =
  'id,previousId,time,method,importedFrom,policyVersion,policyHash,layer,locale,textsHash,region,regime,browserSignal,overridesGpc,sdkVersion,kind,answerId,choice';
const cellsOf = (record: Partial<ConsentRecord>, column: string): string[] => {
  const [head = [], ...rows] = parseCsv(exportCsv([recordOf(PARTLY, record)]));
  return rows.map((row) => row[head.indexOf(column)] ?? '');
};

describe('records as CSV', () => {
  it('are a header and one row for each answer', () => {
    const record = recordOf();
    const [header, first, ...rest] = exportCsv([record]).split('\r\n');
    expect(header).toBe(HEADER);
    expect(first).toBe(
      `${record.id},,${record.time},custom,,2025-01-15,${record.policyHash},banner,fr,${record.textsHash},eu,opt-in,,false,0.1.0,category,analytics,denied`,
    );
    expect(rest.at(-1)).toBe('');
    expect(rest.slice(0, -1).map((row) => row.split(',').slice(-3).join(' '))).toEqual([
      'category advertising granted',
      'category preference granted',
      'service matomo granted',
      'service heatmap denied',
      'service ads granted',
    ]);
  });

  it('are the header alone where there is none', () => {
    expect(exportCsv([])).toBe(`${HEADER}\r\n`);
  });

  it('have one row for a record without an answer', () => {
    const [, row, ...more] = parseCsv(exportCsv([recordOf({}, { categories: {}, services: {} })]));
    expect(row?.slice(-3)).toEqual(['', '', '']);
    expect(more).toEqual([]);
  });

  it('come back as they were when they are read by the rules of RFC 4180', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 4 }), (records) => {
        const [header = [], ...rows] = parseCsv(exportCsv(records));
        expect(header.join()).toBe(HEADER);
        const answers = records.flatMap((record) => {
          const of = (kind: string, given: Readonly<Record<string, string>>) =>
            Object.entries(given).map(([id, choice]) => [record.id, kind, id, choice]);
          const all = [...of('category', record.categories), ...of('service', record.services)];
          return all[0] ? all : [[record.id, '', '', '']];
        });
        expect(rows.map((row) => [row[0], ...row.slice(-3)])).toEqual(answers);
        const byId = new Map(records.map((record) => [record.id, record]));
        for (const row of rows) {
          header.slice(0, -3).forEach((column, i) => {
            const value = Reflect.get(byId.get(row[0] ?? '') ?? {}, column) ?? '';
            // What was put in to make it harmless is the only difference.
            expect(row[i]?.replaceAll("'", '')).toBe(String(value).replaceAll("'", ''));
          });
        }
      }),
    );
  });

  it('hold no cell that begins like a formula, wherever a program thinks that cells begin', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 4 }), (records) => {
        for (const cell of parseCsv(exportCsv(records)).flat()) {
          expect(cell).not.toMatch(
            /^[\t\r\n]|(^|[;,|\t\r\n"])[\s\p{Cc}\p{Cf}\p{DI}]*[=+\-@−＝＋－＠﹦﹢﹣﹫]/u,
          );
        }
      }),
    );
  });

  it.each<readonly [string, string]>([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    ['＝1', "'＝1"],
    ['  =1', "'  =1"],
    ['a;=1', "a;'=1"],
    ['a",=1', 'a",\'=1'],
    ...[0x200b, 0x2060, 0x00ad, 0x0000, 0x0001, 0x009f, 0x202e, 0x3164, 0xfe0f, 0xe0001].flatMap((code) => {
      const unseen = String.fromCodePoint(code);
      return [
        [`${unseen}=1`, `'${unseen}=1`],
        [` ${unseen}${unseen} @x`, `' ${unseen}${unseen} @x`],
        [`a;${unseen}=1`, `a;'${unseen}=1`],
      ] as const;
    }),
    ...[...'﹢﹣﹦﹫−'].map((sign) => [`${sign}1`, `'${sign}1`] as const),
    // Nothing is done to what harms nobody.
    ['2025-01-15', '2025-01-15'],
    ['a=b', 'a=b'],
    ['\u200ba=b', '\u200ba=b'],
    ['1−1', '1−1'],
    ['v1 - draft', 'v1 - draft'],
    ['é, "à"', 'é, "à"'],
  ])('show %j as %j', (policyVersion, shown) => {
    expect(new Set(cellsOf({ policyVersion }, 'policyVersion'))).toEqual(new Set([shown]));
  });
});

describe('the reader of these tests', () => {
  it.each(['a,b', 'a\n', '"a\r\n', 'a"b\r\n', '"a"b\r\n'])('refuses %j', (text) => {
    expect(() => parseCsv(text)).toThrow();
  });

  it('reads what is quoted', () => {
    expect(parseCsv('"a ""b"", c\r\nd",e\r\n')).toEqual([['a "b", c\r\nd', 'e']]);
  });
});
