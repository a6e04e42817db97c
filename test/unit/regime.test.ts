import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/model/decide.ts';
import { decodeReceipt, encodeReceipt } from '../../src/model/receipt.ts';
import { resolve } from '../../src/model/resolve.ts';
import { normalizePolicy, type Visitor } from '../../src/policy/normalize.ts';
import { asksFirst, exemptionOf } from '../../src/policy/regime.ts';
import { createActions } from '../../src/state/actions.ts';
import { createState } from '../../src/state/create-state.ts';
import type { Choices, DecisionMethod, Exemption, Policy, Receipt } from '../../src/types.ts';
import {
  ACCEPTED,
  environment,
  FRENCH_EXEMPTION,
  NOW,
  POLICY,
  REFUSED,
  service,
  withService,
} from '../fixtures/policy.ts';

const DAY = 864e5;
const BRITISH: Exemption = {
  basis: 'statistical-purposes',
  note: 'Counts.',
  conditions: { measurementOnly: true, noTransfer: true },
};
const EXEMPT = withService('matomo', { exempt: [FRENCH_EXEMPTION, BRITISH] });

/** One page: what was stored, by whom it is read. The cookie is written and read on the way. */
function page(policy: Policy, visitor: Visitor, stored: Receipt | null = null, now = NOW) {
  const usable = normalizePolicy(policy, visitor);
  const receipt = stored && decodeReceipt(encodeReceipt(stored));
  const resolution = resolve(usable, receipt, false, now);
  return {
    ...resolution,
    reason: resolution.promptReason?.type ?? null,
    decide: (wanted: Choices, method: DecisionMethod = 'custom') =>
      decide(usable, resolution.choices, wanted, method, environment({ now: () => now })),
  };
}
const granted = (choices: Choices) =>
  Object.keys(choices)
    .filter((id) => choices[id] === 'granted')
    .sort();

describe('a region', () => {
  it.each(['fr', 'BE', 'gb', 'eu', 'ca', 'br', 'row', '', 'usa', 'us_ca', 'x-us', 'constructor', 'ru'])(
    '%s asks first',
    (region) => {
      expect(asksFirst(region)).toBe(true);
      expect(normalizePolicy(POLICY, { region }).regime).toBe('opt-in');
    },
  );

  it.each(['us', 'US', 'us-ca', 'US-NY', 'us-zz'])('%s lets visitors opt out', (region) => {
    expect(normalizePolicy(POLICY, { region }).regime).toBe('opt-out');
  });

  it('of the United States is told of where there is nothing to opt out of', () => {
    const categories = POLICY.categories.filter(({ id }) => id !== 'advertising');
    const services = POLICY.services.filter(({ id }) => id !== 'ads');
    expect(normalizePolicy({ ...POLICY, categories, services }, { region: 'us' }).regime).toBe('notice');
  });

  it('that the visitor comes from goes before that of the policy, which goes before the strictest', () => {
    expect(normalizePolicy({ ...POLICY, region: 'us' }).regime).toBe('opt-out');
    expect(normalizePolicy({ ...POLICY, region: 'us' }, { region: 'fr' }).regime).toBe('opt-in');
    expect(normalizePolicy(POLICY).region).toBe('eu');
  });

  it.each([null, 5, {}, ['us'], Symbol.iterator.toString()])(
    'that is no text (%s) is the strictest',
    (region) => {
      const policy = normalizePolicy(POLICY, { region } as unknown as Visitor);
      expect(['opt-in', 'opt-out']).toContain(policy.regime);
    },
  );
});

