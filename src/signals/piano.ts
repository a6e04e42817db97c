import { defineSignal } from './kit/define-signal.ts';
import { useWhenReady } from './kit/use-when-ready.ts';

export interface PianoOptions {
  /** Name of the global. @default 'pa' */
  readonly global: string;
  /** For the npm package: returns the instance, or a promise of it. */
  readonly client: () => unknown;
}

interface Piano {
  readonly consent: { setMode(mode: string): void };
  readonly privacy: { setMode(mode: string): void };
}

/** The mode of its consent management, and what that was called before. */
const MODES = {
  optIn: ['opt-in', 'optin'],
  essential: ['essential', 'exempt'],
  optOut: ['opt-out', 'optout'],
} as const;

/**
 * Piano Analytics (AT Internet): the mode of its consent management, and before the choice the configuration that it
 * begins with, `'opt-out'` instead of Piano's own `'opt-in'`. A script that was there before is told by its older interface,
 * `pa.privacy`, unless the page has turned consent management on. In each mode Piano writes a cookie that says so, and it
 * sends events without an identifier when it is opted out: hold its script where nothing may be sent. The mode
 * `'essential'`, for measurement that is exempt from consent, is that of a service `piano` that is granted while analytics is
 * not; map `essential` to another id where it has another.
 *
 * Source: https://developers.atinternet-solutions.com/piano-analytics/data-collection/how-to-send-events/consent
 */
export const piano = defineSignal({
  name: 'piano',
  terms: { analytics: ['analytics'], essential: ['piano'] },
  connect({ global = 'pa', client }: Partial<PianoOptions>) {
    const { use, stop } = useWhenReady<Piano>(global, (one) => one.privacy, client);
    const found: unknown = Reflect.get(globalThis, '_pac');
    const begin = { consentDefaultMode: MODES.optOut[0], privacyDefaultMode: MODES.optOut[1] };
    Reflect.set(globalThis, '_pac', { ...Object(found), ...begin });
    return {
      update: ({ analytics, essential }) =>
        use(({ consent, privacy }) => {
          const [mode, older] = MODES[analytics ? 'optIn' : essential ? 'essential' : 'optOut'];
          if (Object(Reflect.get(globalThis, 'pdl')).requireConsent) consent.setMode(mode);
          else privacy.setMode(older);
        }),
      stop,
    };
  },
});
