import { describe, expect, it, vi } from 'vitest';
import { encodeReceipt } from '../../src/model/receipt.ts';
import { keyOf } from '../../src/model/stored-keys.ts';
import { normalizePolicy } from '../../src/policy/normalize.ts';
import { outlinePolicy } from '../../src/policy/outline.ts';
import type { Choices, Consent, Policy, Service } from '../../src/types.ts';
import { ACCEPTED, PARTLY, REFUSED, receiptOf, service, withService } from '../fixtures/policy.ts';
import { useVisits } from '../support/visits.ts';

// From the cookie and what the device has kept, as two page loads do it: which change of a policy asks whom what.

const RICH: Partial<Service> = {
  hosts: ['stats.example.net', 'cdn.example.net'],
  cookies: [
    { name: '_pk_id', lifetimeDays: 30 },
    { name: '_pk_ses', lifetimeDays: 1 },
  ],
  storage: [{ kind: 'localStorage', key: 'pk' }],
};
const THEN = withService('matomo', RICH);
const changed = (change: Partial<Service>, overrides: Partial<Policy> = {}) =>
  withService('matomo', { ...RICH, ...change }, { version: '2', ...overrides });
const also = (overrides: Partial<Policy>) => ({ ...THEN, version: '2', ...overrides });
const gone = (id: string) => ({ services: THEN.services.filter((one) => one.id !== id) });
const EVERYTHING = ['matomo', 'heatmap', 'ads', 'preference'];

/** What is asked of who had accepted all, refused all, and accepted all but one service of a category. */
type Asked = readonly [accepted: readonly string[], refused: readonly string[], partly: readonly string[]];
const NOBODY: Asked = [[], [], []];

const MATRIX: readonly [change: string, today: Policy, asked: Asked][] = [
  ['another vendor', changed({ vendor: { name: 'Autre SA' } }), [['matomo'], [], ['matomo']]],
  [
    'another purpose, a category of its own',
    changed({ category: 'advertising' }),
    [['matomo'], [], ['matomo']],
  ],
  ['a host more', changed({ hosts: [...(RICH.hosts ?? []), 'x.example.net'] }), [['matomo'], [], ['matomo']]],
  [
    'a longer lifetime',
    changed({ cookies: [{ name: '_pk_id', lifetimeDays: 31 }] }),
    [['matomo'], [], ['matomo']],
  ],
  [
    'a cookie more',
    changed({ cookies: [...(RICH.cookies ?? []), { name: '_new', lifetimeDays: 1 }] }),
    [['matomo'], [], ['matomo']],
  ],
  [
    'a key more',
    changed({ storage: [...(RICH.storage ?? []), { kind: 'indexedDB', key: 'x' }] }),
    [['matomo'], [], ['matomo']],
  ],
  [
    'a site more',
    also({ scope: { sites: ['example.org', 'b.example.org'] } }),
    [EVERYTHING, [], ['matomo', 'ads', 'preference']],
  ],
  [
    'a controller more',
    also({ controller: { ...THEN.controller, jointControllers: [{ name: 'Coop' }] } }),
    [EVERYTHING, [], ['matomo', 'ads', 'preference']],
  ],
  [
    'a service more, of a purpose that was asked',
    also({ services: [...THEN.services, service('chat', 'advertising')] }),
    [['chat'], [], ['chat']],
  ],
  [
    'a purpose more',
    also({ categories: [...THEN.categories, { id: 'performance' }] }),
    [['performance'], ['performance'], ['performance']],
  ],
  ['a host less', changed({ hosts: ['stats.example.net'] }), NOBODY],
  ['a shorter lifetime', changed({ cookies: [{ name: '_pk_id', lifetimeDays: 3 }] }), NOBODY],
  ['nothing stored any more', changed({ cookies: [], storage: [] }), NOBODY],
  ['a service less', also(gone('ads')), NOBODY],
  [
    'the last service of a category less, for another controller',
    also({ ...gone('ads'), controller: { ...THEN.controller, jointControllers: [{ name: 'Coop' }] } }),
    [['matomo', 'heatmap', 'advertising', 'preference'], [], ['matomo', 'advertising', 'preference']],
  ],
  ['another order', changed({ hosts: [...(RICH.hosts ?? [])].reverse() }), NOBODY],
  ['other words', changed({ purpose: 'Autrement.', name: 'Autrement', reason: 'Autrement.' }), NOBODY],
  ['a translation', changed({ purpose: { fr: 'Compte.', en: 'Counts.' } }), NOBODY],
  ['other texts of the interface', also({ texts: { 'banner.title': 'Bonjour' } }), NOBODY],
  ['another version alone', also({}), NOBODY],
  [
    'a forced one',
    also({ changes: [{ version: '2', date: '2025-03-16', summary: 'x', affects: ['ads'] }] }),
    [['ads'], [], ['ads']],
  ],
  [
    'one that the site gives a reason not to ask about',
    changed(
      { vendor: { name: 'Matomo SAS' } },
      {
        changes: [
          { version: '2', date: '2025-03-16', summary: 'x', affects: [], keepsBecause: 'The same company.' },
        ],
      },
    ),
    NOBODY,
  ],
];
const VISITORS: readonly [who: string, wanted: Choices][] = [
  ['accepted', ACCEPTED],
  ['refused', REFUSED],
  ['partly', PARTLY],
];
const CASES = MATRIX.flatMap(([change, today, asked]) =>
  VISITORS.map(([who, wanted], i) => [change, who, asked[i] ?? [], today, wanted] as const),
);

