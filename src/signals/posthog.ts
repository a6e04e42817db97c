import { defineSignal } from './kit/define-signal.ts';
import { useWhenReady } from './kit/use-when-ready.ts';

export interface PosthogOptions {
  /** For the npm package: returns the instance, or a promise of it, once `init` was called. */
  readonly client: () => unknown;
}

interface PostHog {
  /** Of the snippet, which is a list until the library has loaded. */
  readonly _i: unknown;
  readonly __loaded: unknown;
  push(act: (this: PostHog) => void): void;
  has_opted_out_capturing(): boolean;
  opt_in_capturing(options: { captureEventName: false }): void;
  opt_out_capturing(): void;
}

/**
 * PostHog: opts in and out of capturing, where that changes anything, since both write to the device. No `$opt_in` event
 * is sent. With `opt_out_capturing_by_default` nothing is captured before the choice.
 *
 * Source: https://github.com/PostHog/posthog-js/blob/main/packages/browser/src/posthog-core.ts
 */
export const posthog = defineSignal({
  name: 'posthog',
  terms: { capturing: ['analytics'] },
  connect({ client }: Partial<PosthogOptions>) {
    const { use, stop } = useWhenReady<PostHog>('posthog', (one) => one._i || one.__loaded, client);
    return {
      update: ({ capturing }) =>
        use((list) =>
          list.push(function () {
            if (this.has_opted_out_capturing() !== capturing) return;
            if (capturing) this.opt_in_capturing({ captureEventName: false });
            else this.opt_out_capturing();
          }),
        ),
      stop,
    };
  },
});
