import { readStored } from '../../lib/local-store.ts';
import { keyOf } from '../../model/stored-keys.ts';
import type { Decision } from '../../state/actions.ts';
import type { Effect } from '../effect.ts';
import type { Records } from './records.ts';

/**
 * Loads what keeps and sends records: when a layer with answers is on screen, so that it is there when one is given;
 * else at a decision, and where a report waits from another page.
 */
export const startLoadRecords: Effect = (context) => {
  const { inbound, options, policy } = context;
  let isOver = false;
  let records: Records | undefined;
  let loading: Promise<Records> | undefined;
  /** Decisions that nothing was there to keep yet. */
  const waiting: (Decision | null)[] = [];

  const load = async () => {
    try {
      loading ??= import('./records.ts').then(({ startRecords }) => startRecords(context));
      records = await loading;
      if (isOver) return records.stop();
      for (const decision of waiting.splice(0)) records.keep(decision);
    } catch (error) {
      // Tried again for what comes next.
      loading = undefined;
      console.error('bandeau: no record could be kept:', error);
    }
  };
  inbound.expectDecision = () => void load();
  inbound.decided = (decision) => {
    if (records) return records.keep(decision);
    waiting.push(decision);
    void load();
  };
  inbound.exportReceipt = async (format) => {
    await load();
    if (!records) throw new Error('bandeau: the records could not be loaded');
    return records.exportReceipt(format);
  };
  if (options.report && readStored(keyOf(policy, 'queue'))) void load();

  return () => {
    isOver = true;
    records?.stop();
  };
};
