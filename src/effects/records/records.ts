import { version as sdkVersion } from '../../../package.json';
import { writeStored } from '../../lib/local-store.ts';
import { nextTask } from '../../lib/next-task.ts';
import { MAX_KEPT, readList, writeList } from '../../lib/stored-list.ts';
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

/** How a language writes a day comes from whoever built the file, and is none of its words. */
const withoutFormats = (key: string, value: unknown) => (key === 'formats' ? undefined : value);

const KEYS: readonly StoredKey[] = ['records', 'outline', 'queue', 'told'];

/**
 * Begins by sending what earlier pages could not.
 * @param startReport where the site wants records sent
 */
export function startRecords(
  context: Pick<EffectContext, 'policy' | 'environment' | 'options'>,
  startReport?: typeof StartReport,
): Records {
  const { policy, options } = context;
  const key = keyOf(policy, 'records');
  const report = options.report && startReport?.(context, options.report);
  report?.sendWaiting();

  /** Of this page, newest first, where the browser has no room for them. */
  let unstored: ConsentRecord[] = [];
  const history = () => [...unstored, ...readList(key, readRecord)].slice(0, MAX_KEPT);

  let prepared: { readonly policyHash: string; readonly outline: string } | undefined;
  const prepare = () => {
    prepared ??= {
      // Of the policy as the site wrote it: what a function or a date in it becomes is what its JSON says.
      policyHash: sha256(canonicalize(JSON.parse(JSON.stringify(options.policy)))),
      outline: JSON.stringify(outlinePolicy(policy)),
    };
    return prepared;
  };
  // Before the answer, since a long policy takes as long as a frame; what goes wrong is told when a record is made.
  nextTask()
    .then(prepare)
    .catch(() => {});

  const store = (record: ConsentRecord, outline: string) => {
    const list = [record, ...history()];
    const outlineKey = keyOf(policy, 'outline');
    // An outline of an earlier decision would be compared with as if it were of this one.
    if (!writeStored(outlineKey, outline)) writeStored(outlineKey, null);
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
    const { policyHash, outline } = prepare();
    const { shown } = decision;
    const record = makeRecord(policy, decision, {
      policyHash,
      textsHash: shown && sha256(canonicalize(JSON.parse(JSON.stringify(shown.texts, withoutFormats)))),
      sdkVersion,
    });
    if (!isSuspended) store(record, outline);
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
