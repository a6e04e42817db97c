import { version as sdkVersion } from '../../../package.json';
import { writeStored } from '../../lib/local-store.ts';
import { exportCsv } from '../../model/export-csv.ts';
import { readRecord } from '../../model/read-record.ts';
import { makeRecord } from '../../model/record.ts';
import { keyOf, type StoredKey } from '../../model/stored-keys.ts';
import { canonicalize } from '../../policy/canonicalize.ts';
import { outlinePolicy } from '../../policy/outline.ts';
import { sha256 } from '../../policy/sha256.ts';
import type { Decision } from '../../state/actions.ts';
import type { ConsentRecord } from '../../types.ts';
import type { EffectContext, Inbound } from '../effect.ts';
import { MAX_KEPT, readList, writeList } from './kept-list.ts';
import type { startReport as StartReport } from './report.ts';

/** Keeps the visitor's decisions on the device, and sends them where the site wants them. */
export interface Records {
  /**
   * Never throws.
   * @param decision null to forget everything that is kept
   * @param then as it was when the decision was made
   */
  keep(decision: Decision | null, then: Pick<Inbound, 'isSuspended' | 'recorded'>): void;
  /** See `Consent.exportReceipt`. */
  exportReceipt(format: 'json' | 'csv'): string;
}

const KEYS: readonly StoredKey[] = ['records', 'outline', 'queue', 'told'];

/**
 * Begins by sending what earlier pages could not.
 * @param startReport where the site wants records sent
 */
export function startRecords(
  context: Pick<EffectContext, 'policy' | 'environment' | 'options'>,
  startReport?: typeof StartReport,
): Records {
  const { policy, environment, options } = context;
  const key = keyOf(policy, 'records');
  const report = options.report && startReport?.(context, options.report);
  report?.sendWaiting();

  /** Of this page, newest first, where the browser has no room for them. */
  let unstored: ConsentRecord[] = [];
  const history = () => [...unstored, ...readList(key, readRecord)].slice(0, MAX_KEPT);

  let policyHash: string | undefined;
  /** Of the policy as the site wrote it: what a function or a date in it becomes is what its JSON says. */
  const hashPolicy = () => sha256(canonicalize(JSON.parse(JSON.stringify(options.policy))));

  const store = (record: ConsentRecord) => {
    const list = [record, ...history()];
    const outlineKey = keyOf(policy, 'outline');
    // An outline of an earlier decision would be compared with as if it were of this one.
    if (!writeStored(outlineKey, JSON.stringify(outlinePolicy(policy)))) writeStored(outlineKey, null);
    unstored = writeList(key, list) ? [] : list;
  };

  const keep: Records['keep'] = (decision, { isSuspended, recorded }) => {
    if (!decision) {
      // What the device keeps is not the account's to forget.
      if (isSuspended) return recorded(null, null);
      unstored = [];
      for (const one of KEYS) writeStored(keyOf(policy, one), null);
      return;
    }
    policyHash ??= hashPolicy();
    const { shown } = decision;
    const record = makeRecord(policy, decision, {
      policyHash,
      textsHash: shown && sha256(canonicalize(shown.texts)),
      gpc: environment.gpc,
      sdkVersion,
    });
    if (!isSuspended) store(record);
    report?.send(record, !isSuspended);
    recorded(record, decision);
  };

  return {
    keep(decision, then) {
      try {
        keep(decision, then);
      } catch (error) {
        // The decision is in force all the same.
        console.error('bandeau: no record could be kept:', error);
      }
    },
    exportReceipt(format) {
      const records = history();
      return format === 'csv' ? exportCsv(records) : JSON.stringify({ schemaVersion: 1, records }, null, 2);
    },
  };
}
