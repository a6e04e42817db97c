import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/model/decide.ts';
import { resolve } from '../../src/model/resolve.ts';
import { createFingerprint } from '../../src/policy/fingerprint.ts';
import { normalizePolicy } from '../../src/policy/normalize.ts';
import type { Choice, Choices, Policy } from '../../src/types.ts';
import { environment, NOW, normalized, POLICY, service, UUID } from '../fixtures/policy.ts';

/** The decision by id instead of by token. */
function decided(wanted: Choices, current: Choices = {}, policy: Policy = POLICY) {
  const known = normalizePolicy(policy);
  const { services, choices } = decide(known, current, wanted, 'custom', environment());
  return { ...choices, ...Object.fromEntries(known.units.map(({ id, token }) => [id, services[token]])) };
}

describe('decide', () => {
  it('writes down what the decision was about, when, how and on which version', () => {
    const policy = normalized();
    const receipt = decide(policy, {}, {}, 'withdraw', environment({ now: () => NOW + 999 }));
    expect(receipt).toMatchObject({
      schemaVersion: 1,
      id: UUID,
      time: '2025-03-15T12:00:00.000Z',
      policyVersion: '2025-01-15',
      method: 'withdraw',
    });
    expect(Object.keys(receipt.services).sort()).toEqual(policy.units.map(({ token }) => token).sort());
  });

  it('denies what was never chosen', () => {
    expect(decided({})).toEqual({
      analytics: 'denied',
      matomo: 'denied',
      heatmap: 'denied',
      advertising: 'denied',
      ads: 'denied',
      preference: 'denied',
    });
  });

  it('lets a service follow its category', () => {
    expect(decided({ analytics: 'granted' })).toMatchObject({
      analytics: 'granted',
      matomo: 'granted',
      heatmap: 'granted',
      advertising: 'denied',
      ads: 'denied',
    });
  });

  it('lets a service that is named differ from its category, in both directions', () => {
    expect(decided({ analytics: 'granted', heatmap: 'denied' })).toMatchObject({
      analytics: 'denied',
      matomo: 'granted',
      heatmap: 'denied',
    });
    expect(decided({ analytics: 'denied', heatmap: 'granted' })).toMatchObject({
      analytics: 'denied',
      matomo: 'denied',
      heatmap: 'granted',
    });
  });

  it('keeps the choices that are not named', () => {
    const current: Choices = { matomo: 'granted', heatmap: 'denied', ads: 'granted', preference: 'granted' };
    expect(decided({ heatmap: 'granted' }, current)).toEqual({
      analytics: 'granted',
      matomo: 'granted',
      heatmap: 'granted',
      advertising: 'granted',
      ads: 'granted',
      preference: 'granted',
    });
    expect(decided({ analytics: 'denied' }, current)).toMatchObject({ matomo: 'denied', ads: 'granted' });
  });

  it('has no choice about what is required, whatever is wanted', () => {
    const receipt = decide(
      normalized(),
      {},
      { essential: 'denied', session: 'denied' },
      'custom',
      environment(),
    );
    expect(receipt.choices).not.toHaveProperty('essential');
    const session = POLICY.services.find(({ id }) => id === 'session') as (typeof POLICY.services)[number];
    expect(receipt.services).not.toHaveProperty(createFingerprint(POLICY)(session));
  });

  it('takes nothing for a choice that a page gave to every object', () => {
    const policy = normalized();
    const { choices } = resolve(policy, null, false, NOW);
    Object.assign(Object.prototype, { matomo: 'granted' });
    try {
      expect(choices['matomo']).toBeUndefined();
      const { services } = decide(policy, choices, {}, 'custom', environment());
      expect(Object.values(services)).not.toContain('granted');
    } finally {
      Reflect.deleteProperty(Object.prototype, 'matomo');
    }
  });

  it('ignores ids that the policy does not have', () => {
    expect(decided({ nobody: 'granted' })).toEqual(decided({}));
  });

  it('refuses both of two services that share a token when one is refused', () => {
    // Made up, since real ones are one in a million.
    const policy = normalized();
    const shared = { ...policy, units: policy.units.map((unit) => ({ ...unit, token: 'same' })) };
    const wanted: Choices = { analytics: 'granted', ads: 'denied', preference: 'granted' };
    expect(decide(shared, {}, wanted, 'custom', environment()).services).toEqual({ same: 'denied' });
    const every: Choices = { analytics: 'granted', ads: 'granted', preference: 'granted' };
    expect(decide(shared, {}, every, 'custom', environment()).services).toEqual({ same: 'granted' });
  });

  it('writes a category as granted exactly when all of its services are', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const policy: Policy = {
      ...POLICY,
      categories: [{ id: 'analytics' }],
      services: ids.map((id) => service(id, 'analytics')),
    };
    const choice = fc.constantFrom<Choice>('granted', 'denied');
    fc.assert(
      fc.property(fc.tuple(choice, choice, choice, choice), (answers) => {
        const all = decided(Object.fromEntries(ids.map((id, i) => [id, answers[i] as Choice])), {}, policy);
        expect(all['analytics']).toBe(answers.includes('denied') ? 'denied' : 'granted');
      }),
    );
  });

  it('is pure: it changes none of what it was given', () => {
    const current = Object.freeze({ matomo: 'granted' as const });
    const wanted = Object.freeze({ analytics: 'denied' as const });
    expect(() => decide(Object.freeze(normalized()), current, wanted, 'custom', environment())).not.toThrow();
  });
});
