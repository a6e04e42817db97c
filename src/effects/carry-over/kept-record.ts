import { readList } from '../../lib/stored-list.ts';
import { readRecord } from '../../model/read-record.ts';
import { keyOf } from '../../model/stored-keys.ts';
import type { NormalizedPolicy } from '../../policy/normalize.ts';
import type { ConsentRecord } from '../../types.ts';

/**
 * The record that the device keeps of a decision. It is never made a second time: the policy and the texts of then are
 * no longer known.
 */
export const findRecord = (policy: NormalizedPolicy, wanted: string): ConsentRecord | null =>
  readList(keyOf(policy, 'records'), readRecord).find(({ id }) => id === wanted) ?? null;
