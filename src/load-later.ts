import type { EffectContext, Later, Stop } from './effects/effect.ts';
import { loadTexts } from './effects/load-ui/languages.ts';
import { readStored } from './lib/local-store.ts';
import { keyOf } from './model/stored-keys.ts';
import type { Decision } from './state/actions.ts';

/** Loads the rest at its first use, and holds the decisions that are made before it is there. */
export function prepareLater(context: EffectContext): Stop {
  const { inbound } = context;
  let isOver = false;
  let loading: Promise<Later> | undefined;
  let later: Later | undefined;
  const waiting: (Decision | null)[] = [];

  inbound.decided = (decision) => {
    waiting.push(decision);
    inbound.later().catch(() => {});
  };
  inbound.later = async () => {
    try {
      loading ??= import('./later.ts').then(({ startLater }) => startLater(context, loadTexts));
      later = await loading;
      // At once from now on, since a page may be about to go.
      inbound.decided = later.keep;
      for (const decision of waiting.splice(0)) later.keep(decision);
      if (isOver) later.stop();
      return later;
    } catch (error) {
      // Tried again at the next use.
      loading = undefined;
      console.error('bandeau: could not be loaded:', error);
      throw error;
    }
  };

  return () => {
    isOver = true;
    later?.stop();
  };
}

/** A record waits to be sent, or the visitor to be told of a version about which there is nothing to answer. */
export function hasNews({ policy, options, state }: EffectContext): unknown {
  const { version, changes } = policy;
  const isWaiting = options.report && readStored(keyOf(policy, 'queue'));
  const isInforming = changes.some(({ inform }) => inform) && readStored(keyOf(policy, 'told')) !== version;
  return isWaiting || (isInforming && (state.$receipt.get()?.policyVersion ?? version) !== version);
}
