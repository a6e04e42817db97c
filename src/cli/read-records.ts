import { readRecord } from '../model/read-record.ts';
import { findDoubledKey } from '../policy/doubled-key.ts';
import { quote } from '../policy/problems.ts';
import type { ConsentRecord } from '../types.ts';

/**
 * Reads a record, an export of several, or a report of one.
 * @returns why it is none, in words
 */
export function readRecords(text: string): readonly ConsentRecord[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    // The reason of the engine would quote the file as it is, with whatever a terminal obeys.
    return 'it is not JSON';
  }
  const doubled = findDoubledKey(text);
  if (doubled) return `it has ${quote(doubled.key)} twice in the same place`;
  const member = (key: string): unknown =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, key)
      ? Reflect.get(value, key)
      : undefined;
  const several = member('records');
  if (several !== undefined && !Array.isArray(several)) return 'records is no list';
  const found: unknown[] = several ?? [member('record') ?? value];
  const records = found.map(readRecord).filter((record) => record !== null);
  const wrong = found.findIndex((one) => !readRecord(one));
  if (wrong >= 0) {
    const place = several ? `records[${wrong}]` : member('record') === undefined ? 'it' : 'record';
    return `${place} lacks what docs/record.schema.json asks for, or has something else in its place`;
  }
  return records.length > 0 ? records : 'it holds no record';
}