describe('where visitors opt out', () => {
  const us = { region: 'us-ca' };

  it('everything runs before an answer, and the visitor is told', () => {
    const first = page(POLICY, us);
    expect(granted(first.choices)).toEqual([
      'ads',
      'advertising',
      'analytics',
      'heatmap',
      'matomo',
      'preference',
    ]);
    expect(first.reason).toBe('first-visit');
  });

  it('nothing runs where the same page asks first', () => {
    expect(granted(page(POLICY, { region: 'be' }).choices)).toEqual([]);
  });

  it('a refusal is kept, and everything else goes on', () => {
    const next = page(POLICY, us, page(POLICY, us).decide({ advertising: 'denied' }), NOW + DAY);
    expect(granted(next.choices)).toEqual(['analytics', 'heatmap', 'matomo', 'preference']);
    expect(next.reason).toBeNull();
  });

  it('a new service runs unless its category was refused, and asks nothing', () => {
    const services = [...POLICY.services, service('more-ads', 'advertising'), service('more', 'analytics')];
    const decided = page(POLICY, us).decide({ advertising: 'denied' });
    const next = page({ ...POLICY, services }, us, decided, NOW + DAY);
    expect(next.choices).toMatchObject({ 'more-ads': 'denied', more: 'granted' });
    expect(next.reason).toBeNull();
  });

  it('an opt-out holds for what is sold later, and a refusal of everything for all that comes', () => {
    const services = [...POLICY.services, service('retarget', 'partners'), service('more', 'analytics')];
    const categories = [...POLICY.categories, { id: 'partners', title: 'Partners', description: 'Ads.' }];
    const later = { ...POLICY, categories, services };
    const optedOut = page(POLICY, us).decide({ advertising: 'denied' });
    expect(page(later, us, optedOut, NOW + DAY).choices).toMatchObject({
      retarget: 'denied',
      more: 'granted',
    });
    const refused = page(POLICY, us).decide(REFUSED, 'reject-all');
    expect(page(later, us, refused, NOW + DAY).choices).toMatchObject({ retarget: 'denied', more: 'denied' });
    const accepted = page(POLICY, us).decide(ACCEPTED, 'accept-all');
    expect(page(later, us, accepted, NOW + DAY).choices).toMatchObject({
      retarget: 'granted',
      more: 'granted',
    });
  });

  it('an opt-out holds for what the site says that a version has changed', () => {
    const changes = [
      { version: '2', date: '2025-04-01', summary: 'Sold from now on.', affects: ['analytics'] },
    ];
    const categories = POLICY.categories.map((one) =>
      one.id === 'analytics' ? { ...one, sale: true } : one,
    );
    const optedOut = page(POLICY, us).decide({ advertising: 'denied' });
    const later = { ...POLICY, version: '2', categories, changes };
    expect(page(later, us, optedOut, NOW + DAY).choices).toMatchObject({
      analytics: 'denied',
      preference: 'granted',
    });
    const without = { ...later, changes: [] };
    expect(page(without, us, optedOut, NOW + DAY).choices).toMatchObject({ analytics: 'granted' });
  });

  it('an opt-out outlives the decision, until the visitor has answered again', () => {
    const optedOut = page(POLICY, us).decide({ advertising: 'denied' });
    const after = page(POLICY, us, optedOut, NOW + 200 * DAY);
    expect(after.choices).toMatchObject({ advertising: 'denied', analytics: 'granted' });
    expect(after.reason).toBe('expired');
  });

  it.each([
    ['can not be read', null, true],
    ['is from the future', { advertising: 'denied' } as const, false],
  ])('nothing runs where what was decided %s', (_, wanted, isDamaged) => {
    const usable = normalizePolicy(POLICY, us);
    const receipt = wanted && {
      ...page(POLICY, us).decide(wanted),
      time: new Date(NOW + 3 * DAY).toISOString(),
    };
    const { choices, promptReason } = resolve(usable, receipt, isDamaged, NOW);
    expect([granted(choices), promptReason?.type]).toEqual([[], 'receipt-damaged']);
  });

  it('what is decided before anything was read leaves on what was not named', () => {
    const usable = normalizePolicy(POLICY, us);
    const receipt = decide(usable, {}, { advertising: 'denied' }, 'custom', environment());
    expect(receipt.choices).toEqual({ analytics: 'granted', advertising: 'denied', preference: 'granted' });
  });

  it('a site for children runs nothing all the same', () => {
    expect(granted(page({ ...POLICY, audience: 'children' }, us).choices)).toEqual([]);
  });
});

