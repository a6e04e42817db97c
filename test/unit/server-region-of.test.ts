import { describe, expect, it } from 'vitest';
import {
  type GeoProvider,
  gpcDocument,
  type RequestHeaders,
  readGpc,
  readReceipt,
  regionOf,
  ShieldError,
} from '../../src/server/index.ts';
import { POLICY, policyWith } from '../fixtures/policy.ts';

const netlify = (geo: unknown) => ({ 'x-nf-geo': Buffer.from(JSON.stringify(geo)).toString('base64') });
const headersOf = (country: string, region: string): [GeoProvider, Record<string, string>][] => [
  ['appengine', { 'x-appengine-country': country, 'x-appengine-region': region.toLowerCase() }],
  ['cloudflare', { 'cf-ipcountry': country, 'cf-region-code': region }],
  ['cloudfront', { 'cloudfront-viewer-country': country, 'cloudfront-viewer-country-region': region }],
  ['netlify', netlify({ city: 'Montréal', country: { code: country }, subdivision: { code: region } })],
  ['vercel', { 'x-vercel-ip-country': country, 'x-vercel-ip-country-region': region }],
];
const capitals = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));

describe('regionOf', () => {
  it.each(headersOf('US', 'CA'))('reads the state of the United States from %s', (trust, headers) => {
    expect(regionOf(headers, { trust })).toBe('us-ca');
    expect(regionOf(new Headers(headers), { trust })).toBe('us-ca');
    expect(regionOf(capitals(headers), { trust })).toBe('us-ca');
  });

  it.each(headersOf('FR', 'IDF'))('reads no more than the country elsewhere from %s', (trust, headers) => {
    expect(regionOf(headers, { trust })).toBe('fr');
    expect(regionOf(new Headers(headers), { trust })).toBe('fr');
  });

  it('reads the headers of an edge of the site', () => {
    const trust = { country: 'X-Country-Code', region: 'X-Region-Code' };
    expect(regionOf({ 'x-country-code': 'us', 'x-region-code': 'US-TX' }, { trust })).toBe('us-tx');
    expect(
      regionOf({ 'x-country-code': 'US', 'x-region-code': 'TX' }, { trust: { country: trust.country } }),
    ).toBe('us');
  });

  it('reads nothing of a provider that is not trusted', () => {
    const all = Object.assign({}, ...headersOf('US', 'CA').map(([, headers]) => headers));
    for (const [trust, own] of headersOf('US', 'CA')) {
      const others = Object.fromEntries(Object.entries(all).filter(([name]) => !(name in own)));
      expect(regionOf(others as Record<string, string>, { trust })).toBeUndefined();
    }
  });

  it.each<[string, RequestHeaders]>([
    ['nothing', {}],
    ['an unknown place', { 'cf-ipcountry': 'XX' }],
    ['another unknown place', { 'cf-ipcountry': 'ZZ' }],
    ['Tor', { 'cf-ipcountry': 'T1' }],
    ['a name', { 'cf-ipcountry': 'France' }],
    ['a question mark', { 'cf-ipcountry': '?' }],
    ['an empty text', { 'cf-ipcountry': '' }],
    ['two countries in one header', { 'cf-ipcountry': 'FR, US' }],
    ['two countries in a list', { 'cf-ipcountry': ['FR', 'US'] }],
    ['two countries by the case of their names', { 'cf-ipcountry': 'FR', 'CF-IPCountry': 'US' }],
    ['a region of another country', { 'cf-ipcountry': 'US', 'cf-region-code': 'FR-IDF' }],
    ['a state of the United States in France', { 'cf-ipcountry': 'FR', 'cf-region-code': 'US-CA' }],
    ['a region alone', { 'cf-region-code': 'CA' }],
    ['a header that was never read', { 'cf-ipcountry': undefined }],
    [
      'the sum of two in Headers',
      new Headers([
        ['cf-ipcountry', 'US'],
        ['cf-ipcountry', 'FR'],
      ]),
    ],
    [
      'headers that throw',
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no');
          },
        },
      ),
    ],
  ])('knows of no place in %s', (_, headers) => {
    expect(regionOf(headers, { trust: 'cloudflare' })).toBeUndefined();
  });

  it.each<[string, string]>([
    ['California', 'us'],
    ['', 'us'],
    ['6', 'us'],
    ['US-', 'us'],
    ['CA, TX', 'us'],
    ['US-CA', 'us-ca'],
    ['ca', 'us-ca'],
  ])('reads the region "%s" in the United States as %s', (region, expected) => {
    const headers = { 'cf-ipcountry': 'US', 'cf-region-code': region };
    expect(regionOf(headers, { trust: 'cloudflare' })).toBe(expected);
  });

  it('takes a header that is there twice for one where both say the same', () => {
    expect(regionOf({ 'cf-ipcountry': ['BE', 'BE'] }, { trust: 'cloudflare' })).toBe('be');
  });

  it.each([
    'no base64 ***',
    Buffer.from('no JSON').toString('base64'),
    Buffer.from('null').toString('base64'),
    Buffer.from('[]').toString('base64'),
    Buffer.from('{"country":"US"}').toString('base64'),
    Buffer.from('{"country":{"code":1}}').toString('base64'),
    Buffer.from('{"__proto__":{"country":{"code":7}}}').toString('base64'),
  ])('knows of no place in what is none of Netlify’s: %s', (text) => {
    expect(regionOf({ 'x-nf-geo': text }, { trust: 'netlify' })).toBeUndefined();
  });

  it.each([undefined, {}, { trust: 'fastly' }, { trust: 'constructor' }, { trust: null }, { trust: {} }])(
    'is refused without a provider that is trusted: %j',
    (options) => {
      const anyOptions = JSON.parse(JSON.stringify(options ?? null));
      expect(() => regionOf({ 'cf-ipcountry': 'US' }, anyOptions)).toThrow(ShieldError);
    },
  );

  it('gives a policy its region: the visitor’s where it is known, else the policy’s or the strictest', () => {
    const american = policyWith({ region: 'us' });
    const granted = (headers: RequestHeaders, policy = american) => {
      const region = regionOf(headers, { trust: 'vercel' }) ?? 'eu';
      return readReceipt(null, policy, 0, { region }).isGranted('matomo');
    };
    expect(granted({ 'x-vercel-ip-country': 'US', 'x-vercel-ip-country-region': 'CA' })).toBe(true);
    expect(granted({ 'x-vercel-ip-country': 'FR' })).toBe(false);
    expect(granted({})).toBe(false);
    expect(readReceipt(null, american, 0).isGranted('matomo')).toBe(true);
    expect(readReceipt(null, POLICY, 0).isGranted('matomo')).toBe(false);
  });
});

describe('readGpc', () => {
  it.each<[RequestHeaders, boolean]>([
    [{ 'sec-gpc': '1' }, true],
    [{ 'Sec-GPC': '1' }, true],
    [new Headers({ 'Sec-GPC': '1' }), true],
    [{ 'sec-gpc': '0' }, false],
    [{ 'sec-gpc': 'true' }, false],
    [{ 'sec-gpc': '1, 1' }, false],
    [{ 'sec-gpc': '11' }, false],
    [{ 'sec-gpc': ['1', '0'] }, false],
    [{ dnt: '1' }, false],
    [{}, false],
    [new Headers(), false],
  ])('%j is %s', (headers, expected) => {
    expect(readGpc(headers)).toBe(expected);
  });
});

describe('gpcDocument', () => {
  it('says that the site heeds it, and since when', () => {
    expect(JSON.parse(gpcDocument('2025-10-01'))).toEqual({ gpc: true, lastUpdate: '2025-10-01' });
  });

  it.each(['', 'today', '2025-02-30', '01/10/2025', '2025-10-01T00:00:00Z'])('refuses "%s"', (date) => {
    expect(() => gpcDocument(date)).toThrow(ShieldError);
  });
});
