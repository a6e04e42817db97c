import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/model/decide.ts';
import { decodeReceipt, encodeReceipt } from '../../src/model/receipt.ts';
import { resolve } from '../../src/model/resolve.ts';
import { hash } from '../../src/policy/hash.ts';
import { normalizePolicy } from '../../src/policy/normalize.ts';
import type {
  Choice,
  Choices,
  CookieDeclaration,
  Policy,
  PolicyChange,
  PolicyChanged,
  Service,
} from '../../src/types.ts';
import {
  ACCEPTED,
  environment,
  NOW,
  PARTLY,
  POLICY,
  policyWith,
  REFUSED,
  receiptOf,
  service,
  withService,
} from '../fixtures/policy.ts';

const DAY = 864e5;
const VISITORS = { accepted: ACCEPTED, refused: REFUSED, partly: PARTLY };
type Visitor = keyof typeof VISITORS;

/** What a visitor who decided on the policy of then meets under the policy of today. */
function revisit(visitor: Visitor | Choices, today: Policy, then: Policy = POLICY, now = NOW + DAY) {
  const wanted = typeof visitor === 'string' ? VISITORS[visitor] : visitor;
  // Through the cookie, which holds grants before refusals: order must not matter.
  const stored = decodeReceipt(encodeReceipt(receiptOf(wanted, { policy: then })));
  const { choices, promptReason, receipt } = resolve(normalizePolicy(today), stored, false, now);
  const changed = promptReason?.type === 'policy-changed' ? promptReason : null;
  return {
    choices,
    receipt,
    reason: promptReason?.type ?? null,
    changed,
    asked: [...(changed?.added ?? []), ...(changed?.modified ?? [])],
  };
}

const BEFORE: Record<Visitor, Choices> = {
  accepted: {
    analytics: 'granted',
    matomo: 'granted',
    heatmap: 'granted',
    advertising: 'granted',
    ads: 'granted',
    preference: 'granted',
  },
  refused: {
    analytics: 'denied',
    matomo: 'denied',
    heatmap: 'denied',
    advertising: 'denied',
    ads: 'denied',
    preference: 'denied',
  },
  partly: {
    analytics: 'denied',
    matomo: 'granted',
    heatmap: 'denied',
    advertising: 'granted',
    ads: 'granted',
    preference: 'granted',
  },
};
const without = (choices: Choices, ...ids: string[]) =>
  Object.fromEntries(Object.entries(choices).filter(([id]) => !ids.includes(id)));