describe('a decision that was made where visitors opt out', () => {
  const here = page(POLICY, { region: 'us' }).decide({ preference: 'denied' });

  it('is no consent where visitors are asked', () => {
    const abroad = page(POLICY, { region: 'fr' }, here, NOW + DAY);
    expect(granted(abroad.choices)).toEqual([]);
    expect(abroad.reason).toBe('first-visit');
  });

  it('keeps its refusals there', () => {
    expect(page(POLICY, { region: 'fr' }, here, NOW + DAY).choices).toMatchObject({ preference: 'denied' });
  });

  it('that refused everything is not asked again there', () => {
    const refused = page(POLICY, { region: 'us' }).decide(REFUSED);
    expect(page(POLICY, { region: 'fr' }, refused, NOW + DAY)).toMatchObject({ reason: null });
  });

  it('is one, where visitors opt out, that was made where they are asked', () => {
    const consent = page(POLICY, { region: 'fr' }).decide({ ...REFUSED, analytics: 'granted' });
    const abroad = page(POLICY, { region: 'us' }, consent, NOW + DAY);
    expect(granted(abroad.choices)).toEqual(['analytics', 'heatmap', 'matomo']);
    expect(abroad.reason).toBeNull();
  });

  it('never grants anything where visitors are asked, whatever was decided', () => {
    const choice = fc.constantFrom('granted' as const, 'denied' as const);
    const ids = ['analytics', 'advertising', 'preference', 'matomo', 'ads'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...ids), choice), fc.boolean(), (wanted, gpc) => {
        const decided = page(POLICY, { region: 'us', gpc }).decide(wanted);
        expect(granted(page(POLICY, { region: 'eu', gpc }, decided, NOW + DAY).choices)).toEqual([]);
      }),
    );
  });
});

