import { defineSignal } from './kit/define-signal.ts';
import { useWhenReady } from './kit/use-when-ready.ts';

export interface MixpanelOptions {
  /** For the npm package: returns the instance, or a promise of it, once `init` was called. */
  readonly client: () => unknown;
  /**
   * Mixpanel is asked to delete the profile of a visitor that the site has identified, and who then refuses: its own
   * default. Here it is not, since refusing is no request for erasure.
   * @default false
   */
  readonly deleteUser: boolean;
}

interface Mixpanel {
  /** Of the snippet, which is a list until the library has loaded. */
  readonly _i: unknown;
  readonly __loaded: unknown;
  push(act: (this: Mixpanel) => void): void;
  has_opted_out_tracking(): boolean;
  opt_in_tracking(options: { track(): void }): void;
  opt_out_tracking(options: { delete_user: boolean }): void;
}

/**
 * Mixpanel: opts in and out of tracking, where that changes anything, since both write to the device. No `$opt_in` event is
 * sent. With `opt_out_tracking_by_default` nothing is tracked before the choice, but Mixpanel then writes that to the device.
 *
 * Source: https://github.com/mixpanel/mixpanel-js/blob/master/src/mixpanel-core.js
 */
export const mixpanel = defineSignal({
  name: 'mixpanel',
  terms: { tracking: ['analytics'] },
  connect({ client, deleteUser = false }: Partial<MixpanelOptions>) {
    const { use, stop } = useWhenReady<Mixpanel>('mixpanel', (one) => one._i || one.__loaded, client);
    return {
      update: ({ tracking }) =>
        use((list) =>
          list.push(function () {
            if (this.has_opted_out_tracking() !== tracking) return;
            if (tracking) this.opt_in_tracking({ track() {} });
            else this.opt_out_tracking({ delete_user: deleteUser });
          }),
        ),
      stop,
    };
  },
});