describe('without a decision in force', () => {
  const policy = normalizePolicy(POLICY);
  const at = (time: string) => receiptOf(ACCEPTED, { now: Date.parse(time) });

  it.each([
    ['first-visit', false],
    ['receipt-damaged', true],
  ])('asks for %s where nothing could be read, damaged: %s', (type, isDamaged) => {
    expect(resolve(policy, null, isDamaged, NOW)).toEqual({
      receipt: null,
      choices: {},
      promptReason: { type },
    });
  });

  it.each([
    ['2025-01-15T12:00:00Z', '2025-07-15T12:00:00Z'],
    ['2025-08-31T12:00:00Z', '2026-02-28T12:00:00Z'],
    ['2023-08-31T12:00:00Z', '2024-02-29T12:00:00Z'],
    ['2024-02-29T12:00:00Z', '2024-08-29T12:00:00Z'],
  ])('a decision of %s stands until one second before %s, and not then', (then, end) => {
    const last = resolve(policy, at(then), false, Date.parse(end) - 1);
    expect(last.choices).toEqual(BEFORE.accepted);
    expect(last.promptReason).toBeNull();
    expect(resolve(policy, at(then), false, Date.parse(end))).toEqual({
      receipt: null,
      choices: {},
      promptReason: { type: 'expired' },
    });
  });

  it('a refusal expires at the same moment', () => {
    const refusal = receiptOf(REFUSED);
    expect(resolve(policy, refusal, false, Date.UTC(2025, 8, 15, 12) - 1).promptReason).toBeNull();
    expect(resolve(policy, refusal, false, Date.UTC(2025, 8, 15, 12)).promptReason).toEqual({
      type: 'expired',
    });
  });

  it('counts the lifetime that the policy of today names', () => {
    const short = normalizePolicy(policyWith({ lifetimeMonths: 1 }));
    expect(resolve(short, receiptOf(ACCEPTED), false, Date.UTC(2025, 3, 15, 12)).promptReason).toEqual({
      type: 'expired',
    });
    expect(resolve(policy, receiptOf(ACCEPTED), false, Date.UTC(2025, 3, 15, 12)).promptReason).toBeNull();
  });

  it.each([Number.NaN, 0, -1, 'six', null])('reads a lifetime of %j as six months', (lifetimeMonths) => {
    const broken = normalizePolicy(policyWith({ lifetimeMonths: lifetimeMonths as number }));
    expect(broken.lifetimeMonths).toBe(6);
  });

  it('takes a decision from up to a day ahead for a wrong clock, and one from later for damage', () => {
    const receipt = receiptOf(ACCEPTED, { now: NOW + DAY });
    expect(resolve(policy, receipt, false, NOW).choices).toEqual(BEFORE.accepted);
    expect(resolve(policy, receipt, false, NOW - 1000)).toEqual({
      receipt: null,
      choices: {},
      promptReason: { type: 'receipt-damaged' },
    });
  });

  it('asks nothing where nothing is a choice', () => {
    const onlyRequired = normalizePolicy(policyWith({ categories: [{ id: 'essential' }], services: [] }));
    expect(resolve(onlyRequired, null, false, NOW).promptReason).toBeNull();
    expect(resolve(onlyRequired, null, true, NOW).promptReason).toBeNull();
  });
});

describe('a policy that changed in nothing that is agreed to', () => {
  const [session, matomo, heatmap, ads] = POLICY.services as readonly Service[] as [
    Service,
    Service,
    Service,
    Service,
  ];
  const reversed = <T>(list: readonly T[] = []) => [...list].reverse();
  const sameForVisitors: Record<string, Policy> = {
    unchanged: POLICY,
    'a new version number': policyWith({ version: '2' }),
    reworded: policyWith({
      services: POLICY.services.map((one) => ({ ...one, purpose: 'Other words.', name: 'Other name' })),
      texts: { 'banner.title': 'Other' },
    }),
    translated: policyWith({
      services: POLICY.services.map((one) => ({ ...one, purpose: { fr: 'Compte.', en: 'Counts.' } })),
      categories: POLICY.categories.map((one) => ({ ...one, title: { fr: 'Titre', nl: 'Titel' } })),
    }),
    'lists in another order': policyWith({
      categories: reversed(POLICY.categories),
      services: [
        ads,
        heatmap,
        {
          ...matomo,
          hosts: reversed(matomo.hosts),
          cookies: reversed(matomo.cookies),
          storage: reversed(matomo.storage),
        },
        session,
      ],
    }),
    'another required service': policyWith({ services: [...POLICY.services, service('login', 'essential')] }),
    'another address of the controller': policyWith({ controller: { ...POLICY.controller, contact: 'x' } }),
  };
  const rows = Object.keys(sameForVisitors).flatMap((name) =>
    (Object.keys(VISITORS) as Visitor[]).map((visitor) => [name, visitor] as const),
  );

  it.each(rows)('(%s) asks nothing of a visitor who had %s', (name, visitor) => {
    const { choices, reason, receipt } = revisit(visitor, sameForVisitors[name] as Policy);
    expect(reason).toBeNull();
    expect(choices).toEqual(BEFORE[visitor]);
    expect(receipt).not.toBeNull();
  });
});

