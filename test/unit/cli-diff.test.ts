import { describe, expect, it } from 'vitest';
import type { VersionDiff } from '../../src/cli/compare-versions.ts';
import type { Policy, PolicyChange, Service } from '../../src/types.ts';
import { POLICY, policyWith, service, withService } from '../fixtures/policy.ts';
import { runCli } from '../support/cli.ts';

const NEXT = { version: '2025-09-01' };
const next = (overrides: Partial<Policy> = {}) => policyWith({ ...NEXT, ...overrides });
const nextWith = (id: string, change: Partial<Service>, overrides: Partial<Policy> = {}) =>
  withService(id, change, { ...NEXT, ...overrides });
const without = (...ids: string[]) =>
  next({ services: POLICY.services.filter(({ id }) => !ids.includes(id)) });
const entry = (more: Partial<PolicyChange> = {}): PolicyChange => ({
  version: NEXT.version,
  date: NEXT.version,
  summary: 'Autre prestataire.',
  ...more,
});
const FIRST: PolicyChange = { version: POLICY.version, date: POLICY.version, summary: 'Début.' };

const run = (now: unknown, args: readonly string[] = [], then: unknown = POLICY) =>
  runCli(['diff', 'old.json', 'new.json', ...args], {
    'old.json': JSON.stringify(then),
    'new.json': JSON.stringify(now),
  });
const compare = (now: Policy, then: Policy = POLICY): VersionDiff => {
  const { code, stdout, stderr } = run(now, ['--json'], then);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
};
/** What each visitor is asked, by what they had accepted. */
const asked = (now: Policy, then: Policy = POLICY) =>
  Object.fromEntries(
    compare(now, then).visitors.map((one) => [one.accepted.join(' ') || 'nothing', one.asked.join(' ')]),
  );
const EVERYTHING = 'analytics advertising preference';
const matomo = { hosts: [], cookies: [], storage: [], ...POLICY.services[1] };

