import type { EffectContext, Inbound, Later, Stop } from './effects/effect.ts';
import { loadTexts } from './effects/load-ui/languages.ts';
import { listen } from './lib/listen.ts';
import { readStored } from './lib/local-store.ts';
import { afterPaint } from './lib/next-task.ts';
import { keyOf } from './model/stored-keys.ts';
import type { Decision } from './state/actions.ts';

/** Loads the rest at its first use, and holds the decisions that are made before it is there. */
export function prepareLater(context: EffectContext): Stop {
  const { inbound } = context;
  let isOver = false;
  let loading: Promise<Later> | undefined;
  let later: Later | undefined;
  /** With what was asked of effects then: who is signed in may change. */
  const waiting: [Decision | null, Inbound][] = [];
  const keepWaiting = () => {
    if (later) for (const one of waiting.splice(0)) later.keep(...one);
  };

  const keepSoon = async (isClicked: boolean) => {
    if (isClicked) {
      // What was clicked is painted first; but the page may be about to go.
      const stopListening = listen(window, ['pagehide', 'visibilitychange'], keepWaiting);
      await afterPaint();
      stopListening();
    } else keepWaiting();
    inbound.later().catch(() => {});
  };
  inbound.decided = (decision) => {
    // What is decided after the end is not stored either.
    if (isOver) return;
    // What was decided before it is forgotten, too.
    if (!decision) waiting.length = 0;
    waiting.push([decision, { ...inbound }]);
    void keepSoon(!!decision?.shown);
  };
  inbound.later = async () => {
    try {
      loading ??= import('./later.ts').then(({ startLater }) => startLater(context, loadTexts));
      later = await loading;
      keepWaiting();
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
