import { defineSignal } from './kit/define-signal.ts';
import { useWhenReady } from './kit/use-when-ready.ts';

export interface PianoOptions {
  /** Name of the global. @default 'pa' */
  readonly global: string;
  /** For the npm package: returns the instance, or a promise of it. */
  readonly client: () => unknown;
}

interface Piano {
  readonly consent: { setMode(mode: 'opt-in' | 'essential' | 'opt-out'): void };
}

/**
 * Piano Analytics (AT Internet), 6.8 and later: the mode of its consent management, and before the choice the configuration
 * that it begins with, `'opt-out'` instead of Piano's own `'opt-in'`. It has to be there before Piano's script. In each mode
 * Piano writes its cookie `_pprv`, and sends events without an identifier when it is opted out: hold its script where
 * nothing may be sent. The mode `'essential'`, for measurement that is exempt from consent, is that of a service `piano`
 * that is granted while analytics is not; map `essential` to another id where it has another.
 *
 * Source: https://developers.atinternet-solutions.com/piano-analytics/data-collection/how-to-send-events/consent
 */
export const piano = defineSignal({
  name: 'piano',
  terms: { analytics: ['analytics'], essential: ['piano'] },
  connect({ global = 'pa', client }: Partial<PianoOptions>) {
    const { use, stop } = useWhenReady<Piano>(global, (one) => one.consent, client);
    const found: unknown = Reflect.get(globalThis, '_pac');
    Reflect.set(globalThis, '_pac', { ...Object(found), consentDefaultMode: 'opt-out' });
    return {
      update: ({ analytics, essential }) =>
        use(({ consent }) => {
          if (!Object(Reflect.get(globalThis, 'pdl')).requireConsent) {
            console.error('bandeau: piano: its script came first, without requireConsent');
          }
          consent.setMode(analytics ? 'opt-in' : essential ? 'essential' : 'opt-out');
        }),
      stop,
    };
  },
});
