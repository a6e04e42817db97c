import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaps, readHostSource } from '../../src/policy/host-source.ts';
import { isTrackerHost } from '../../src/policy/tracker-hosts.ts';
import { validatePolicy } from '../../src/policy/validate.ts';
import type { Policy } from '../../src/types.ts';

/** A policy with one service, in a category that is a choice unless told otherwise. */
function policyOf(service: Partial<Policy['services'][number]>): Policy {
  return {
    version: '2025-03-01',
    controller: { name: 'Exemple SA', contact: 'info@example.org', privacyUrl: '/privacy' },
    scope: { sites: ['example.org'] },
    categories: [{ id: 'essential' }, { id: 'analytics' }],
    services: [
      {
        id: 'visits',
        category: 'analytics',
        vendor: { name: 'Mesurio' },
        purpose: 'Counts visits, so that we know which pages help.',
        ...service,
      },
    ],
  };
}

const find = (host: unknown) =>
  validatePolicy(policyOf({ hosts: [host as string] })).filter(
    ({ where }) => where === 'services[0].hosts[0]',
  );

describe('a host of a service', () => {
  it.each([
    'stats.example.net',
    'STATS.example.net',
    '*.example.net',
    'example.net:8443',
    '*.example.net:8443',
    'example.net/maps/',
    'example.net/maps/v1.2/a_b~c(d)!$&+:@=-/tile.png',
    'example.net/a%20b/',
    'example.net:8443/maps/',
    'localhost',
    'localhost:4174',
    '127.0.0.1:4174',
    'xn--caf-dma.example',
    '_dmarc.example.net',
  ])('may be %s', (host) => {
    expect(find(host)).toEqual([]);
  });

  it.each([
    ['*', 'A star stands in front'],
    ['*:443', 'A star stands in front'],
    ['*.', 'A star stands in front'],
    ['*.com', 'A star stands in front'],
    ['*.localhost', 'A star stands in front'],
    ['stats.*.example.net', 'A star stands in front'],
    ['*.*.example.net', 'A star stands in front'],
    ['stats*.example.net', 'A star stands in front'],
    ['example.net:*', 'A star stands in front'],
    ['example.net/maps/*', 'A star stands in front'],
    ['*.10.0.0.1', 'A star stands in front'],
    ['*.co.uk', 'Name the domain of the service: "*.example.co.uk".'],
    ['*.com.au', 'Name the domain of the service: "*.example.com.au".'],
    ['https://stats.example.net', 'Leave out the scheme'],
    ['wss://stats.example.net', 'Leave out the scheme'],
    ['https:', 'Copy the host'],
    ['data:', 'Copy the host'],
    ["'self'", 'Write each host as an entry of its own'],
    ["'unsafe-inline'", 'Write each host as an entry of its own'],
    ['//stats.example.net', 'Leave out the scheme'],
    ['example.net/a?b=c', 'Leave out the query'],
    ['example.net/#top', 'Leave out the query'],
    ['a.example.net b.example.net', 'Write each host as an entry of its own'],
    ['a.example.net;script-src', 'Write each host as an entry of its own'],
    ['a.example.net,b.example.net', 'Write each host as an entry of its own'],
    ['a.example.net\n', 'Write each host as an entry of its own'],
    ['.example.net', 'Write "*.example.net"'],
    ['example.net.', 'Remove the dot'],
    ['example.net./maps/', 'Remove the dot'],
    ['café.example', 'Punycode'],
    ['example.net//maps', 'Copy the host'],
    ['example.net/%zz', 'Copy the host'],
    ['example.net:', 'Copy the host'],
    ['example.net:65536', 'Leave the port out'],
    ['10.0.0.256', 'Copy the host'],
    ['[::1]', 'Copy the host'],
    ['stats', 'Copy the host'],
    ['', 'Copy the host'],
    [7, 'Copy the host'],
    [null, 'Copy the host'],
  ])('may not be %j, and the advice fits', (host, fix) => {
    expect(find(host)).toMatchObject([{ level: 'error', fix: expect.stringContaining(fix) }]);
  });

  it('gets a warning where strangers rent hosts beside it, and none for one of them', () => {
    expect(find('*.cloudfront.net')).toMatchObject([{ level: 'warning' }]);
    expect(find('*.CloudFront.net')).toMatchObject([{ level: 'warning' }]);
    expect(find('d111.cloudfront.net')).toEqual([]);
    expect(find('*.d111.cloudfront.net')).toEqual([]);
  });

  it('of 10 MB is told in a moment', () => {
    for (const part of ['a.', '*.', '/a', '%41', 'a', '-'])
      expect(find(`a.example${part.repeat(5_000_000)}`)).toHaveLength(1);
  });
});

