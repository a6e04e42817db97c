import { defineSignal } from './kit/define-signal.ts';
import { useWhenReady } from './kit/use-when-ready.ts';

export interface HotjarOptions {
  /**
   * Calls `hj('consent', true)` or `hj('consent', false)`. Many sites do, Hotjar documents nothing of the kind, and we have
   * not seen it do anything.
   * @default false
   */
  readonly consentCommand: boolean;
}

type Hj = (command: 'consent', isGranted: boolean) => void;

/**
 * Hotjar has no way to be told: hold its script, and a withdrawal needs a reload. This says so in the console where its
 * script runs although it was refused, and does nothing else by default. With the tag of Contentsquare, which has taken
 * Hotjar over, use `contentsquare`.
 *
 * Source: https://help.hotjar.com/hc/en-us/articles/115011789248-Hotjar-Cookie-Information
 */
export const hotjar = defineSignal({
  name: 'hotjar',
  terms: { recording: ['analytics'] },
  connect({ consentCommand }: Partial<HotjarOptions>) {
    const { use, stop } = useWhenReady<Hj>('hj', (one) => typeof one === 'function');
    return {
      update: ({ recording }) =>
        use((hj) => {
          if (consentCommand) hj('consent', recording);
          else if (!recording) console.error('bandeau: hotjar: only a held script can be refused');
        }),
      stop,
    };
  },
});