describe('what was removed', () => {
  const removed = policyWith({ services: POLICY.services.filter(({ id }) => id !== 'heatmap') });

  it.each(['accepted', 'refused'] as const)('asks nothing of a visitor who had %s', (visitor) => {
    const { choices, reason } = revisit(visitor, removed);
    expect(reason).toBeNull();
    expect(choices).toEqual(without(BEFORE[visitor], 'heatmap'));
  });

  it('asks nothing where it was the one thing refused', () => {
    const { choices, reason } = revisit('partly', removed);
    expect(reason).toBeNull();
    expect(choices).toMatchObject({ matomo: 'granted' });
  });

  it('asks nothing where it was a whole category', () => {
    const gone = policyWith({
      categories: POLICY.categories.filter(({ id }) => id !== 'advertising'),
      services: POLICY.services.filter(({ id }) => id !== 'ads'),
    });
    expect(revisit('accepted', gone).reason).toBeNull();
    expect(revisit('accepted', gone).choices).toEqual(without(BEFORE.accepted, 'advertising', 'ads'));
  });

  it('asks who accepted where it was the last service of a category that stays: the cookie alone does not tell that nothing else changed', () => {
    const emptied = policyWith({ services: POLICY.services.filter(({ id }) => id !== 'ads') });
    expect(revisit('refused', emptied).asked).toEqual([]);
    expect(revisit('accepted', emptied).asked).toEqual(['advertising']);
  });

  it('is counted where something else is asked', () => {
    const services = [...removed.services, service('chat', 'preference')];
    expect(revisit('accepted', { ...removed, services }).changed).toMatchObject({
      added: ['chat'],
      removedCount: 2,
    });
  });
});

describe('what was added', () => {
  const more = policyWith({ services: [...POLICY.services, service('chat', 'analytics')] });

  it('is denied and asked of a visitor who had accepted its category; the rest stands', () => {
    const { choices, changed, asked } = revisit('accepted', more);
    expect(changed).toMatchObject({ added: ['chat'], modified: [], removedCount: 0 });
    expect(asked).toEqual(['chat']);
    expect(choices).toEqual(without(BEFORE.accepted, 'analytics'));
  });

  it.each(['refused', 'partly'] as const)('is denied and not asked of a visitor who had %s', (visitor) => {
    const { choices, reason } = revisit(visitor, more);
    expect(reason).toBeNull();
    expect(choices).toEqual({ ...BEFORE[visitor], chat: 'denied' });
  });

  it.each(['accepted', 'refused', 'partly'] as const)(
    'as a category is asked of a visitor who had %s: nobody has answered about it',
    (visitor) => {
      const today = policyWith({
        categories: [...POLICY.categories, { id: 'performance' }],
        services: [...POLICY.services, service('survey', 'performance')],
      });
      const { choices, asked } = revisit(visitor, today);
      expect(asked).toEqual(['survey']);
      expect(choices).toEqual(BEFORE[visitor]);
    },
  );

  it('tells from which version and since when, with what the site says since then', () => {
    const changes: PolicyChange[] = [
      { version: '2024-12-01', date: '2024-12-01', summary: 'Older.' },
      { version: POLICY.version, date: POLICY.version, summary: 'Seen.' },
      { version: '2025-03-15', date: '2025-03-15', summary: 'New.' },
      { version: '2025-03-16', date: '2025-03-16', summary: 'Newer.' },
    ];
    expect(revisit('accepted', { ...more, version: '2025-03-16', changes }).changed).toMatchObject({
      fromVersion: POLICY.version,
      since: '2025-03-15T12:00:00.000Z',
      changes: changes.slice(2),
    });
  });

  it('tells what the site says since the day of the decision where its version is not listed', () => {
    const changes: PolicyChange[] = [
      { version: 'b', date: '2025-03-14', summary: 'Before.' },
      { version: 'c', date: '2025-03-15', summary: 'The same day.' },
      { version: 'd', date: '2025-03-16', summary: 'After.' },
    ];
    expect(revisit('accepted', { ...more, version: 'd', changes }).changed?.changes).toEqual(
      changes.slice(1),
    );
  });

  it('tells the entry of the version in force to who decided later than its day, on a version that is not listed', () => {
    const changes: PolicyChange[] = [
      { version: 'c', date: '2025-02-01', summary: 'Older.' },
      { version: 'd', date: '2025-03-01', summary: 'Of today.' },
    ];
    expect(revisit('accepted', { ...more, version: 'd', changes }).changed?.changes).toEqual(
      changes.slice(1),
    );
  });
});

