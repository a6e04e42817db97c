import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareOutlines } from '../../src/policy/compare-outlines.ts';
import { normalizePolicy } from '../../src/policy/normalize.ts';
import { outlinePolicy } from '../../src/policy/outline.ts';
import type { Policy, Service } from '../../src/types.ts';
import { POLICY, policyWith, service, withService } from '../fixtures/policy.ts';

const outline = (policy: Policy) => outlinePolicy(normalizePolicy(policy));
const compare = (then: Policy, now: Policy) => compareOutlines(outline(then), outline(now));
const NOTHING = { added: [], modified: [], removed: [], sites: [], controllers: [], isWider: false };

const RICH: Partial<Service> = {
  hosts: ['stats.example.net', '*.cdn.example.net', 'tags.example/matomo/'],
  cookies: [
    { name: '_pk_id', lifetimeDays: 30 },
    { pattern: '_pk_ses.*', lifetimeDays: 1 },
  ],
  storage: [{ kind: 'localStorage', key: 'pk' }],
};
const then = withService('matomo', RICH);
const changed = (change: Partial<Service>) => compare(then, withService('matomo', { ...RICH, ...change }));

describe('what a later policy asks for beyond an earlier one', () => {
  it.each<[string, Partial<Service>, object]>([
    ['another company', { vendor: { name: 'Autre SA' } }, { vendor: 'Autre SA' }],
    ['another category', { category: 'advertising' }, { category: 'advertising' }],
    ['one more host', { hosts: [...(RICH.hosts ?? []), 'new.example'] }, { hosts: ['new.example'] }],
    ['a host that becomes all below it', { hosts: ['*.example.net'] }, { hosts: ['*.example.net'] }],
    ['a path that becomes all of the host', { hosts: ['tags.example'] }, { hosts: ['tags.example'] }],
    [
      'another port of the same host',
      { hosts: ['stats.example.net:8443'] },
      { hosts: ['stats.example.net:8443'] },
    ],
    [
      'the port that is written out',
      { hosts: ['stats.example.net:443'] },
      { hosts: ['stats.example.net:443'] },
    ],
    ...[
      '../other/',
      '..',
      'x/../../other/x.js',
      '%2e%2e/other/',
      '.%2E/other/',
      '%2e/x.js',
      '..%2fother/',
    ].map((end): [string, Partial<Service>, object] => [
      `a path that may climb by ${end}`,
      { hosts: [`tags.example/matomo/${end}`] },
      { hosts: [`tags.example/matomo/${end}`] },
    ]),
    [
      'one more cookie',
      { cookies: [...(RICH.cookies ?? []), { name: '_new', lifetimeDays: 1 }] },
      { stores: ['_new'] },
    ],
    [
      'a pattern where there was a name',
      { cookies: [{ pattern: '_pk.*', lifetimeDays: 1 }] },
      { stores: ['_pk.*'] },
    ],
    [
      'a cookie for the whole domain',
      { cookies: [{ name: '_pk_id', lifetimeDays: 30, domain: 'example.org' }] },
      { stores: ['_pk_id'] },
    ],
    [
      'a cookie that stays longer',
      { cookies: [{ name: '_pk_id', lifetimeDays: 31 }] },
      { longer: [expect.objectContaining({ name: '_pk_id', lifetimeDays: 31 })] },
    ],
    [
      'a session cookie that stays a day',
      { cookies: [{ pattern: '_pk_ses.*', lifetimeDays: 2 }] },
      { longer: [expect.objectContaining({ lifetimeDays: 2 })] },
    ],
    ['the same key in another storage', { storage: [{ kind: 'indexedDB', key: 'pk' }] }, { stores: ['pk'] }],
  ])('is %s', (_, change, expected) => {
    expect(changed(change).modified).toEqual([expect.objectContaining({ id: 'matomo', ...expected })]);
  });

  it.each<[string, Partial<Service>]>([
    ['fewer hosts', { hosts: ['stats.example.net'] }],
    [
      'a host that was covered',
      { hosts: ['a.cdn.example.net', 'tags.example/matomo/x.js', 'STATS.example.net'] },
    ],
    ['a path with a dot in it', { hosts: ['tags.example/matomo/.well-known/v1.2/'] }],
    [
      'another order',
      { hosts: [...(RICH.hosts ?? [])].reverse(), cookies: [...(RICH.cookies ?? [])].reverse() },
    ],
    ['fewer cookies and keys', { cookies: [], storage: [] }],
    ['a shorter lifetime', { cookies: [{ name: '_pk_id', lifetimeDays: 1 }] }],
    ['a name that a pattern had declared', { cookies: [{ name: '_pk_ses.1', lifetimeDays: 1 }] }],
    ['other words', { purpose: 'Otherwise.', name: 'Otherwise', reason: 'Otherwise.' }],
    ['the case of a name', { vendor: { name: 'MATOMO sa', country: 'FR', privacyUrl: '/x' } }],
    ['the way that it ends', { reload: true }],
  ])('is not %s', (_, change) => {
    expect(changed(change)).toEqual(NOTHING);
  });

  it('is a new service and a new category, and not one that is gone', () => {
    const now = policyWith({
      categories: [...POLICY.categories.filter(({ id }) => id !== 'preference'), { id: 'performance' }],
      services: [...POLICY.services.filter(({ id }) => id !== 'ads'), service('new', 'analytics')],
    });
    const { added, removed, modified } = compare(POLICY, now);
    expect(added.map(({ id }) => id)).toEqual(expect.arrayContaining(['new', 'performance']));
    expect(removed.map(({ id }) => id)).toEqual(expect.arrayContaining(['ads', 'preference']));
    expect(modified).toEqual([]);
  });

  it('is a site, a controller, a wider cookie and more months, and not fewer of them', () => {
    const wide = policyWith({
      scope: { sites: ['example.org', 'b.example.org'], cookieDomain: 'example.org' },
      controller: { ...POLICY.controller, jointControllers: [{ name: 'Coop SA' }] },
      lifetimeMonths: 12,
    });
    expect(compare(POLICY, wide)).toEqual({
      ...NOTHING,
      sites: ['b.example.org'],
      controllers: ['Coop SA'],
      isWider: true,
    });
    expect(compare(wide, POLICY)).toEqual(NOTHING);
  });

  it('is nothing between a policy and itself, whatever the policy', () => {
    const hosts = fc.array(
      fc.constantFrom('a.example', '*.a.example', 'b.example/x/../y/', 'c.example:8443', 'no host'),
    );
    const cookies = fc.array(
      fc.record({ name: fc.constantFrom('_a', '_b', '_c'), lifetimeDays: fc.integer({ min: 0, max: 400 }) }),
    );
    fc.assert(
      fc.property(hosts, cookies, (hosts, cookies) => {
        const policy = withService('matomo', { hosts, cookies });
        expect(compare(policy, policy)).toEqual(NOTHING);
      }),
    );
  });

  it('is any port, where one was named', () => {
    const named = withService('matomo', { hosts: ['a.example:8443'] });
    const any = withService('matomo', { hosts: ['a.example'] });
    expect(compare(named, any).modified).toEqual([expect.objectContaining({ hosts: ['a.example'] })]);
    expect(compare(named, named)).toEqual(NOTHING);
  });

  it('survives JSON, as the device keeps it', () => {
    expect(JSON.parse(JSON.stringify(outline(then)))).toEqual(outline(then));
  });
});
