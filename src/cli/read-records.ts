import { entries, field, isObject, snapshot, type Tree } from '../policy/snapshot.ts';
import type { ConsentRecord } from '../types.ts';
import { reasonOf } from './read-policy-file.ts';

const isText = (value: Tree): value is string => typeof value === 'string';
const isHash = (value: Tree) => isText(value) && /^[\da-f]{64}$/.test(value);
const isNullOr = (test: (value: Tree) => boolean) => (value: Tree) => value === null || test(value);
const isOneOf =
  (...texts: string[]) =>
  (value: Tree) =>
    isText(value) && texts.includes(value);
const isChoices = (value: Tree) =>
  isObject(value) && Object.values(value).every(isOneOf('granted', 'denied'));
const isUuid = (value: Tree) => isText(value) && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);

/** What a record must hold to be compared with a policy. */
const FIELDS: Partial<Record<keyof ConsentRecord, (value: Tree) => boolean>> = {
  schemaVersion: (value) => value === 1,
  id: isUuid,
  time: (value) => isText(value) && !Number.isNaN(Date.parse(value)),
  method: isOneOf('accept-all', 'reject-all', 'custom', 'withdraw', 'import'),
  policyVersion: isText,
  policyHash: isHash,
  layer: isNullOr(isOneOf('banner', 'notice', 'preferences', 'inline', 'placeholders')),
  locale: isNullOr((value) => isText(value) && /^[a-z]{2}(?:-[A-Z]{2})?$/.test(value)),
  textsHash: isNullOr(isHash),
  categories: isChoices,
  services: isChoices,
};

/**
 * Reads a record, an export of several, or a report of one.
 * @returns why it is none, in words
 */
export function readRecords(text: string): readonly ConsentRecord[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return reasonOf(error);
  }
  const tree = snapshot(value);
  if (!isObject(tree)) return 'it holds no record';
  const several = tree['records'];
  if (several !== undefined && !Array.isArray(several)) return 'records is no list';
  const place = several ? 'records' : tree['record'] === undefined ? '' : 'record';
  const found = several ? entries(several) : [tree['record'] ?? tree];
  if (found.length === 0) return 'it holds no record';
  for (const [i, record] of found.entries()) {
    const wrong = Object.entries(FIELDS).find(([key, isFine]) => !isFine(field(record, key)));
    if (!wrong) continue;
    return `${several ? `records[${i}].` : place && `${place}.`}${wrong[0]} is missing or is not what a record has there`;
  }
  const checked: unknown = found;
  return checked as readonly ConsentRecord[];
}