describe('what was modified', () => {
  const { hosts = [], cookies = [], storage = [] } = POLICY.services[1] as Service;
  const [pkId, pkSes] = cookies as [CookieDeclaration, CookieDeclaration];
  const MODIFICATIONS: Record<string, Partial<Service>> = {
    'another vendor': { vendor: { name: 'Buyer Inc.' } },
    'one host more': { hosts: [...hosts, 'x.example.net'] },
    'a longer lifetime': { cookies: [{ ...pkId, lifetimeDays: 395 }, pkSes] },
    'a new cookie': { cookies: [...cookies, { name: '_pk_ref', lifetimeDays: 30 }] },
    'another storage key': { storage: [...storage, { kind: 'indexedDB', key: 'pk' }] },
  };
  const names = Object.keys(MODIFICATIONS);
  const today = (name: string) =>
    withService('matomo', MODIFICATIONS[name] as Partial<Service>, { version: '2' });

  it.each(names)('(%s) is denied and asked of a visitor who had accepted it', (name) => {
    const { choices, changed, asked } = revisit('accepted', today(name));
    expect(changed?.modified).toEqual(['matomo']);
    expect(asked).toEqual(['matomo']);
    expect(choices).not.toHaveProperty('matomo');
    expect(choices).toMatchObject({ heatmap: 'granted', ads: 'granted' });
  });

  it.each(names)('(%s) is denied and not asked of a visitor who had refused it', (name) => {
    const { choices, reason } = revisit('refused', today(name));
    expect(reason).toBeNull();
    expect(choices).toMatchObject({ matomo: 'denied' });
  });

  it.each(names)('(%s) is asked of a visitor who had accepted it alone in its category', (name) => {
    const { choices, asked } = revisit('partly', today(name));
    expect(asked).toEqual(['matomo']);
    expect(choices).not.toHaveProperty('matomo');
    expect(choices).toMatchObject({ heatmap: 'denied', ads: 'granted' });
  });

  it('is not asked of a visitor who had refused just that', () => {
    const { choices, reason } = revisit('partly', withService('heatmap', { hosts: ['x.example.net'] }));
    expect(reason).toBeNull();
    expect(choices).toEqual(BEFORE.partly);
  });

  it('is asked too where the version was not raised', () => {
    expect(revisit('accepted', withService('matomo', { hosts: [] })).asked).toEqual(['matomo']);
  });

  it('is denied and asked where it moved into another category that was accepted', () => {
    const moved = withService('matomo', { category: 'preference' });
    expect(revisit('accepted', moved).asked).toEqual(['matomo']);
    expect(revisit('accepted', moved).choices).not.toHaveProperty('matomo');
    expect(revisit('partly', moved).asked).toEqual(['matomo']);
    expect(revisit('refused', moved).asked).toEqual([]);
    expect(revisit('refused', moved).choices['matomo']).toBe('denied');
  });

  it('is denied and not asked where it moved into a category that was refused (R42)', () => {
    const { choices, asked } = revisit(
      { ...ACCEPTED, advertising: 'denied' },
      withService('matomo', { category: 'advertising' }),
    );
    expect(choices['matomo']).not.toBe('granted');
    expect(asked).toEqual([]);
  });
});

