import { defineSignal } from './kit/define-signal.ts';
import { useWhenReady } from './kit/use-when-ready.ts';

export interface SentryOptions {
  /** For the npm package: returns it (`import * as Sentry`), or a promise of it, once `init` was called. */
  readonly client: () => unknown;
  /**
   * `'session'` records and sends each session whose visitor has granted it; `'buffer'` keeps the last minute in memory
   * and sends it with an error.
   * @default 'session'
   */
  readonly mode: 'session' | 'buffer';
}

interface Replay {
  start(): void;
  startBuffering(): void;
  stop(): unknown;
}

interface Sentry {
  getReplay(): Replay | undefined;
}

/**
 * Sentry: starts and stops Session Replay, and nothing else of it. Give both sample rates of Replay as 0 (for `'buffer'`:
 * the one for sessions), or it begins before the choice. When it is stopped, Replay sends what it has recorded until then.
 *
 * Source: https://github.com/getsentry/sentry-javascript/blob/develop/packages/replay-internal/src/integration.ts
 */
export const sentry = defineSignal({
  name: 'sentry',
  terms: { replay: ['analytics'] },
  connect({ client, mode }: Partial<SentryOptions>) {
    const { use, stop } = useWhenReady<Sentry>('Sentry', (one) => one.getReplay, client);
    let timer: ReturnType<typeof setTimeout> | undefined;
    return {
      update: ({ replay }) =>
        use(({ getReplay }) => {
          const act = () => {
            const found = getReplay();
            if (!replay) Promise.resolve(found?.stop()).catch(reportError);
            else if (mode === 'buffer') found?.startBuffering();
            else found?.start();
            return found;
          };
          clearTimeout(timer);
          // The page that has just read the global is about to call `init`.
          if (!act()) timer = setTimeout(act);
        }),
      stop() {
        clearTimeout(timer);
        stop();
      },
    };
  },
});