describe('bandeau diff --json', () => {
  it.each([
    ['a new service', next({ services: [...POLICY.services, service('maps', 'preference')] }), 'maps', ''],
    ['another vendor', nextWith('matomo', { vendor: { name: 'Autre SA' } }), 'matomo', 'matomo'],
    ['a host more', nextWith('matomo', { hosts: [...matomo.hosts, 'x.example.com'] }), 'matomo', 'matomo'],
    [
      'a cookie more',
      nextWith('matomo', { cookies: [...matomo.cookies, { name: '_pk_ref', lifetimeDays: 1 }] }),
      'matomo',
      'matomo',
    ],
    [
      'a cookie that stays longer',
      nextWith('matomo', { cookies: [{ name: '_pk_id', lifetimeDays: 60 }] }),
      'matomo',
      'matomo',
    ],
    ['another category', nextWith('matomo', { category: 'advertising' }), 'matomo', ''],
  ])('says that %s asks who had granted it', (_, now, all, analyticsAlone) => {
    const answers = asked(now);
    expect(answers[EVERYTHING]).toBe(all);
    expect(answers['analytics']).toBe(analyticsAlone);
    expect(answers['nothing']).toBe('');
  });

  it.each([
    ['a new text', nextWith('matomo', { purpose: 'Compte autre chose.' }), 'text', 'services.matomo.purpose'],
    [
      'a translation',
      nextWith('matomo', { purpose: { fr: 'matomo counts.', en: 'It counts.' } }),
      'text',
      'services.matomo.purpose',
    ],
    [
      'a host less',
      nextWith('matomo', { hosts: ['stats.example.net'] }),
      'less',
      'services.matomo.hosts.cdn.example.net',
    ],
    [
      'a shorter lifetime',
      nextWith('matomo', { cookies: [{ name: '_pk_id', lifetimeDays: 7 }, ...matomo.cookies.slice(1)] }),
      'less',
      'services.matomo.cookies._pk_id.lifetimeDays',
    ],
    [
      'another order',
      nextWith('matomo', { hosts: [...matomo.hosts].reverse() }),
      'order',
      'services.matomo.hosts',
    ],
    ['another order of services', next({ services: [...POLICY.services].reverse() }), 'order', 'services'],
    [
      'a change of what is required',
      nextWith('session', { hosts: ['login.example.org'] }),
      'required',
      'services.session.hosts',
    ],
    ['a title of the site', next({ texts: { 'banner.title': 'Cookies' } }), 'text', 'texts'],
    ['another region', next({ region: 'fr' }), 'setting', 'region'],
  ])('says that %s asks nobody', (_, now, kind, where) => {
    const { minor, visitors, material } = compare(now);
    expect(minor).toEqual([expect.objectContaining({ kind, where })]);
    expect(visitors.flatMap((one) => one.asked)).toEqual([]);
    expect(material).toMatchObject({ added: [], modified: [], removed: [] });
  });

  it('tells nothing twice', () => {
    const now = nextWith(
      'matomo',
      {
        vendor: { name: 'Autre SA' },
        hosts: [...matomo.hosts, '*.example.com'],
        cookies: [
          { name: '_pk_id', lifetimeDays: 60 },
          { pattern: '_x/[@:]', lifetimeDays: 1 },
          { name: '_pk_ses', lifetimeDays: 0 },
        ],
        storage: [...matomo.storage, { kind: 'indexedDB', key: 'pk2' }],
      },
      {
        scope: { sites: ['example.org', 'example.com'] },
        controller: { ...POLICY.controller, name: 'Autre SA' },
      },
    );
    const { material, minor } = compare(now);
    expect(minor).toEqual([]);
    expect(material).toMatchObject({
      modified: [{ id: 'matomo', vendor: 'Autre SA', hosts: ['*.example.com'], stores: ['_x/[@:]', 'pk2'] }],
      sites: ['example.com'],
      controllers: ['Autre SA'],
    });
  });

  it('tells texts of a service that is named as a field', () => {
    const then = policyWith({
      services: [service('contact', 'analytics', { hosts: ['a.example.net', 'b.example.net'] })],
    });
    const now = {
      ...then,
      ...NEXT,
      services: [service('contact', 'analytics', { hosts: ['a.example.net'] })],
    };
    expect(compare(now, then).minor).toMatchObject([
      { kind: 'less', where: 'services.contact.hosts.b.example.net' },
    ]);
  });

  it('counts a removal as gone, and asks nobody', () => {
    const { material, visitors, minor } = compare(without('heatmap'));
    expect(material.removed).toMatchObject([{ id: 'heatmap' }]);
    expect(minor).toEqual([]);
    expect(visitors.flatMap((one) => one.asked)).toEqual([]);
  });

  it('says what the cookie alone would ask', () => {
    const [all, none] = compare(nextWith('matomo', { hosts: ['stats.example.net'] })).visitors;
    expect(all).toMatchObject({ asked: [], askedByCookieAlone: ['matomo'], sees: 'nothing' });
    expect(none).toMatchObject({ asked: [], askedByCookieAlone: [] });
  });

  it('asks nobody for less where there are too many services to tell them apart', () => {
    const services = Array.from({ length: 90 }, (_, i) =>
      service(`s${i}`, 'analytics', { hosts: ['a.example.net', 'b.example.net'] }),
    );
    const fewer = services.map((one) => (one.id === 's0' ? { ...one, hosts: ['a.example.net'] } : one));
    const now = next({ services: fewer });
    const [all] = compare(now, policyWith({ services })).visitors;
    expect(all).toMatchObject({ asked: [], askedByCookieAlone: ['s0'] });
    expect(all?.granted).toContain('s0');
  });

  it('says what stays granted meanwhile', () => {
    const [all] = compare(nextWith('matomo', { vendor: { name: 'Autre SA' } })).visitors;
    expect(all).toMatchObject({
      sees: 'changed',
      granted: expect.arrayContaining(['heatmap', 'ads', 'advertising']),
    });
    expect(all?.granted).not.toContain('matomo');
    expect(all?.granted).not.toContain('analytics');
  });

  it('asks about everything where another site is covered', () => {
    const answers = asked(next({ scope: { sites: ['example.org', 'example.com'] } }));
    expect(answers[EVERYTHING]).toBe('matomo heatmap ads preference');
    expect(answers['nothing']).toBe('');
  });

  it('shows the banner where the cookie has another name, or nothing was asked before', () => {
    const renamed = compare(next({ scope: { sites: ['example.org'], cookieName: 'other' } }));
    expect(renamed.visitors[1]).toMatchObject({
      accepted: [],
      sees: 'first',
      asked: expect.arrayContaining(['ads']),
    });
    expect(renamed.notes.join()).toMatch(/cookieName/);
    const essential = policyWith({ categories: [{ id: 'essential' }], services: [POLICY.services[0]] });
    expect(compare(next(), essential).visitors).toMatchObject([{ accepted: [], sees: 'first' }]);
  });

  it('tells once of a version that asks nothing, where the site wants it', () => {
    const now = nextWith('matomo', { purpose: 'Autre.' });
    const told = (more: Partial<PolicyChange>) =>
      compare({ ...now, changes: [FIRST, entry(more)] }).visitors[0]?.sees;
    expect(told({ inform: true })).toBe('informed');
    expect(told({})).toBe('nothing');
  });

  it('names the versions with the hashes that records have', () => {
    const { from, to, schemaVersion } = compare(next());
    expect([schemaVersion, from.version, to.version]).toEqual([1, POLICY.version, NEXT.version]);
    expect(from.policyHash).toMatch(/^[\da-f]{64}$/);
    expect(from.policyHash).not.toBe(to.policyHash);
  });
});

