import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/model/decide.ts';
import { decodeReceipt, encodeReceipt } from '../../src/model/receipt.ts';
import { resolve } from '../../src/model/resolve.ts';
import { normalizePolicy } from '../../src/policy/normalize.ts';
import { readReceipt, ShieldError } from '../../src/server/index.ts';
import type { Choice, Policy } from '../../src/types.ts';
import {
  ACCEPTED,
  environment,
  NOW,
  PARTLY,
  POLICY,
  policyWith,
  receiptOf,
  service,
  withService,
} from '../fixtures/policy.ts';

const DAY = 864e5;
const written = (wanted = ACCEPTED) => encodeReceipt(receiptOf(wanted));
const read = (header: string | null | undefined, policy: Policy = POLICY, now = NOW + DAY) =>
  readReceipt(header, policy, now);
const grants = (header: string | null | undefined, policy: Policy = POLICY, now = NOW + DAY) => {
  const { choices } = read(header, policy, now);
  return Object.keys(choices).filter((id) => choices[id] === 'granted');
};
const ALL = ['matomo', 'heatmap', 'ads', 'analytics', 'advertising', 'preference'];

describe('a receipt in a Cookie header', () => {
  it.each([
    ['alone', (value: string) => `bandeau=${value}`],
    ['among others', (value: string) => `a=1; bandeau=${value}; b=2`],
    ['without spaces', (value: string) => `a=1;bandeau=${value};b=2`],
    ['twice and the same', (value: string) => `bandeau=${value}; bandeau=${value}`],
    [
      'beside one whose name only looks like it',
      (value: string) => `xbandeau=1; Bandeau=2; bandeau=${value}`,
    ],
    ['beside a name that can not be decoded', (value: string) => `%E0%A4%A=1; bandeau=${value}`],
  ])('is read %s', (_, header) => {
    expect(grants(header(written()))).toEqual(expect.arrayContaining(ALL));
    expect(read(header(written())).promptReason).toBeNull();
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty header', ''],
    ['other cookies', 'a=1; b=2'],
    ['the name without a value', 'bandeau'],
    ['an empty value', 'bandeau='],
    ['a name with another case', `BANDEAU=${written()}`],
    ['a name that ends alike', `xbandeau=${written()}`],
    ['a value that holds it', `a=bandeau=${written()}`],
    ['a list, which is no header', [`bandeau=${written()}`]],
  ])('is not there in %s: a first visit', (_, header) => {
    expect(read(header as string)).toMatchObject({
      receipt: null,
      choices: {},
      promptReason: { type: 'first-visit' },
    });
  });

  it.each([
    ['truncated', `bandeau=${written().slice(0, -1)}`],
    ['quoted', `bandeau="${written()}"`],
    ['of another schema', 'bandeau=2:x'],
    ['with a word in it', 'bandeau=true'],
    ['percent-encoded', `bandeau=${encodeURIComponent(written())}`],
    ['beside another for a deeper path', `bandeau=${written()}; bandeau=${written(PARTLY)}`],
    ['beside a removed one', `bandeau=${written()}; bandeau=`],
    ['beside another under an encoded name', `bandeau=${written()}; %62andeau=${written(PARTLY)}`],
    ['too long', `bandeau=${'x'.repeat(5000)}`],
    ['in a header of 10 MB', `bandeau=${written()}; a=${'x'.repeat(10_000_000)}`],
    ['in a header of 10 MB of separators', ';'.repeat(10_000_000)],
  ])('%s grants nothing, and counts as damaged', (_, header) => {
    expect(read(header)).toMatchObject({
      receipt: null,
      choices: {},
      promptReason: { type: 'receipt-damaged' },
    });
  });

  it('under the name of the policy is the only one that counts', () => {
    const policy = policyWith({ scope: { sites: ['example.org'], cookieName: 'choice%' } });
    expect(grants(`bandeau=${written()}`, policy)).toEqual([]);
    // As the page writes it.
    expect(grants(`choice%25=${written()}`, policy)).toEqual(expect.arrayContaining(ALL));
  });

  it('grants nothing once it is expired, or when it comes from the future', () => {
    const header = `bandeau=${written()}`;
    expect(grants(header, POLICY, Date.UTC(2025, 8, 15, 11))).toEqual(expect.arrayContaining(ALL));
    expect(read(header, POLICY, Date.UTC(2025, 8, 15, 12)).promptReason).toEqual({ type: 'expired' });
    expect(grants(header, POLICY, NOW - 2 * DAY)).toEqual([]);
  });

  it('does not grant a service that changed since', () => {
    const consent = read(`bandeau=${written()}`, withService('matomo', { hosts: ['other.example.net'] }));
    expect(consent.isGranted('matomo')).toBe(false);
    expect(consent.isGranted('heatmap')).toBe(true);
    expect(consent.promptReason).toMatchObject({ type: 'policy-changed', modified: ['matomo'] });
  });

  it('is read by the clock where no time is given', () => {
    const receipt = receiptOf(ACCEPTED, { now: Date.now() });
    expect(readReceipt(`bandeau=${encodeReceipt(receipt)}`, POLICY).receipt).toEqual(receipt);
    expect(
      readReceipt(`bandeau=${encodeReceipt({ ...receipt, time: '2001-01-01T00:00:00.000Z' })}`, POLICY),
    ).toMatchObject({ receipt: null });
  });
});