describe('changes[].affects', () => {
  const change = (affects?: readonly string[], version = '2'): PolicyChange => ({
    version,
    date: '2025-03-16',
    summary: 'New.',
    ...(affects && { affects, keepsBecause: 'The same company under a new name.' }),
  });
  const reworded = (...changes: PolicyChange[]) => policyWith({ version: '2', changes });
  const modified = (...changes: PolicyChange[]) =>
    withService('matomo', { hosts: ['x.example.net'] }, { version: '2', changes });

  it.each([
    ['matomo', ['matomo']],
    ['analytics', ['matomo', 'heatmap']],
    ['preference', ['preference']],
    ['nobody', []],
  ])('%s asks again about %j where nothing else changed', (id, expected) => {
    const { asked, choices } = revisit('accepted', reworded(change([id])));
    expect(asked).toEqual(expected);
    for (const one of expected) expect(choices).not.toHaveProperty(one);
  });

  it.each(['matomo', 'analytics', 'advertising', 'preference'])(
    '%s asks nothing of a visitor who had refused',
    (id) => {
      const { reason, choices } = revisit('refused', reworded(change([id])));
      expect(reason).toBeNull();
      expect(choices).toEqual(BEFORE.refused);
    },
  );

  it('asks a visitor who had accepted a part about that part only', () => {
    expect(revisit('partly', reworded(change(['analytics']))).asked).toEqual(['matomo']);
  });

  it('of a version that the visitor had seen asks nothing', () => {
    const seen = change(['matomo'], POLICY.version);
    expect(revisit('accepted', policyWith({ changes: [seen] })).reason).toBeNull();
    expect(revisit('accepted', reworded(seen, change([]))).reason).toBeNull();
  });

  it('of an older version that the visitor missed asks', () => {
    expect(revisit('accepted', reworded(change(['matomo'], '1.5'), change([]))).asked).toEqual(['matomo']);
  });

  it('keeps the choice about a modified service when every version since states why', () => {
    for (const visitor of Object.keys(VISITORS) as Visitor[]) {
      const { reason, choices } = revisit(visitor, modified(change([], '1.5'), change([])));
      expect(reason).toBeNull();
      expect(choices).toEqual(BEFORE[visitor]);
    }
  });

  it('keeps it through a version that says that it affects nothing, and has no reason of its own', () => {
    const { keepsBecause: _, ...reworded } = change([], '1.5');
    expect(revisit('accepted', modified(reworded, change([]))).reason).toBeNull();
    // Twin: one that affects something, without a reason for the rest.
    const { keepsBecause: __, ...forcing } = change(['ads'], '1.5');
    expect(revisit('accepted', modified(forcing, change([]))).asked).toEqual(['matomo', 'ads']);
  });

  it('does not keep it for what a version affects alone: without a reason that asks more, never less', () => {
    const { keepsBecause: _, ...affectsAlone } = change([]);
    expect(revisit('accepted', modified(affectsAlone)).asked).toEqual(['matomo']);
  });

  it('does not keep it when one version does not state it', () => {
    expect(revisit('accepted', modified(change(undefined, '1.5'), change([]))).asked).toEqual(['matomo']);
    expect(revisit('accepted', modified(change([], '1.5'), change())).asked).toEqual(['matomo']);
    expect(revisit('accepted', modified()).asked).toEqual(['matomo']);
  });

  it('does not keep it when the version of today is not in the list', () => {
    expect(revisit('accepted', modified(change([], '1.5'))).asked).toEqual(['matomo']);
  });

  it('never keeps a new service from being asked', () => {
    const services = [...POLICY.services, service('chat', 'analytics')];
    const { asked, choices } = revisit(
      'accepted',
      policyWith({ version: '2', changes: [change([])], services }),
    );
    expect(asked).toEqual(['chat']);
    expect(choices).not.toHaveProperty('chat');
  });
});

