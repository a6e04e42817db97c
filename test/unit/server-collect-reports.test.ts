import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectReports } from '../../src/server/index.ts';
import { policyWith, service } from '../fixtures/policy.ts';

const POLICY = policyWith({
  services: [
    service('visits', 'analytics', { hosts: ['stats.example', '*.stats.example:8443'] }),
    service('maps', 'preference', { hosts: ['maps.example/tiles/', 'stats.example'] }),
    service('quiet', 'preference'),
  ],
});

/** What `report-uri` sends. */
const old = (url: unknown, directive: unknown = 'img-src') => ({
  'csp-report': {
    'document-uri': 'https://example.org/',
    'blocked-uri': url,
    'effective-directive': directive,
  },
});
/** What `report-to` sends. */
const report = (blockedURL: unknown, effectiveDirective: unknown = 'img-src') => ({
  type: 'csp-violation',
  age: 1,
  url: 'https://example.org/',
  body: { blockedURL, effectiveDirective, disposition: 'report' },
});
const collect = (body: unknown) => collectReports(body, POLICY);

describe('a report', () => {
  it.each([
    ['application/csp-report, parsed', old('https://pixel.example/a.gif?b=c')],
    ['application/csp-report, as text', JSON.stringify(old('https://pixel.example/a.gif'))],
    ['application/csp-report, the origin alone', old('https://pixel.example')],
    [
      'application/csp-report with an old name of the directive',
      {
        'csp-report': { 'blocked-uri': 'https://pixel.example', 'violated-directive': "img-src 'self'" },
      },
    ],
    ['application/reports+json, parsed', [report('https://pixel.example/a.gif')]],
    ['application/reports+json, as text', JSON.stringify([report('https://PIXEL.example/a.gif')])],
  ])('is read as %s', (_, body) => {
    expect(collect(body)).toEqual([{ host: 'pixel.example', directive: 'img-src', count: 1, services: [] }]);
  });

  it('is counted by host and directive', () => {
    const body = [
      report('https://pixel.example/1'),
      report('https://pixel.example/2'),
      report('wss://pixel.example/', 'connect-src'),
      report('https://other.example:8443/'),
    ];
    expect(collect(body).map(({ host, directive, count }) => `${host} ${directive} ${count}`)).toEqual([
      'pixel.example img-src 2',
      'pixel.example connect-src 1',
      'other.example:8443 img-src 1',
    ]);
  });

  it.each([
    ['https://stats.example/x', ['visits', 'maps']],
    ['https://a.stats.example:8443/x', ['visits']],
    ['https://a.stats.example/x', []],
    ['https://maps.example', ['maps']],
    ['https://notstats.example/', []],
  ])('says which services declare the host of %s', (url, services) => {
    expect(collect(old(url))).toMatchObject([{ services }]);
  });
});

describe('what is no report about a host', () => {
  it.each([
    ['inline code', old('inline')],
    ['eval', old('eval')],
    ['a data: address', old('data')],
    ['a data: address in full', old('data:text/html,https://pixel.example')],
    ['another scheme', old('chrome-extension://pixel.example/')],
    ['no address', old(undefined)],
    ['an address that is none', old('https://')],
    ['an address that is an object', old({ toString: () => 'https://pixel.example' })],
    ['a host that could not be declared', old('https://intranet/')],
    ['an IPv6 address', old('https://[::1]/')],
    [
      'no directive',
      old('https://pixel.example', undefined) && { 'csp-report': { 'blocked-uri': 'https://pixel.example' } },
    ],
    ['a directive that is none', old('https://pixel.example', '<b>')],
    ['a directive with a newline', old('https://pixel.example', 'img-src\n12 evil')],
    ['another kind of report', [{ type: 'deprecation', body: { id: 'x' } }]],
    ['no JSON', '{'],
    ['an empty text', ''],
    ['null', null],
    ['a number', 7],
    ['undefined', undefined],
    ['a list of nothing', [null, 1, 'x', []]],
    ['what it would have from its prototype', Object.create(old('https://pixel.example'))],
  ])('is left out: %s', (_, body) => {
    expect(collect(body)).toEqual([]);
  });

  it('does not keep those beside it from being read', () => {
    expect(collect([null, report('inline'), report('https://pixel.example'), 7])).toHaveLength(1);
  });
});

describe('somebody who sends anything', () => {
  it('gets no more than 100 reports of one body read', () => {
    const body = Array.from({ length: 1000 }, (_, i) => report(`https://a${i}.example/`));
    expect(collect(body)).toHaveLength(100);
    expect(collect(JSON.stringify(body.slice(0, 101)))).toHaveLength(100);
  });
  it('gets nothing of a text of more than 128 kB read', () => {
    const text = JSON.stringify([report('https://pixel.example')]);
    expect(collect(text.padEnd(131_072))).toHaveLength(1);
    expect(collect(text.padEnd(131_073))).toEqual([]);
  });
  it('gets no address of more than 4 kB read', () => {
    expect(collect(old(`https://pixel.example/${'x'.repeat(4000)}`))).toHaveLength(1);
    expect(collect(old(`https://pixel.example/${'x'.repeat(10_000_000)}`))).toEqual([]);
  });
  it('never makes it throw, with an object that throws either', () => {
    const trap = new Proxy(
      {},
      {
        getOwnPropertyDescriptor: () => {
          throw new Error('trap');
        },
      },
    );
    expect(collect(trap)).toEqual([]);
    expect(collect([report('https://pixel.example'), trap])).toHaveLength(1);
    fc.assert(
      fc.property(fc.anything(), fc.string(), (thing, text) => {
        expect(Array.isArray(collect(thing))).toBe(true);
        expect(Array.isArray(collect(text))).toBe(true);
        expect(Array.isArray(collect([{ body: thing }, { 'csp-report': thing }]))).toBe(true);
      }),
    );
  });
  it('gets nothing printed but a host and a directive', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string({ unit: 'binary' })), fc.string(), (url, directive) => {
        for (const one of collect([report(url, directive), report(`https://${url}`), old(url)])) {
          expect(one.host).toMatch(/^[\w.-]+(:\d+)?$/);
          expect(one.directive).toMatch(/^[a-z-]+$/);
        }
      }),
      { numRuns: 2000 },
    );
  });
  it('can not choose a name that every object has', () => {
    expect(collect([report('https://__proto__.example', 'constructor')])).toEqual([
      { host: '__proto__.example', directive: 'constructor', count: 1, services: [] },
    ]);
  });
});
