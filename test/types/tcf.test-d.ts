/** Checked by `tsc --noEmit` and run by nobody: each `@ts-expect-error` is an error that must stay one. */
import { type Consent, createConsent, type Policy, type PolicyId } from '../../src/index.ts';
import { followTcf, type TcfAddOn, type TcfAddOnContext, type TcfRules } from '../../src/tcf/index.ts';

const policy = {
  version: '1',
  controller: { name: 'Exemple SA', contact: 'info@example.org', privacyUrl: '/privacy' },
  scope: { sites: ['example.org'] },
  categories: [{ id: 'essential' }, { id: 'advertising', title: 'Ads' }],
  services: [{ id: 'pixel', category: 'advertising', vendor: { name: 'Regie' }, purpose: 'Shows ads.' }],
} as const satisfies Policy;

export function rules(): void {
  const consent = createConsent({ policy, asks: false });
  const stop: () => void = followTcf(consent, policy, {
    advertising: { purposes: [1, 7], vendor: 755, specialFeatures: [1] },
    pixel: { purposes: [1], publisher: true },
  });
  stop();
  followTcf(consent, policy, {}, { whereGdprDoesNotApply: 'leave' });
  // @ts-expect-error a mistyped id
  followTcf(consent, policy, { pixels: { purposes: [1] } });
  // @ts-expect-error without purposes
  followTcf(consent, policy, { pixel: { vendor: 755 } });
  // @ts-expect-error a legitimate interest is no consent
  followTcf(consent, policy, { pixel: { purposes: [1], legitimateInterests: [7] } });
  // @ts-expect-error the word of another tool
  followTcf(consent, policy, { pixel: { purposes: [1], vendor: '755' } });
  // @ts-expect-error no such way
  followTcf(consent, policy, {}, { whereGdprDoesNotApply: 'ask' });
}

export function jsonPolicy(wide: Policy, anyRules: TcfRules): void {
  followTcf(createConsent({ policy: wide }), wide, anyRules);
  followTcf(createConsent({ policy: wide }), wide, { anything: { purposes: [1] } });
}

/** A handle has all that an add-on is given. */
export function contextOf<P extends Policy>(own: P, consent: Consent<PolicyId<P>>): TcfAddOnContext<P> {
  return {
    policy: own,
    consent,
    get choices() {
      return consent.choices;
    },
    get receipt() {
      return consent.receipt;
    },
    get locale() {
      return consent.$locale.get();
    },
    get surface() {
      return consent.$surface.get();
    },
    subscribe(listener) {
      const { $choices, $locale, $surface } = consent;
      const stops = [$choices, $locale, $surface].map((store) => store.subscribe(() => listener()));
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

export const addOn: TcfAddOn<typeof policy> = {
  cmpId: 4000,
  cmpVersion: 1,
  encode: ({ choices, receipt }) => (receipt && choices.pixel === 'granted' ? 'CAAA' : null),
  start(context) {
    // @ts-expect-error a mistyped id
    context.choices.pixels;
    // @ts-expect-error an add-on asks in an interface of its own, or in ours, and accepts nothing by itself
    context.consent.acceptAll();
    return context.subscribe(() => addOn.encode(context));
  },
};

// @ts-expect-error an add-on has a number of its own
export const nobody: TcfAddOn = { cmpVersion: 1, encode: () => null, start: () => () => {} };