describe('sites and cookie domains', () => {
  it.each(['*.example.org', 'example.org:8443', 'example.org/shop/'])('take no %s', (host) => {
    const sites = validatePolicy({ ...policyOf({}), scope: { sites: [host] } });
    expect(sites).toMatchObject([{ level: 'error', where: 'scope.sites[0]' }]);
    const cookies = [{ name: '_mes', lifetimeDays: 1, domain: host }];
    expect(validatePolicy(policyOf({ cookies }))).toMatchObject([
      { level: 'error', where: 'services[0].cookies[0].domain' },
    ]);
  });
});

describe('a tracker', () => {
  it.each([
    'doubleclick.net',
    'stats.g.doubleclick.net',
    '*.doubleclick.net',
    '*.g.doubleclick.net',
    'doubleclick.net:8443',
    'doubleclick.net/pixel/',
    '*.google.com',
    '*.linkedin.com',
  ])('is seen in %s', (host) => {
    expect(isTrackerHost(host)).toBe(true);
    const service = { category: 'essential', reason: 'Needed.', hosts: [host] };
    expect(validatePolicy(policyOf(service)).filter(({ rule }) => rule === 'R18')).toMatchObject([
      { level: 'warning', where: 'services[0].hosts[0]' },
    ]);
  });

  it.each([
    'google.com',
    'notdoubleclick.net',
    '*.notdoubleclick.net',
    'maps.google.com',
    'example.net/doubleclick.net/',
  ])('is not seen in %s', (host) => {
    expect(isTrackerHost(host)).toBe(false);
  });
});

describe('storage keys', () => {
  const level = (key: string) =>
    validatePolicy(policyOf({ storage: [{ kind: 'localStorage', key }] })).map((problem) => problem.level);

  it.each(['*', '**', '***', '*a*', '*a', '*ab*', '**a'])('may not take keys of others: %s', (key) => {
    expect(level(key)).toEqual(['error']);
  });
  it.each(['a*', '_pk*', '*_visits', '*visits*', 'a', 'a*b'])('may be %s', (key) => {
    expect(level(key)).toEqual([]);
  });
});

describe('what is read as a host', () => {
  it('holds no character that means something in a header or in HTML', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('', '*.', 'a.b', 'a.b/', 'a.b:1'),
        (text, start) => {
          const all = [text, start + text, text + start].filter((one) => readHostSource(one));
          for (const one of all) expect(one).toMatch(/^[^\s;,'"<>\\?#\p{Cc}\P{ASCII}]+$/u);
        },
      ),
      { numRuns: 5000 },
    );
  });

  const read = (text: string) => {
    const source = readHostSource(text);
    if (!source) throw new Error(text);
    return source;
  };
  it.each([
    ['a.example', 'a.example', true],
    ['a.example', 'A.EXAMPLE', true],
    ['a.example', 'b.example', false],
    ['*.example.net', 'a.example.net', true],
    ['*.example.net', 'a.b.example.net', true],
    ['*.example.net', 'example.net', false],
    ['*.example.net', 'notexample.net', false],
    ['*.example.net', '*.example.net', true],
    ['*.example.net', '*.a.example.net', true],
    ['*.a.example.net', '*.b.example.net', false],
    ['a.example', 'a.example:8443', false],
    ['a.example:8443', 'a.example:8443', true],
    ['a.example/maps/', 'a.example', true],
    ['a.example/maps/', 'a.example/maps/tile', true],
    ['a.example/maps/', 'a.example/other/', false],
  ])('%s and %s overlap: %s', (one, other, isTrue) => {
    expect(overlaps(read(one), read(other))).toBe(isTrue);
    expect(overlaps(read(other), read(one))).toBe(isTrue);
  });
});
