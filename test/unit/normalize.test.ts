import { describe, expect, it } from 'vitest';
import { NOTHING, normalizePolicy } from '../../src/policy/normalize.ts';
import type { Policy } from '../../src/types.ts';
import { normalized, POLICY, policyWith, service } from '../fixtures/policy.ts';

describe('a policy that can be used', () => {
  it('gets its defaults', () => {
    expect(normalized()).toMatchObject({ lifetimeMonths: 6, changes: [] });
  });

  it('keeps what it says', () => {
    const changes = [{ version: '2025-01-15', date: '2025-01-15', summary: 'First.' }];
    expect(normalized({ lifetimeMonths: 3, changes })).toMatchObject({ lifetimeMonths: 3, changes });
    expect(normalized()).toMatchObject(POLICY);
  });

  it('is not changed itself', () => {
    const before = structuredClone(POLICY);
    normalizePolicy(POLICY);
    expect(POLICY).toEqual(before);
  });

  it('never holds a decision for more than 13 months', () => {
    expect(normalized({ lifetimeMonths: 13 }).lifetimeMonths).toBe(13);
    expect(normalized({ lifetimeMonths: 14 }).lifetimeMonths).toBe(13);
    expect(normalized({ lifetimeMonths: Number.POSITIVE_INFINITY }).lifetimeMonths).toBe(13);
  });

  it('has one unit for each optional service, and for each optional category without any', () => {
    expect(normalized().units.map(({ id, category }) => [id, category])).toEqual([
      ['matomo', 'analytics'],
      ['heatmap', 'analytics'],
      ['ads', 'advertising'],
      ['preference', 'preference'],
    ]);
  });

  it('knows the category of each id, and of no other', () => {
    const { categoryOf } = normalized();
    expect(categoryOf.get('matomo')).toBe('analytics');
    expect(categoryOf.get('analytics')).toBe('analytics');
    expect(categoryOf.get('constructor')).toBeUndefined();
    expect(categoryOf.size).toBe(POLICY.categories.length + POLICY.services.length);
  });

  it('leaves out changes that say neither which version nor when', () => {
    const good = { version: '2', date: '2025-02-01', summary: 'x' };
    const changes = [{ version: '', date: '2025-01-01' }, { version: '1' }, good] as never;
    expect(normalized({ changes }).changes).toEqual([good]);
  });
});

describe('required', () => {
  it('is essential and what is in it, always', () => {
    const { isRequired } = normalized({ categories: [{ id: 'essential', required: false }] });
    expect(isRequired('essential')).toBe(true);
    expect(isRequired('session')).toBe(true);
  });

  it.each(['analytics', 'preference', 'personalization', 'performance'])('cannot be declared on %s', (id) => {
    const policy = normalized({ categories: [{ id, required: true }], services: [service('tool', id)] });
    expect(policy.isRequired(id)).toBe(false);
    expect(policy.isRequired('tool')).toBe(false);
    expect(policy.units.map((unit) => unit.id)).toEqual(['tool']);
  });

  it("can be declared on a site's own category", () => {
    const policy = normalized({ categories: [{ id: 'security', required: true }], services: [] });
    expect(policy.isRequired('security')).toBe(true);
    expect(policy.units).toEqual([]);
  });

  it.each(['yes', 1, {}, 'false'])('is not %j: only true is', (required) => {
    expect(normalized({ categories: [{ id: 'security', required }] as never }).isRequired('security')).toBe(
      false,
    );
  });

  it.each(['nobody', '', 'constructor', '__proto__'])('is not the unknown id %j', (id) => {
    expect(normalized().isRequired(id)).toBe(false);
  });

  it('is not a service whose category the policy does not have', () => {
    const policy = normalized({ services: [service('lost', 'nowhere')] });
    expect(policy.isRequired('lost')).toBe(false);
    expect(policy.units.map(({ id }) => id)).not.toContain('lost');
  });

  it('is not a service of essential where the policy does not list that category', () => {
    const policy = normalized({ categories: [{ id: 'analytics' }] });
    expect(policy.isRequired('session')).toBe(false);
  });
});

describe('a policy that cannot be used throws', () => {
  const { services: _, ...withoutServices } = POLICY;
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'policy'],
    ['a list', []],
    ['an empty object', {}],
    ['no services', withoutServices],
    ['categories that are an object', policyWith({ categories: {} as never })],
    ['a category that is null', policyWith({ categories: [null] as never })],
    ['a service that is a text', policyWith({ services: ['matomo'] as never })],
    ['no version', policyWith({ version: '' })],
    ['no controller', policyWith({ controller: undefined as never })],
    ['a controller without a name', policyWith({ controller: { ...POLICY.controller, name: '' } })],
    ['no scope', policyWith({ scope: undefined as never })],
    ['changes that are an object', policyWith({ changes: {} as never })],
    ['changes that hold null', policyWith({ changes: [null] as never })],
    ['hosts that are a text', policyWith({ services: [service('a', 'analytics', { hosts: 'x' as never })] })],
    [
      'a vendor without a name',
      policyWith({ services: [service('a', 'analytics', { vendor: {} as never })] }),
    ],
  ])('%s', (_name, policy) => {
    expect(() => normalizePolicy(policy as Policy)).toThrow();
  });

  it.each([
    'constructor',
    '__proto__',
    '',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '1st',
    '-a',
    'a b',
    'a.b',
    'a:b',
    'é',
    'a\n',
    ' a',
    3,
    undefined,
    null,
    true,
    ['a'],
  ])('the id %j', (id) => {
    expect(() => normalized({ categories: [{ id: id as string }], services: [] })).toThrow();
    expect(() =>
      normalized({
        services: [service('x', 'analytics'), { ...service('a', 'analytics'), id: id as string }],
      }),
    ).toThrow();
  });

  it('an id that is there twice, also as category and service', () => {
    expect(() => normalized({ categories: [{ id: 'a' }, { id: 'a' }], services: [] })).toThrow();
    expect(() =>
      normalized({ services: [service('a', 'analytics'), service('a', 'advertising')] }),
    ).toThrow();
    expect(() => normalized({ services: [service('analytics', 'analytics')] })).toThrow();
  });
});

it('what stands in for an unusable policy can be used, asks nothing and grants nothing', () => {
  const nothing = normalizePolicy(NOTHING);
  expect(nothing.units).toEqual([]);
  expect(nothing.categoryOf.size).toBe(0);
  expect(nothing.isRequired('essential')).toBe(false);
});
