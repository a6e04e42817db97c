import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFingerprint, hasFingerprint } from '../../src/policy/fingerprint.ts';
import { hash } from '../../src/policy/hash.ts';
import type { Service } from '../../src/types.ts';
import { POLICY, service } from '../fixtures/policy.ts';

const MATOMO = service('matomo', 'analytics', {
  name: 'Matomo',
  hosts: ['stats.example.net', 'cdn.example.net'],
  cookies: [
    { name: '_pk_id', lifetimeDays: 30, domain: 'example.org' },
    { pattern: '_pk_ses.*', lifetimeDays: 0 },
  ],
  storage: [
    { kind: 'localStorage', key: 'pk' },
    { kind: 'sessionStorage', key: 'pk' },
  ],
});
const [PK_ID, PK_SES] = MATOMO.cookies as [NonNullable<Service['cookies']>[number], { lifetimeDays: number }];
const fingerprint = createFingerprint(POLICY);
const changed = (change: Partial<Service>) => fingerprint({ ...MATOMO, ...change });

describe('a fingerprint', () => {
  it('is 8 base-36 digits', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (id, category) => {
        expect(fingerprint({ id, category })).toMatch(/^[0-9a-z]{8}$/);
      }),
    );
  });

  it('begins with four digits that only category and id decide', () => {
    const first = fingerprint(MATOMO).slice(0, 4);
    expect(changed({ vendor: { name: 'Y' }, hosts: [], cookies: [] }).slice(0, 4)).toBe(first);
    expect(changed({ id: 'heatmap' }).slice(0, 4)).not.toBe(first);
    expect(changed({ category: 'advertising' }).slice(0, 4)).not.toBe(first);
  });

  it('changes in its last four digits too with whatever changes it', () => {
    const last = fingerprint(MATOMO).slice(4);
    for (const change of [{ id: 'x' }, { category: 'x' }, { hosts: [] }]) {
      expect(changed(change).slice(4)).not.toBe(last);
    }
  });

  it.each<[string, Partial<Service>]>([
    ['category', { category: 'advertising' }],
    ['vendor', { vendor: { name: 'Other SA' } }],
    ['host more', { hosts: ['stats.example.net', 'cdn.example.net', 'x.example.net'] }],
    ['host fewer', { hosts: ['stats.example.net'] }],
    ['cookie more', { cookies: [PK_ID, PK_SES, { name: 'new', lifetimeDays: 1 }] }],
    ['cookie name', { cookies: [{ ...PK_ID, name: 'other' }, PK_SES] }],
    ['lifetime', { cookies: [{ ...PK_ID, lifetimeDays: 31 }, PK_SES] }],
    ['cookie domain', { cookies: [{ ...PK_ID, domain: 'example.com' }, PK_SES] }],
    ['storage more', { storage: [{ kind: 'indexedDB', key: 'pk' }] }],
    ['storage none', { storage: [] }],
  ])('changes with the %s', (_, change) => {
    expect(changed(change)).not.toBe(fingerprint(MATOMO));
  });

  it.each<[string, Partial<Service>]>([
    ['purpose', { purpose: { fr: 'Compte.', en: 'Counts.' } }],
    ['name', { name: 'Matomo Analytics' }],
    ['reason', { reason: 'Because.' }],
    ['address and country of the vendor', { vendor: { ...MATOMO.vendor, country: 'FR', privacyUrl: '/x' } }],
    ['letter case of the vendor', { vendor: { name: ' MATOMO sa ' } }],
    ['letter case of the hosts', { hosts: ['STATS.example.net', 'cdn.Example.net'] }],
    ['order of the hosts', { hosts: ['cdn.example.net', 'stats.example.net'] }],
    ['order of the cookies', { cookies: [PK_SES, PK_ID] }],
    ['order of the storage', { storage: [...(MATOMO.storage ?? [])].reverse() }],
    ['purpose of a cookie', { cookies: [{ ...PK_ID, purpose: 'Number.' }, PK_SES] }],
    ['exemption', { exempt: { basis: 'CNIL', note: 'x' } }],
    ['reload', { reload: false }],
  ])('does not change with the %s', (_, change) => {
    expect(changed(change)).toBe(fingerprint(MATOMO));
  });

  it('is the same for absent and empty lists', () => {
    expect(fingerprint(service('a', 'b', { hosts: [], cookies: [], storage: [] }))).toBe(
      fingerprint(service('a', 'b')),
    );
  });

  it('leaves the lists of the policy in their order', () => {
    const hosts = ['b.example.net', 'a.example.net'];
    fingerprint(service('a', 'b', { hosts }));
    expect(hosts).toEqual(['b.example.net', 'a.example.net']);
  });

  it('is frozen: another algorithm would ask every visitor again', () => {
    expect(fingerprint({ id: 'preference', category: 'preference' })).toBe('bl3l31sg');
    expect(fingerprint(service('ads', 'advertising', { hosts: ['ads.example.net'] }))).toBe('p9x2444n');
  });

  it.each([
    { id: 'a', category: 'b', hosts: 'stats.example.net' },
    { id: 'a', category: 'b', hosts: [1] },
    { id: 'a', category: 'b', vendor: { name: 1 } },
    { id: 'a', category: 'b', vendor: {} },
    { id: 'a', category: 'b', cookies: {} },
    { id: 'a', category: 'b', cookies: [null] },
    { id: 'a', category: 'b', storage: [undefined] },
    { id: 'a', category: 'b', cookies: [{ name: 'a', lifetimeDays: { toString: 1 } }] },
    { id: 'a', category: 'b', cookies: [{ name: { toString: 1 }, lifetimeDays: 1 }] },
    { id: 'a', category: 'b', storage: [{ kind: { toString: 1 }, key: 'a' }] },
  ])('throws at %j, which has a wrong shape', (bad) => {
    expect(() => fingerprint(bad as never)).toThrow(TypeError);
    expect(hasFingerprint(bad as never)).toBe(false);
  });

  it('is there whenever the shapes of its parts say so', () => {
    const part = fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()), fc.constant(undefined));
    const any = fc.record({ vendor: part, hosts: part, cookies: part, storage: part });
    fc.assert(
      fc.property(any, (parts) => {
        if (!hasFingerprint(parts as never)) return;
        expect(fingerprint({ id: 'a', category: 'b', ...parts } as never)).toMatch(/^[0-9a-z]{8}$/);
      }),
    );
    expect(hasFingerprint(MATOMO)).toBe(true);
  });
});

describe('hash', () => {
  it('is frozen', () => {
    expect([hash(''), hash('matomo'), hash('Politique de cookies — été')]).toMatchInlineSnapshot(`
      [
        "m1n1",
        "8c5l",
        "6bv9",
      ]
    `);
  });

  it('spreads: ten thousand ids share no more than chance lets them', () => {
    const seen = new Set(Array.from({ length: 10_000 }, (_, i) => hash(`service-${i}`)));
    // n²/2m = 30 expected of 36⁴.
    expect(seen.size).toBeGreaterThan(10_000 - 70);
  });
});
