import type { Choice, ConsentRecord } from '../types.ts';

/** Columns of the record, before those of the answer. */
const COLUMNS = [
  'id',
  'previousId',
  'time',
  'method',
  'importedFrom',
  'policyVersion',
  'policyHash',
  'layer',
  'locale',
  'textsHash',
  'region',
  'regime',
  'browserSignal',
  'overridesGpc',
  'sdkVersion',
] as const satisfies readonly (keyof ConsentRecord)[];

/** What a program may drop before it looks: spaces, controls, and whatever takes no room on the screen. */
const DROPPED = '[\\s\\p{Cc}\\p{Cf}\\p{DI}]*';
/** What a spreadsheet takes for a formula at the start of a cell, in its full-width and small forms too. */
const FORMULA = `${DROPPED}[=+\\-@−＝＋－＠﹦﹢﹣﹫]`;
/** It may also take what stands after its own idea of a separator for the start of one. */
const AFTER_SEPARATOR = new RegExp(`([;,|\\t\\r\\n"])(?=${FORMULA})`, 'gu');
const AT_START = new RegExp(`^(?=${FORMULA}|[\\t\\r\\n])`, 'u');

/**
 * One cell. An apostrophe before what could be a formula makes spreadsheets show it as text.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
const cell = (text: string): string => {
  const harmless = text.replace(AFTER_SEPARATOR, "$1'").replace(AT_START, "'");
  return /[",;\s]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

/**
 * Records as CSV (RFC 4180): a header, then one row for each answer, so that each is a line that can be sorted and
 * filtered. A record without an answer has one row all the same.
 */
export function exportCsv(records: readonly ConsentRecord[]): string {
  const rows = records.flatMap((record) => {
    const facts = COLUMNS.map((column) => `${record[column] ?? ''}`);
    const of = (kind: string, answers: Readonly<Record<string, Choice>>) =>
      Object.entries(answers).map(([id, choice]) => [...facts, kind, id, choice]);
    const answers = [...of('category', record.categories), ...of('service', record.services)];
    return answers[0] ? answers : [[...facts, '', '', '']];
  });
  return [[...COLUMNS, 'kind', 'answerId', 'choice'], ...rows]
    .map((row) => `${row.map(cell).join()}\r\n`)
    .join('');
}
