import { readStored } from '../../lib/local-store.ts';
import { keyOf } from '../../model/stored-keys.ts';
import type { Decision } from '../../state/actions.ts';
import type { Effect, Inbound } from '../effect.ts';
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
  /** Decisions that nothing was there to keep yet, with what was asked of effects then: who is signed in may change. */
  const waiting: [Decision | null, Inbound][] = [];

  const load = async () => {
    try {
      loading ??= import('./records.ts').then(({ startRecords }) => startRecords(context));
      records = await loading;
      for (const one of waiting.splice(0)) records.keep(...one);
    } catch (error) {
      // Tried again for what comes next.
      loading = undefined;
      console.error('bandeau: no record could be kept:', error);
    }
  };
  inbound.expectDecision = () => void load();
  inbound.decided = (decision) => {
    // What is decided after that is not stored either.
    if (isOver) return;
    waiting.push([decision, { ...inbound }]);
    if (records) for (const one of waiting.splice(0)) records.keep(...one);
    else void load();
  };
  inbound.exportReceipt = async (format) => {
    await load();
    if (!records) throw new Error('bandeau: the records could not be loaded');
    return records.exportReceipt(format);
  };
  if (options.report && readStored(keyOf(policy, 'queue'))) void load();

  return () => {
    isOver = true;
  };
};