describe('what changes says', () => {
  const more = { vendor: { name: 'Autre SA' } };
  const notes = (now: Policy, then?: Policy) => compare(now, then).notes.join('\n');

  it('is missed where the new version has no entry', () => {
    expect(notes(nextWith('matomo', more))).toMatch(/no entry for the new version/);
    expect(notes(nextWith('matomo', more, { changes: [entry()] }))).toMatch(/no entry for the old version/);
    expect(notes(nextWith('matomo', more, { changes: [FIRST, entry()] }))).toBe('');
  });

  it('forces by affects, and who refused is left alone', () => {
    const now = next({ changes: [FIRST, entry({ affects: ['heatmap'] })] });
    const { changes, visitors, notes } = compare(now);
    expect(changes).toMatchObject({ isListed: true, forced: ['heatmap'], suppressed: [] });
    expect(visitors.map((one) => one.asked)).toEqual([['heatmap'], [], ['heatmap'], [], []]);
    expect(notes).toEqual([expect.stringContaining('`affects` asks again about `heatmap`')]);
  });

  it('forces nothing that is asked anyway', () => {
    const now = nextWith('matomo', more, { changes: [FIRST, entry({ affects: ['matomo'] })] });
    expect(compare(now).changes).toMatchObject({ forced: [], suppressed: [] });
  });

  it('keeps answers by keepsBecause', () => {
    const keepsBecause = 'La société a changé de nom.';
    const now = nextWith('matomo', more, { changes: [FIRST, entry({ keepsBecause, affects: [] })] });
    const { changes, visitors, notes } = compare(now);
    expect(changes).toEqual({ isListed: true, forced: [], suppressed: ['matomo'], keepsBecause });
    expect(visitors.flatMap((one) => one.asked)).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('`keepsBecause` keeps the grants of `matomo`')]);
  });

  it('is silent about policies that are the same', () => {
    expect(compare(POLICY)).toMatchObject({ minor: [], notes: [], changes: { forced: [], suppressed: [] } });
  });

  it('is not enough where the version is the same', () => {
    expect(notes(withService('matomo', more))).toMatch(/same `version`/);
  });

  it.each([
    [
      'more months',
      next({ lifetimeMonths: 12 }),
      /12 months instead of 6, also those that were given before/,
    ],
    ['fewer months', next({ lifetimeMonths: 3 }), /3 months instead of 6: older ones expire/],
    ['children', next({ audience: 'children' }), /for children now/],
    [
      'what is a choice no more',
      nextWith('matomo', { category: 'essential', reason: 'Nécessaire.' }),
      /`matomo` can't be refused any more/,
    ],
  ])('goes with a note on %s', (_, now, expected) => {
    expect(notes(now)).toMatch(expected);
    expect(notes(next())).not.toMatch(expected);
  });
});

describe('bandeau diff', () => {
  it('writes Markdown for a pull request', () => {
    const now = nextWith(
      'matomo',
      {
        vendor: { name: 'Autre SA' },
        purpose: 'Compte autre chose.',
        hosts: [...matomo.hosts, 'x.example.com'],
      },
      { changes: [FIRST, entry()] },
    );
    expect(run({ ...now, services: now.services.filter(({ id }) => id !== 'heatmap') })).toEqual({
      code: 0,
      stderr: '',
      stdout: `# Policy "2025-01-15" to "2025-09-01"

## Asks for more

- \`matomo\` belongs to "Autre SA" now; contacts "x.example.com".

## Is gone

- \`heatmap\`

## Asks for nothing more

- services.matomo.purpose changed (other words).

## Who is asked

- Who accepted everything is asked about \`matomo\`. Still granted: \`ads\`, \`preference\`, \`advertising\`.
- Who refused everything sees nothing new.
- Who accepted \`analytics\` alone is asked about \`matomo\`.
- Who accepted \`advertising\` alone sees nothing new. Still granted: \`ads\`, \`advertising\`.
- Who accepted \`preference\` alone sees nothing new. Still granted: \`preference\`.
`,
    });
  });

  it('shows nothing that a terminal obeys', () => {
    const { stdout } = run(nextWith('matomo', { vendor: { name: 'A\u001b[31m\u202eB' } }));
    expect(stdout).toContain('A\\u001b[31m\\u202eB');
  });

  const FILES = { 'a.json': JSON.stringify(POLICY), 'broken.json': '{', 'b.json': '{"version":""}' };
  it.each([
    ['no file', [], 2, /diff needs two policy files/],
    ['one file', ['a.json'], 2, /diff needs two policy files/],
    ['three files', ['a.json', 'a.json', 'a.json'], 2, /diff needs two policy files/],
    ['a file that is not there', ['a.json', 'c.json'], 2, /c\.json can't be read/],
    ['an old policy that is none', ['b.json', 'a.json'], 1, /b\.json: \d+ errors/],
    ['a new policy that is none', ['a.json', 'broken.json'], 1, /broken\.json: 1 error/],
    ['an option that there is not', ['a.json', 'a.json', '--html'], 2, /--html/],
  ] as const)('prints nothing on stdout for %s', (_, args, code, message) => {
    expect(runCli(['diff', ...args], FILES)).toEqual({
      code,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
  });
});
