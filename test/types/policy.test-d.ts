/**
 * Checked by `tsc --noEmit` and run by nobody: each `@ts-expect-error` is an error that must stay one, and
 * tsc complains about one that no longer is.
 */
import {
  type Choices,
  type Consent,
  createConsent,
  type Policy,
  type PolicyId,
  type Receipt,
} from '../../src/index.ts';
import json from '../fixtures/policy.json';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const claim = <_T extends true>(): void => {};

const controller = { name: 'Exemple SA', contact: 'info@example.org', privacyUrl: '/privacy' };
const scope = { sites: ['example.org'] };
const vendor = { name: 'Mesure SARL' };

export function literalPolicy(): void {
  const consent = createConsent({
    policy: {
      version: '1',
      controller,
      scope,
      categories: [{ id: 'essential' }, { id: 'analytics' }, { id: 'advertising', title: 'Ads' }],
      services: [{ id: 'matomo', category: 'analytics', vendor, purpose: 'Counts.' }],
    },
    callbacks: {
      change: ({ choices, granted }) => {
        claim<Equal<(typeof granted)[number], 'essential' | 'analytics' | 'advertising' | 'matomo'>>();
        // @ts-expect-error a mistyped category
        choices.analytic;
      },
      // @ts-expect-error no such event
      changed: () => {},
    },
  });

  consent.isGranted('analytics');
  consent.isGranted('matomo');
  consent.save({ analytics: 'granted', matomo: 'denied' });
  consent.withdraw('advertising');
  consent.withdraw();

  claim<Equal<typeof consent.receipt, Receipt | null>>();

  // @ts-expect-error a mistyped category
  consent.isGranted('analytic');
  // @ts-expect-error a mistyped service
  consent.isGranted('matomoo');
  // @ts-expect-error a mistyped category
  consent.save({ analitycs: 'granted' });
  // @ts-expect-error no such choice
  consent.save({ analytics: 'yes' });
  // @ts-expect-error a choice is no boolean
  consent.save({ analytics: true });
  // @ts-expect-error a mistyped category
  consent.withdraw('analytic');
  // @ts-expect-error a mistyped category
  consent.choices.analytic;
  // @ts-expect-error no such surface
  consent.open('settings');
  // @ts-expect-error only the SDK writes its stores
  consent.$choices.set({});
  // @ts-expect-error the handle can't be written to
  consent.receipt = null;
  // @ts-expect-error a site can't put a receipt in
  consent.hydrate(null);

  const known: Consent<'essential' | 'analytics' | 'advertising' | 'matomo'> = consent;
  // @ts-expect-error a handle of other ids is another type
  const other: Consent<'essential' | 'other'> = consent;
  void [known, other];
}

export function jsonPolicy(anyId: string): void {
  const policy: Policy = json as Policy;
  const consent = createConsent({ policy });
  consent.isGranted(anyId);
  consent.isGranted('whatever');
  consent.save({ [anyId]: 'granted' });
  consent.withdraw(anyId);
  claim<Equal<PolicyId<typeof policy>, string>>();
  // @ts-expect-error ids are texts all the same
  consent.isGranted(1);
  // @ts-expect-error and choices are choices
  consent.save({ [anyId]: 'yes' });
}

export function jsonImportedAsItIs(): void {
  // What `import policy from './policy.json'` gives. TypeScript reads every text in it as `string`, so that a
  // policy with a `region` or a `kind` of storage needs `as Policy`; any other does not.
  // @ts-expect-error the kind of storage is a string
  createConsent({ policy: json });
  const consent = createConsent({
    policy: { ...json, services: json.services.map(({ storage, ...one }) => one) },
  });
  consent.isGranted('whatever');
  consent.save({ analytics: 'granted' });
}

export const complete: Policy = {
  version: '1',
  controller,
  scope,
  categories: [{ id: 'analytics' }],
  services: [
    {
      id: 'matomo',
      category: 'analytics',
      vendor,
      purpose: { fr: 'Compte.', en: 'Counts.' },
      cookies: [{ pattern: '_pk_.*', lifetimeDays: 30 }],
      storage: [{ kind: 'localStorage', key: 'pk' }],
    },
  ],
};

const [matomo] = complete.services as [Policy['services'][number]];

export const wrong: Policy[] = [
  // @ts-expect-error no such kind of storage
  { ...complete, services: [{ ...matomo, storage: [{ kind: 'cookie', key: 'pk' }] }] },
  // @ts-expect-error no such region
  { ...complete, region: 'atlantis' },
  // @ts-expect-error no version
  { ...complete, version: undefined },
  // @ts-expect-error no legitimate interest
  { ...complete, categories: [{ id: 'analytics', legitimateInterest: true }] },
  // @ts-expect-error a lifetime needs a number
  { ...complete, services: [{ ...matomo, cookies: [{ name: 'a', lifetimeDays: '30' }] }] },
  // @ts-expect-error a cookie needs a lifetime
  { ...complete, services: [{ ...matomo, cookies: [{ name: 'a' }] }] },
  // @ts-expect-error months are a number
  { ...complete, lifetimeMonths: '6' },
  // @ts-expect-error no vendor
  { ...complete, services: [{ id: 'a', category: 'analytics', purpose: 'x' }] },
];

// @ts-expect-error no such key
export const choices: Choices<'analytics'> = { analytic: 'granted' };

// @ts-expect-error no policy
export const without = () => createConsent({});