describe('services whose ids hash to the same last digit', () => {
  const only = (version: string, ...services: Service[]): Policy =>
    policyWith({
      version,
      categories: [{ id: 'analytics' }, { id: 'advertising' }],
      services,
      changes: [{ version: '2', date: '2025-03-16', summary: 'x', affects: [], keepsBecause: 'x' }],
    });
  const ours = service('pixel', 'analytics');
  const other = service('abtest', 'analytics');
  const moved = { hosts: ['new.example.net'] };
  it('are really such', () => {
    expect(hash('pixel').at(-1)).toBe(hash('abtest').at(-1));
  });

  it('a new one is not granted because an old one is gone', () => {
    const { choices, asked } = revisit({ analytics: 'granted' }, only('2', other), only('1', ours));
    expect(choices).not.toHaveProperty('abtest');
    expect(asked).toEqual(['abtest']);
  });

  it('a refused one is not granted because one that was granted changed too', () => {
    const { choices } = revisit(
      { pixel: 'denied', abtest: 'granted' },
      only('2', { ...ours, ...moved }, { ...other, ...moved }),
      only('1', ours, other),
    );
    expect(choices['pixel']).not.toBe('granted');
  });

  it('a refused one is not granted because one that was granted is gone', () => {
    const { choices } = revisit(
      { pixel: 'denied', abtest: 'granted' },
      only('2', { ...ours, ...moved }),
      only('1', ours, other),
    );
    expect(choices['pixel']).not.toBe('granted');
  });

  it('a refused one that changed is not asked, whatever else changed', () => {
    const { asked } = revisit(
      { pixel: 'denied', abtest: 'granted' },
      { ...only('2', { ...ours, ...moved }, { ...other, ...moved }), changes: [] },
      only('1', ours, other),
    );
    expect(asked).not.toContain('pixel');
  });
});

describe('a policy with more services than the cookie has room for ids', () => {
  const many = Array.from({ length: 120 }, (_, i) =>
    service(`tool-${i}`, i % 2 ? 'analytics' : 'advertising'),
  );
  const then = policyWith({ categories: [{ id: 'analytics' }, { id: 'advertising' }], services: many });
  const changeOf = (id: string) => ({
    ...then,
    services: many.map((one) => (one.id === id ? { ...one, hosts: ['x.example.net'] } : one)),
  });
  const all = { analytics: 'granted', advertising: 'granted' } as const;

  it('keeps every choice while nothing changes', () => {
    const { choices, reason } = revisit({ ...all, 'tool-4': 'denied' }, then, then);
    expect(reason).toBeNull();
    for (const { id } of many) expect(choices[id], id).toBe(id === 'tool-4' ? 'denied' : 'granted');
  });

  it('denies and asks what changed, and keeps the rest', () => {
    const { choices, asked } = revisit(all, changeOf('tool-7'), then);
    expect(asked).toEqual(['tool-7']);
    expect(choices).not.toHaveProperty('tool-7');
    expect(Object.values(choices).filter((choice) => choice === 'granted')).toHaveLength(many.length - 1 + 1);
  });

  it('asks a refuser nothing', () => {
    const refused = { analytics: 'denied', advertising: 'denied' } as const;
    expect(revisit(refused, changeOf('tool-7'), then).reason).toBeNull();
    expect(revisit({ ...all, 'tool-7': 'denied' }, changeOf('tool-7'), then).asked).toEqual([]);
  });

  it('grants no removed one to a new one', () => {
    const today = { ...then, services: [...many.slice(0, 100), service('chat', 'analytics')] };
    expect(revisit(all, today, then).asked).toEqual(['chat']);
  });

  it('stays readable when it shrinks below that number or grows above it', () => {
    const few = { ...then, services: many.slice(0, 20) };
    expect(revisit(all, few, then).reason).toBeNull();
    const grown = revisit(all, then, few);
    expect(grown.asked).toHaveLength(100);
    for (const { id } of few.services) expect(grown.choices[id]).toBe('granted');
  });
});