describe('Global Privacy Control in Europe', () => {
  const gpc = { region: 'fr', gpc: true };

  it('grants nothing and leaves everything to be asked', () => {
    expect(page(POLICY, gpc)).toMatchObject({ choices: {}, reason: 'first-visit' });
  });

  it('keeps advertising off when everything is accepted', () => {
    const receipt = page(POLICY, gpc).decide(ACCEPTED, 'accept-all');
    expect(receipt.choices).toEqual({ analytics: 'granted', advertising: 'denied', preference: 'granted' });
    expect(receipt).not.toHaveProperty('overridesGpc');
    expect(page(POLICY, gpc, receipt, NOW + DAY).reason).toBeNull();
  });

  it('leaves everything on when everything is accepted without it', () => {
    const receipt = page(POLICY, { region: 'fr' }).decide(ACCEPTED, 'accept-all');
    expect(receipt.choices).toEqual(ACCEPTED);
    expect(receipt).not.toHaveProperty('overridesGpc');
  });

  it('gives way to what the visitor switches on by name, which is kept with the decision', () => {
    const receipt = page(POLICY, gpc).decide({ ...REFUSED, advertising: 'granted' });
    expect(receipt.overridesGpc).toBe(true);
    const next = page(POLICY, gpc, receipt, NOW + DAY);
    expect(granted(next.choices)).toEqual(['ads', 'advertising']);
    expect(next.receipt?.overridesGpc).toBe(true);
  });

  it('stays overridden by a later decision that leaves it on, and not by one that turns it off', () => {
    const first = page(POLICY, gpc).decide({ ...REFUSED, advertising: 'granted' });
    const next = page(POLICY, gpc, first, NOW + DAY);
    expect(next.decide({ analytics: 'granted' }, 'accept-all').overridesGpc).toBe(true);
    expect(next.decide(REFUSED, 'reject-all')).not.toHaveProperty('overridesGpc');
  });

  it('is overridden for what was switched on, and not for what is sold later', () => {
    const first = page(POLICY, gpc).decide({ ...REFUSED, ads: 'granted' });
    const services = [...POLICY.services, service('retarget', 'advertising'), service('others', 'partners')];
    const categories = [...POLICY.categories, { id: 'partners', title: 'Partners', description: 'Ads.' }];
    const next = page({ ...POLICY, categories, services }, gpc, first, NOW + DAY);
    expect(next.choices).toMatchObject({ ads: 'granted', retarget: 'denied', others: 'denied' });
    expect(next.reason).toBeNull();
  });

  it('turns off what was accepted before the browser sent it, and asks nothing', () => {
    const before = page(POLICY, { region: 'fr' }).decide(ACCEPTED, 'accept-all');
    const next = page(POLICY, gpc, before, NOW + DAY);
    expect(granted(next.choices)).toEqual(['analytics', 'heatmap', 'matomo', 'preference']);
    expect(next.reason).toBeNull();
  });

  it('does not outlive the decision that overrode it', () => {
    const first = page(POLICY, gpc).decide({ ...REFUSED, advertising: 'granted' });
    expect(granted(page(POLICY, gpc, first, NOW + 200 * DAY).choices)).toEqual([]);
  });

  it('holds for what was carried over from another tool', () => {
    expect(page(POLICY, gpc).decide(ACCEPTED, 'import').choices['advertising']).toBe('denied');
  });

  it("turns off personalisation and the site's own categories, but for those that say otherwise", () => {
    const categories = [
      { id: 'personalization' },
      { id: 'analytics' },
      { id: 'performance' },
      { id: 'club', title: 'Club', description: 'Your points.' },
      { id: 'chat', title: 'Chat', description: 'Help.', sale: false },
    ];
    const policy = { ...POLICY, categories, services: [] } as Policy;
    const all = Object.fromEntries(categories.map(({ id }) => [id, 'granted' as const]));
    expect(granted(page(policy, gpc).decide(all, 'accept-all').choices)).toEqual([
      'analytics',
      'chat',
      'performance',
    ]);
  });

  it('counts for Do Not Track where the policy says so, and not where it does not', () => {
    expect(normalizePolicy({ ...POLICY, doNotTrack: true }, { dnt: true }).browserSignal).toBe('dnt');
    expect(normalizePolicy(POLICY, { dnt: true }).browserSignal).toBeNull();
    expect(normalizePolicy({ ...POLICY, doNotTrack: true }, {}).browserSignal).toBeNull();
  });

  it('turns nothing on, whatever was decided, in any region', () => {
    const choice = fc.constantFrom('granted' as const, 'denied' as const);
    const method = fc.constantFrom<DecisionMethod>('accept-all', 'custom', 'import', 'withdraw');
    const ids = ['analytics', 'advertising', 'preference', 'ads'];
    fc.assert(
      fc.property(
        fc.constantFrom('fr', 'us', 'gb'),
        fc.dictionary(fc.constantFrom(...ids), choice),
        method,
        (region, wanted, how) => {
          const decided = page(POLICY, { region }).decide(wanted, how);
          const without = granted(page(POLICY, { region }, decided, NOW + DAY).choices);
          const under = granted(page(POLICY, { region, gpc: true }, decided, NOW + DAY).choices);
          expect(without).toEqual(expect.arrayContaining(under));
        },
      ),
    );
  });
});

