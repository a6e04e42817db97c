import { defineSignal } from './kit/define-signal.ts';
import { useWhenReady } from './kit/use-when-ready.ts';

type SegmentTerm = 'Advertising' | 'Analytics' | 'DataSharing' | 'Functional' | 'Personalization';

export interface SegmentOptions {
  /** Name of the global. @default 'analytics' */
  readonly global: string;
  /** For the npm package: returns the instance, or a promise of it. */
  readonly client: () => unknown;
  /** The id that a category has in the Segment workspace, where it is not the term, such as `{ "Advertising": "C0004" }`. */
  readonly ids: Partial<Readonly<Record<SegmentTerm, string>>>;
}

interface Analytics {
  addSourceMiddleware(
    stamp: (event: {
      readonly payload: { readonly obj: { context?: Record<string, unknown> } };
      next(payload: unknown): void;
    }) => void,
  ): unknown;
  track(event: string, properties: undefined, options: object): unknown;
}

/**
 * Segment: every event carries the choice as `context.consent`, as soon as there is one to send, and with every category
 * denied until then, since Segment forwards an event without it to all destinations. A decision that is made in this page is
 * told as "Segment Consent Preference Updated". Segment enforces both in its cloud: destinations that run in the browser
 * are kept back only by its own wrapper, or by holding the script. What was told last stays on the events after the stop.
 *
 * Source: https://www.twilio.com/docs/segment/privacy/consent-management/consent-in-segment-connections
 */
export const segment = defineSignal({
  name: 'segment',
  terms: {
    Advertising: 'advertising',
    Analytics: ['analytics'],
    DataSharing: 'advertising',
    Functional: ['preference'],
    Personalization: ['personalization'],
  },
  connect({ global = 'analytics', client, ids = {} }: Partial<SegmentOptions>, denied, consent) {
    const { use, stop } = useWhenReady<Analytics>(global, (one) => one.addSourceMiddleware, client);
    const named = (granted: typeof denied) =>
      Object.fromEntries(
        Object.entries(granted).map(([term, isGranted]) => [ids[term as SegmentTerm] ?? term, isGranted]),
      );
    let categoryPreferences = named(denied);
    let known = consent.receipt?.id;
    let isStamped = false;
    let isNew = false;
    const tell = (analytics: Analytics) => {
      if (!isStamped) {
        isStamped = true;
        void analytics.addSourceMiddleware(({ payload, next }) => {
          const { context = {} } = payload.obj;
          payload.obj.context = {
            ...context,
            consent: { ...Object(context['consent']), categoryPreferences },
          };
          next(payload);
        });
      }
      if (!isNew) return;
      isNew = false;
      const options = { consent: { categoryPreferences } };
      void analytics.track('Segment Consent Preference Updated', undefined, options);
    };
    use(tell);
    return {
      update(granted) {
        categoryPreferences = named(granted);
        const id = consent.receipt?.id;
        // One that the device had kept comes before anything was asked.
        isNew ||= id !== known && !!(known || consent.promptReason);
        known = id;
        use(tell);
      },
      stop,
    };
  },
});