describe('isGranted', () => {
  it('says what the handle in the page says', () => {
    const consent = readReceipt(`bandeau=${written(PARTLY)}`, POLICY, NOW);
    expect(consent.isGranted('essential')).toBe(true);
    expect(consent.isGranted('session')).toBe(true);
    expect(consent.isGranted('matomo')).toBe(true);
    expect(consent.isGranted('heatmap')).toBe(false);
    // Not everything in it is.
    expect(consent.isGranted('analytics')).toBe(false);
  });

  it.each(['constructor', '__proto__', 'toString', '', 'unknown'])('of %j is false', (id) => {
    expect(read(`bandeau=${written()}`).isGranted(id)).toBe(false);
  });

  it('grants what is required to a visitor without a receipt, and nothing else', () => {
    const consent = read(null);
    expect(['session', 'essential', 'matomo', 'ads'].map((id) => consent.isGranted(id))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('server and page', () => {
  const IDS = ['a', 'b', 'c', 'd', 'e'];
  const policy = fc
    .uniqueArray(
      fc.record({
        id: fc.constantFrom(...IDS),
        category: fc.constantFrom('essential', 'analytics', 'preference'),
        hosts: fc.uniqueArray(fc.constantFrom('a.example', 'b.example', '*.c.example'), { maxLength: 2 }),
      }),
      { selector: ({ id }) => id, maxLength: 5 },
    )
    .map((services) =>
      policyWith({
        categories: ['essential', 'analytics', 'preference'].map((id) => ({ id })),
        services: services.map(({ id, category, hosts }) => service(id, category, { hosts })),
      }),
    );
  const choices = fc.dictionary(
    fc.constantFrom('analytics', 'preference', ...IDS),
    fc.constantFrom<Choice>('granted', 'denied'),
  );
  const days = fc.integer({ min: -3, max: 400 });
  const visitor = fc.record({ region: fc.constantFrom('fr', 'us-ca', 'GB', undefined), gpc: fc.boolean() });

  it('agree about every receipt, under the same policy and under another one', () => {
    fc.assert(
      fc.property(
        policy,
        policy,
        choices,
        days,
        visitor,
        visitor,
        (then, today, wanted, after, first, second) => {
          const text = encodeReceipt(
            decide(normalizePolicy(then, first), {}, wanted, 'custom', environment()),
          );
          const now = NOW + after * DAY;
          const { isGranted, ...consent } = readReceipt(`x=1; bandeau=${text}; y=2`, today, now, second);
          const { isOverruled: _, ...page } = resolve(
            normalizePolicy(today, second),
            decodeReceipt(text),
            true,
            now,
          );
          const isAnswered =
            second.region === 'us-ca' && second.gpc && normalizePolicy(today, second).regime === 'opt-out';
          expect(consent).toEqual({ ...page, promptReason: isAnswered ? null : page.promptReason });
          for (const id of ['analytics', 'preference', 'essential', ...IDS]) {
            expect(isGranted(id)).toBe(
              normalizePolicy(today).isRequired(id) || page.choices[id] === 'granted',
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('agree about every text: what the page would not read grants nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom('', 'bandeau='),
        (text, start) => {
          expect(read(start + text).receipt).toBeNull();
        },
      ),
      { numRuns: 500 },
    );
  });

  it('agree about every receipt with one character changed: nothing new is granted', () => {
    const value = written(PARTLY);
    fc.assert(
      fc.property(fc.nat(value.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        const forged = value.slice(0, at) + character + value.slice(at + 1);
        if (forged !== value) expect(grants(`bandeau=${forged}`)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a visitor of whom the server knows more', () => {
  const runs = (visitor?: Parameters<typeof readReceipt>[3]) =>
    readReceipt('', POLICY, NOW, visitor).isGranted('ads');

  it('may run before an answer what the law there lets run', () => {
    expect(runs({ region: 'us-ca' })).toBe(true);
  });

  it('is asked nothing where the browser has answered', () => {
    const reason = (visitor: Parameters<typeof readReceipt>[3]) =>
      readReceipt('', POLICY, NOW, visitor).promptReason?.type ?? null;
    expect(reason({ region: 'us-ca', gpc: true })).toBeNull();
    expect(reason({ region: 'us-ca' })).toBe('first-visit');
    expect(reason({ region: 'fr', gpc: true })).toBe('first-visit');
  });

  it('may not where the browser asks not to be sold, nor elsewhere, nor where nothing is known', () => {
    expect(runs({ region: 'us-ca', gpc: true })).toBe(false);
    expect(runs({ region: 'fr' })).toBe(false);
    expect(runs()).toBe(false);
  });
});

describe('a policy that can not be used', () => {
  it.each([
    ['null', null],
    ['a text', '{}'],
    ['an empty object', {}],
    ['no version', { ...POLICY, version: '' }],
    [
      'two services of one id',
      { ...POLICY, services: [service('x', 'analytics'), service('x', 'analytics')] },
    ],
    ['hosts that are a number', withService('matomo', { hosts: 7 as unknown as string[] })],
  ])('is told at once, with what to do: %s', (_, policy) => {
    expect(() => readReceipt(null, policy as Policy)).toThrow(ShieldError);
    expect(() => readReceipt(null, policy as Policy)).toThrow(/policy.*npx bandeau check/);
  });
});