describe('Global Privacy Control where visitors opt out', () => {
  function visit(visitor: Visitor, stored: Receipt | null = null) {
    const policy = normalizePolicy(POLICY, visitor);
    const state = createState();
    const decided: unknown[] = [];
    const env = environment();
    const { forEffects } = createActions(policy, state, env, (decision) =>
      decided.push(decision ? [decision.receipt.method, decision.previousId] : null),
    );
    forEffects.hydrate(stored);
    return { state, decided, actions: forEffects };
  }

  it('answers for the visitor: sale is off, nothing is asked, and the decision is on record', () => {
    const { state, decided } = visit({ region: 'us-ca', gpc: true });
    expect(state.$receipt.get()).toMatchObject({ method: 'signal', regime: 'opt-out' });
    expect(state.$choices.get()).toMatchObject({
      advertising: 'denied',
      ads: 'denied',
      analytics: 'granted',
    });
    expect([state.$promptReason.get(), state.$surface.get(), decided]).toEqual([
      null,
      null,
      [['signal', null]],
    ]);
  });

  it('answers nothing without the signal, nor where visitors are asked', () => {
    for (const visitor of [{ region: 'us-ca' }, { region: 'fr', gpc: true }]) {
      const { state, decided } = visit(visitor);
      expect([state.$receipt.get(), state.$surface.get(), decided]).toEqual([null, 'banner', []]);
    }
  });

  it('answers again when everything is forgotten', () => {
    const { state, decided, actions } = visit({ region: 'us-ca', gpc: true });
    actions.reset();
    expect(decided).toEqual([['signal', null], null, ['signal', null]]);
    expect(state.$choices.get()).toMatchObject({ advertising: 'denied' });
  });

  it("gives way to the visitor's own switch", () => {
    const { state, actions } = visit({ region: 'us-ca', gpc: true });
    actions.acceptAll();
    expect(state.$choices.get()).toMatchObject({ advertising: 'denied' });
    actions.save({ advertising: 'granted' });
    expect(state.$choices.get()).toMatchObject({ advertising: 'granted' });
    expect(state.$receipt.get()).toMatchObject({ overridesGpc: true });
  });

  it('is an answer also where the visitor had decided before, and one that stays', () => {
    const before = page(POLICY, { region: 'us' }).decide(ACCEPTED, 'accept-all');
    const { state, decided } = visit({ region: 'us', gpc: true }, before);
    expect(decided).toEqual([['signal', before.id]]);
    const after = page(POLICY, { region: 'us' }, state.$receipt.get(), NOW + DAY);
    expect(after.choices).toMatchObject({ advertising: 'denied', analytics: 'granted' });
  });

  it('answers nothing anew where the visitor has refused already', () => {
    const before = page(POLICY, { region: 'us' }).decide({ advertising: 'denied' });
    expect(visit({ region: 'us', gpc: true }, before).decided).toEqual([]);
  });

  it('is not given over and over to a page that forgets each answer', () => {
    const { state, decided, actions } = visit({ region: 'us', gpc: true });
    let count = 0;
    state.$choices.listen(() => {
      if (state.$receipt.get() && ++count < 100) actions.reset();
    });
    actions.save({ analytics: 'denied' });
    expect(count).toBeLessThan(10);
    expect(decided.length).toBeLessThan(10);
    expect(state.$choices.get()['advertising']).toBe('denied');
  });

  it('turns off what was on before, in the page that first sends it', () => {
    const { state } = visit({ region: 'us' });
    const before = page(POLICY, { region: 'us' }).decide(ACCEPTED, 'accept-all');
    expect(state.$choices.get()['advertising']).toBe('granted');
    expect(visit({ region: 'us', gpc: true }, before).state.$choices.get()['advertising']).toBe('denied');
  });

  it('opting out by a link does the same without it, and keeps the rest', () => {
    const { state, actions } = visit({ region: 'us' });
    actions.optOut();
    expect(granted(state.$choices.get())).toEqual(['analytics', 'heatmap', 'matomo', 'preference']);
    expect(state.$receipt.get()?.method).toBe('custom');
  });
});

