import { readStored } from '../../lib/local-store.ts';
import { keyOf } from '../../model/stored-keys.ts';
import type { Effect, Stop } from '../effect.ts';
import { loadTexts } from './languages.ts';

/** Loads what tells of something and asks nothing, once there is such a thing to tell. */
export const startLoadUpdate: Effect = (context) => {
  const { policy, state, inbound } = context;
  let isOver = false;
  let stop: Stop | undefined;

  inbound.inform = async (what) => {
    try {
      const { startUpdate } = await import('./updates.ts');
      stop?.();
      if (!isOver) stop = startUpdate(context, what, loadTexts);
    } catch (error) {
      console.error('bandeau: could not be shown:', error);
    }
  };
  const stopWaiting = state.$promptReason.subscribe((reason) => {
    const version = state.$receipt.get()?.policyVersion ?? policy.version;
    const isNew = version !== policy.version && policy.changes.some(({ inform }) => inform);
    if (!reason && isNew && readStored(keyOf(policy, 'told')) !== policy.version) inbound.inform('policy');
  });

  return () => {
    isOver = true;
    stopWaiting();
    stop?.();
  };
};