describe('any two policies', () => {
  const IDS = ['pixel', 'abtest', 'video', 'replay', 'newsletter', 'matomo', 'heatmap', 'ads', 'chat'];
  const CATEGORIES = ['analytics', 'advertising'];
  const services = fc
    .uniqueArray(fc.constantFrom(...IDS), { maxLength: 9 })
    .chain((ids) =>
      fc.tuple(
        ...ids.map((id) =>
          fc.record({
            id: fc.constant(id),
            category: fc.constantFrom(...CATEGORIES),
            host: fc.constantFrom('a', 'b'),
          }),
        ),
      ),
    )
    .map((rows) =>
      rows.map(({ id, category, host }) => service(id, category, { hosts: [`${host}.example.net`] })),
    );
  const policies = (version: string, affects?: readonly string[]) =>
    services.map((list) =>
      policyWith({
        version,
        categories: CATEGORIES.map((id) => ({ id })),
        services: list,
        changes: affects
          ? [{ version: '2', date: '2025-03-16', summary: 'x', affects, keepsBecause: 'x' }]
          : [],
      }),
    );
  const choices = fc.dictionary(
    fc.constantFrom(...IDS, ...CATEGORIES),
    fc.constantFrom<Choice>('granted', 'denied'),
  );

  /** By service id, what the visitor had answered on the policy of then. */
  const answered = (wanted: Choices, then: Policy) =>
    new Map(then.services.map(({ id, category }) => [id, wanted[id] ?? wanted[category] ?? 'denied']));
  const known = (wanted: Choices, then: Policy): Choices => {
    const ids = new Set([...then.services.map(({ id }) => id), ...CATEGORIES]);
    return Object.fromEntries(Object.entries(wanted).filter(([id]) => ids.has(id)));
  };

  it('grant no service that the visitor had not granted', () => {
    fc.assert(
      fc.property(policies('1'), policies('2'), choices, (then, today, free) => {
        const wanted = known(free, then);
        const before = answered(wanted, then);
        const { choices: now } = revisit(wanted, today, then);
        for (const { id } of today.services)
          if (now[id] === 'granted') expect(before.get(id)).toBe('granted');
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  it('grant no service that the visitor had not granted, also where the site states that nothing is affected', () => {
    fc.assert(
      fc.property(policies('1'), policies('2', []), choices, (then, today, free) => {
        const wanted = known(free, then);
        const before = answered(wanted, then);
        const { choices: now } = revisit(wanted, today, then);
        for (const { id } of today.services)
          if (now[id] === 'granted') expect(before.get(id)).toBe('granted');
      }),
      { seed: 2, numRuns: 3000 },
    );
  });

  it('ask about nothing twice, and about nothing that has a choice', () => {
    fc.assert(
      fc.property(policies('1'), policies('2'), choices, (then, today, free) => {
        const { choices: now, asked } = revisit(known(free, then), today, then);
        expect(new Set(asked).size).toBe(asked.length);
        const units = normalizePolicy(today).units.map(({ id }) => id);
        for (const id of units) expect(asked.includes(id)).toBe(now[id] === undefined);
      }),
    );
  });

  it('ask nothing more once the question is answered', () => {
    fc.assert(
      fc.property(policies('1'), policies('2'), choices, (then, today, free) => {
        const policy = normalizePolicy(today);
        const { choices: now, changed, asked } = revisit(known(free, then), today, then);
        const answer = Object.fromEntries(asked.map((id) => [id, 'granted' as const]));
        const receipt = decide(policy, now, answer, 'custom', environment());
        expect(resolve(policy, receipt, false, NOW).promptReason).toBeNull();
        expect(changed === null).toBe(asked.length === 0);
      }),
    );
  });
});

it('names the type of its reason, so that the notice can trust it', () => {
  const { changed } = revisit('accepted', withService('matomo', { hosts: [] }));
  expect(changed satisfies PolicyChanged | null).toMatchObject({ type: 'policy-changed' });
});
