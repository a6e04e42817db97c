import { defineSignal } from './kit/define-signal.ts';

/**
 * Intercom has no way to be told: hold its script. Where its Messenger runs and is refused, it is shut down, which ends the
 * session and removes its cookie; where it is granted again in the same page, it boots with `intercomSettings`.
 *
 * Source: https://developers.intercom.com/installing-intercom/web/methods
 */
export const intercom = defineSignal({
  name: 'intercom',
  terms: { messenger: ['preference'] },
  connect() {
    let isShut = false;
    return {
      update({ messenger }) {
        const call: unknown = Reflect.get(globalThis, 'Intercom');
        // Shut down before it has booted, it would boot all the same: nothing waits for it.
        if (typeof call !== 'function' || messenger !== isShut) return;
        isShut = !messenger;
        if (messenger) call('boot', Reflect.get(globalThis, 'intercomSettings'));
        else call('shutdown');
      },
    };
  },
});
