import { readStored } from '../../lib/local-store.ts';
import { readRecord } from '../../model/read-record.ts';
import { keyOf } from '../../model/stored-keys.ts';
import type { NormalizedPolicy } from '../../policy/normalize.ts';
import type { ConsentRecord } from '../../types.ts';

/**
 * The record that the device keeps of a decision. It is never made a second time: the policy and the texts of then are
 * no longer known.
 */
export function findRecord(policy: NormalizedPolicy, wanted: string): ConsentRecord | null {
  try {
    const list: unknown = JSON.parse(readStored(keyOf(policy, 'records')) ?? '[]');
    const records = Array.isArray(list) ? list.flatMap((one) => readRecord(one) ?? []) : [];
    return records.find(({ id }) => id === wanted) ?? null;
  } catch {
    // Anybody may have written there.
    return null;
  }
}