describe('an exemption', () => {
  it('lets a service run before any answer where the law has it, and leaves the rest to be asked', () => {
    const first = page(EXEMPT, { region: 'fr' });
    expect(granted(first.choices)).toEqual(['matomo']);
    expect(first.reason).toBe('first-visit');
    expect(granted(page(EXEMPT, { region: 'gb' }).choices)).toEqual(['matomo']);
  });

  it('does in a part of the country', () => {
    expect(granted(page(EXEMPT, { region: 'fr-idf' }).choices)).toEqual(['matomo']);
  });

  it.each(['be', 'de', 'es', 'eu', 'it', 'row', 'free', 'frx', 'constructor', '__proto__'])(
    'does not in %s',
    (region) => {
      expect(granted(page(EXEMPT, { region }).choices)).toEqual([]);
    },
  );

  it.each(Object.keys(FRENCH_EXEMPTION.conditions ?? {}))(
    'does not without its condition %s',
    (condition) => {
      for (const value of [undefined, false, 'true', 1]) {
        const conditions = {
          ...FRENCH_EXEMPTION.conditions,
          [condition]: value,
        } as Exemption['conditions'] & {};
        const policy = withService('matomo', { exempt: { ...FRENCH_EXEMPTION, conditions } });
        expect(granted(page(policy, { region: 'fr' }).choices)).toEqual([]);
      }
    },
  );

  it('does not with cookies above 13 months, or data above 25', () => {
    const lasting = (lifetimeDays: number) => ({
      cookies: [{ name: '_pk_id', lifetimeDays }],
      exempt: FRENCH_EXEMPTION,
    });
    expect(exemptionOf(lasting(396), 'fr')).toBe(FRENCH_EXEMPTION);
    expect(exemptionOf(lasting(397), 'fr')).toBeUndefined();
    expect(exemptionOf({ exempt: { ...FRENCH_EXEMPTION, dataMonths: 26 } }, 'fr')).toBeUndefined();
  });

  it('does not on another basis, or on none that is known', () => {
    expect(exemptionOf({ exempt: BRITISH }, 'fr')).toBeUndefined();
    expect(
      exemptionOf({ exempt: { ...FRENCH_EXEMPTION, basis: 'legitimate-interest' } }, 'fr'),
    ).toBeUndefined();
    expect(exemptionOf({ exempt: [] }, 'fr')).toBeUndefined();
  });

  it('needs the masked address in Italy', () => {
    const masked = {
      ...FRENCH_EXEMPTION,
      conditions: { ...FRENCH_EXEMPTION.conditions, maskedAddress: true },
    };
    expect(exemptionOf({ exempt: FRENCH_EXEMPTION }, 'it')).toBeUndefined();
    expect(exemptionOf({ exempt: masked }, 'it')).toBe(masked);
  });

  it('says nothing of its category, so that nothing else runs on its account', () => {
    const services = POLICY.services.filter(({ id }) => id !== 'heatmap');
    const alone = {
      ...EXEMPT,
      services: EXEMPT.services.filter(({ id }) => services.some((one) => one.id === id)),
    };
    expect(page(alone, { region: 'fr' }).choices).toEqual({ matomo: 'granted' });
  });

  it('stays when everything is refused, since it was no question, and is not written down as a yes', () => {
    const receipt = page(EXEMPT, { region: 'fr' }).decide(REFUSED, 'reject-all');
    const next = page(EXEMPT, { region: 'fr' }, receipt, NOW + DAY);
    expect(granted(next.choices)).toEqual(['matomo']);
    expect(Object.values(receipt.services)).not.toContain('granted');
  });

  it("ends with the visitor's objection, for as long as it is kept", () => {
    const objected = page(EXEMPT, { region: 'fr' }).decide({ ...ACCEPTED, matomo: 'denied' });
    const next = page(EXEMPT, { region: 'fr' }, objected, NOW + DAY);
    expect(next.choices).toMatchObject({ matomo: 'denied', heatmap: 'granted', analytics: 'granted' });
    const back = next.decide({ matomo: 'granted' });
    expect(page(EXEMPT, { region: 'fr' }, back, NOW + 2 * DAY).choices['matomo']).toBe('granted');
  });

  it('is objected to by withdrawing everything', () => {
    const policy = normalizePolicy(EXEMPT, { region: 'fr' });
    const state = createState();
    const { forEffects } = createActions(policy, state, environment(), () => {});
    forEffects.hydrate(null);
    forEffects.withdraw();
    expect(granted(state.$choices.get())).toEqual([]);
  });

  it('is objected to by withdrawing its category', () => {
    const state = createState();
    const { forEffects } = createActions(
      normalizePolicy(EXEMPT, { region: 'fr' }),
      state,
      environment(),
      () => {},
    );
    forEffects.hydrate(null);
    forEffects.withdraw('analytics');
    expect(state.$choices.get()).toMatchObject({ matomo: 'denied', heatmap: 'denied' });
    expect(() => forEffects.withdraw('unheard')).toThrow(/unheard/);
  });

  it('stays ended by withdrawing everything, whatever it is called later', () => {
    const state = createState();
    const { forEffects } = createActions(
      normalizePolicy(EXEMPT, { region: 'fr' }),
      state,
      environment(),
      () => {},
    );
    forEffects.hydrate(null);
    forEffects.withdraw();
    const services = EXEMPT.services.map((one) => (one.id === 'matomo' ? { ...one, id: 'piwik' } : one));
    expect(
      page({ ...EXEMPT, services }, { region: 'fr' }, state.$receipt.get(), NOW + DAY).choices,
    ).toMatchObject({
      piwik: 'denied',
    });
  });

  it('is not objected to by a decision that knows nothing of it, such as one from another tool', () => {
    const policy = normalizePolicy(EXEMPT, { region: 'fr' });
    const receipt = decide(policy, {}, ACCEPTED, 'import', environment());
    expect(page(EXEMPT, { region: 'fr' }, receipt, NOW + DAY).choices['matomo']).toBe('granted');
  });

  it('does not hold where what was decided can not be read, since it may have been an objection', () => {
    const { choices } = resolve(normalizePolicy(EXEMPT, { region: 'fr' }), null, true, NOW);
    expect(choices).toEqual({});
  });

  it('is no consent in a country without it', () => {
    const receipt = page(EXEMPT, { region: 'fr' }).decide(ACCEPTED, 'accept-all');
    const abroad = page(EXEMPT, { region: 'be' }, receipt, NOW + DAY);
    expect(abroad.choices['matomo']).toBeUndefined();
    expect(abroad.reason).toBe('policy-changed');
  });

  it('asks nothing where all that there is runs by one', () => {
    const categories = [{ id: 'essential' }, { id: 'analytics' }];
    const services = EXEMPT.services.filter(({ id }) => ['session', 'matomo'].includes(id));
    const policy = { ...EXEMPT, categories, services };
    expect(page(policy, { region: 'fr' })).toMatchObject({ reason: null, choices: { matomo: 'granted' } });
    expect(page(policy, { region: 'be' }).reason).toBe('first-visit');
  });
});

describe('a receipt', () => {
  it('is written as ever where there is nothing more to say', () => {
    expect(encodeReceipt(page(POLICY, { region: 'fr' }).decide(ACCEPTED)).split(':')).toHaveLength(11);
  });

  it.each([
    ['us', false, 'opt-out'],
    ['us', true, 'opt-out.gpc'],
    ['fr', true, '.gpc'],
  ])('says in %s, with the signal overridden: %s, so in its last field but one', (region, gpc, field) => {
    const receipt = page(POLICY, { region, gpc }).decide(ACCEPTED);
    const text = encodeReceipt(receipt);
    expect(text.split(':').at(-2)).toBe(field);
    expect(decodeReceipt(text)).toEqual(receipt);
  });
});