const start = useVisits();
const visit = (policy: Policy) => start({ policy });
const asked = ({ promptReason: reason }: Consent) =>
  reason?.type === 'policy-changed' ? [...reason.added, ...reason.modified] : reason ? [reason.type] : [];

/** Decides on the policy of then, and comes back today. */
async function revisit(
  today: Policy,
  wanted: Choices,
  between: () => void = () => {},
  meanwhile: () => void = () => {},
) {
  const first = visit(THEN);
  first.save(wanted);
  await first.exportReceipt('json');
  const { choices, receipt } = first;
  first.destroy();
  between();
  const consent = visit(today);
  const askedAtFirst = asked(consent);
  meanwhile();
  await vi.dynamicImportSettled();
  // What the cookie alone can't tell is told once the device's own record was compared.
  if (askedAtFirst[0]) {
    await vi.waitFor(() =>
      expect(document.querySelector('[data-bandeau-layer=banner]') ?? asked(consent)[0]).not.toBe(
        askedAtFirst[0],
      ),
    );
  }
  return { consent, before: choices, receipt };
}

describe('a change of the policy', () => {
  it.each(CASES)('%s asks who %s about %j', async (_, __, expected, today, wanted) => {
    const { consent, before, receipt } = await revisit(today, wanted);
    expect([...asked(consent)].sort()).toEqual([...expected].sort());
    // What is not asked keeps its answer, a new service that of its purpose, and what is asked is denied.
    for (const { id } of normalizePolicy(today).units) {
      const isAsked = expected.includes(id);
      expect([id, consent.choices[id]]).toEqual([id, isAsked ? undefined : (before[id] ?? 'denied')]);
    }
    // It is the same decision, whatever was compared.
    expect(consent.receipt).toMatchObject({ id: receipt?.id, time: receipt?.time });
  });

  it('asks no more at the visit after that, where it asked nothing', async () => {
    const today = changed({ hosts: ['stats.example.net'] });
    const { consent } = await revisit(today, ACCEPTED);
    consent.destroy();
    expect(visit(today).promptReason).toBeNull();
  });
});

/** What the device would hold after a decision on this policy. */
const writeOutline = (policy: Policy) =>
  localStorage.setItem(
    keyOf(normalizePolicy(THEN), 'outline'),
    JSON.stringify(outlinePolicy(normalizePolicy(policy))),
  );

describe('where the device has not kept what was decided about', () => {
  const fewer = changed({ hosts: ['stats.example.net'] });
  it.each<[string, () => void]>([
    ['erased', () => localStorage.clear()],
    ['damaged', () => localStorage.setItem(keyOf(normalizePolicy(THEN), 'outline'), '{"version":')],
    ['of another policy', () => writeOutline(withService('matomo', { hosts: ['else.example'] }))],
    ['forged to hold what is asked for now', () => writeOutline({ ...fewer, version: THEN.version })],
    [
      'forged to be empty',
      () => localStorage.setItem(keyOf(normalizePolicy(THEN), 'outline'), '{"version":"2025-01-15"}'),
    ],
  ])('asks about every change of a service: %s', async (_, damage) => {
    const { consent } = await revisit(fewer, ACCEPTED, damage);
    expect(asked(consent)).toEqual(['matomo']);
    expect(consent.isGranted('matomo')).toBe(false);
  });

  it('asks, where another page of the same cookie has decided since', async () => {
    const { consent } = await revisit(
      fewer,
      ACCEPTED,
      () => {},
      () => {
        // biome-ignore lint/suspicious/noDocumentCookie: it stands for another sub-domain
        document.cookie = `bandeau=${encodeReceipt({ ...receiptOf(REFUSED), id: 'other' })}; path=/`;
      },
    );
    expect(document.cookie).toContain('other');
    expect(consent.isGranted('matomo')).toBe(false);
  });
});
