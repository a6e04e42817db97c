import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/model/decide.ts';
import { decodeReceipt, encodeReceipt, type Migrations } from '../../src/model/receipt.ts';
import { hash } from '../../src/policy/hash.ts';
import { normalizePolicy } from '../../src/policy/normalize.ts';
import type { Choice, Choices, DecisionMethod, Policy, Receipt } from '../../src/types.ts';
import { environment, PARTLY, policyWith, receiptOf, service } from '../fixtures/policy.ts';

const id = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{0,20}$/).filter((text) => !(text in {}));
const choice = fc.constantFrom<Choice>('granted', 'denied');
const method = fc.constantFrom<DecisionMethod>('accept-all', 'reject-all', 'custom', 'withdraw');

/** A policy with a few categories and services, and a choice for some of their ids. */
const decision = fc.uniqueArray(id, { minLength: 1, maxLength: 30, selector: (text) => text }).chain((ids) =>
  fc.record({
    ids: fc.constant(ids),
    categories: fc.integer({ min: 1, max: ids.length }),
    version: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
    choices: fc.array(choice, { minLength: ids.length, maxLength: ids.length }),
    time: fc.integer({ min: 0, max: Date.UTC(2090, 0) }),
    uuid: fc.uuid({ version: 4 }),
    method,
  }),
);

/** The receipt that `decide` makes of it. */
const receipt = decision.map(({ ids, categories, version, choices, time, uuid, method }): Receipt => {
  const groups = ids.slice(0, categories);
  const services = ids.slice(categories).map((one, i) => service(one, groups[i % categories] as string));
  const policy: Policy = policyWith({ version, categories: groups.map((one) => ({ id: one })), services });
  const wanted: Choices = Object.fromEntries(ids.map((one, i) => [one, choices[i] as Choice]));
  return decide(
    normalizePolicy(policy),
    {},
    wanted,
    method,
    environment({ now: () => time, uuid: () => uuid }),
  );
});

const grantsOf = (read: Receipt | null) =>
  Object.entries({ ...read?.choices, ...read?.services })
    .filter(([, value]) => value === 'granted')
    .map(([key]) => key)
    .sort();

/** Adds the check that `encodeReceipt` adds, to stand for a text that another version wrote. */
const sealed = (text: string) => `${text}:${hash(text)}`;

/** Runs within a second or throws: an endless loop would otherwise hang the whole run. */
const withinASecond = <T>(act: () => T): T => runInNewContext('act()', { act }, { timeout: 1000 });

describe('what was written', () => {
  it('is read back equal', () => {
    fc.assert(
      fc.property(receipt, (written) => {
        expect(decodeReceipt(encodeReceipt(written))).toEqual(written);
      }),
    );
  });

  it('has only characters that a cookie value may have as they are (RFC 6265 § 4.1.1)', () => {
    fc.assert(
      fc.property(receipt, (written) => {
        expect(encodeReceipt(written)).toMatch(/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/);
      }),
    );
  });

  it('differs where a choice differs, so that equal texts are equal receipts', () => {
    const accepted = encodeReceipt(receiptOf({ analytics: 'granted' }));
    expect(encodeReceipt(receiptOf({ analytics: 'granted' }))).toBe(accepted);
    expect(encodeReceipt(receiptOf({ analytics: 'denied' }))).not.toBe(accepted);
  });
});

describe('what was not written', () => {
  const text = encodeReceipt(receiptOf(PARTLY));

  it('is no receipt, whatever string it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json()), (random) => {
        expect(decodeReceipt(random)).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  it('is no receipt, whatever fields stand before a right hash', () => {
    const field = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[a-z0-9.]*$/),
      fc.constantFrom('', '0', '1', '2', '%'),
    );
    fc.assert(
      fc.property(fc.array(field, { maxLength: 7 }), (fields) => {
        expect(decodeReceipt(sealed(fields.join(':').replace(/^1:/, '')))).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  it('is no receipt with a time that is none, or a version that cannot be decoded', () => {
    const [schema, uuid, , ...rest] = text.slice(0, text.lastIndexOf(':')).split(':');
    expect(decodeReceipt(sealed([schema, uuid, 'soon', ...rest].join(':')))).toBeNull();
    expect(decodeReceipt(sealed([schema, uuid, '9'.repeat(20), ...rest].join(':')))).toBeNull();
    const version = text.slice(0, text.lastIndexOf(':')).replace('2025-01-15', '%E0%A4%A');
    expect(decodeReceipt(sealed(version))).toBeNull();
  });

  it('is no receipt when it is empty', () => {
    expect(decodeReceipt('')).toBeNull();
  });

  it('never keeps the page busy: names that every object has are no schema versions', () => {
    for (const name of [...Object.getOwnPropertyNames(Object.prototype), 'undefined', '0', '']) {
      expect(
        withinASecond(() => decodeReceipt(sealed(`${name}:x`))),
        name,
      ).toBeNull();
    }
  });
});

describe('a receipt that was changed', () => {
  const text = encodeReceipt(receiptOf(PARTLY));
  const alphabet = [...'0123456789abcdefghijklmnopqrstuvwxyzABCXYZ:.-_%~! é'];

  it('by any one character gives null', () => {
    for (let i = 0; i < text.length; i++) {
      for (const other of alphabet) {
        if (other !== text[i]) {
          expect(decodeReceipt(text.slice(0, i) + other + text.slice(i + 1)), `${i} ${other}`).toBeNull();
        }
      }
    }
  });

  it('by any one character gives null, for any receipt', () => {
    const seed = 20250315; // 20 bits of check: a free seed would fail once in a million.
    fc.assert(
      fc.property(receipt, fc.nat(), fc.constantFrom(...alphabet), (written, at, other) => {
        const full = encodeReceipt(written);
        const i = at % full.length;
        fc.pre(full[i] !== other);
        expect(decodeReceipt(full.slice(0, i) + other + full.slice(i + 1))).toBeNull();
      }),
      { seed, numRuns: 500 },
    );
  });

  it('by being cut anywhere, at either end, gives null', () => {
    for (let i = 1; i < text.length; i++) {
      expect(decodeReceipt(text.slice(0, i)), `first ${i}`).toBeNull();
      expect(decodeReceipt(text.slice(i)), `from ${i}`).toBeNull();
    }
  });

  it('by something added at either end gives null', () => {
    for (const more of [...alphabet, ':x', ':matomo', text, `:${text}`]) {
      expect(decodeReceipt(text + more), `${more} after`).toBeNull();
      expect(decodeReceipt(more + text), `${more} before`).toBeNull();
    }
  });

  it('by losing one character gives null', () => {
    for (let i = 0; i < text.length; i++) {
      expect(decodeReceipt(text.slice(0, i) + text.slice(i + 1)), `${i}`).toBeNull();
    }
  });

  it('never holds a grant that was not written', () => {
    const seed = 20250316;
    fc.assert(
      fc.property(receipt, fc.array(fc.tuple(fc.nat(), fc.constantFrom(...alphabet))), (written, edits) => {
        const letters = [...encodeReceipt(written)];
        for (const [at, other] of edits) letters[at % letters.length] = other;
        const granted = grantsOf(decodeReceipt(letters.join('')));
        expect(grantsOf(written)).toEqual(expect.arrayContaining(granted));
      }),
      { seed, numRuns: 1000 },
    );
  });
});

describe('size', () => {
  const names = ['google-analytics', 'facebook-pixel', 'youtube-embed', 'hotjar', 'linkedin-insight'];
  const five = ['analytics', 'preference', 'personalization', 'performance', 'advertising'];
  const policy = policyWith({
    version: '2025-01-15-release-a',
    categories: [{ id: 'essential' }, ...five.map((one) => ({ id: one }))],
    services: Array.from({ length: 200 }, (_, i) =>
      service(`${names[i % 5]}-${i}`, five[i % 5] as string, { hosts: [`h${i}.example.net`] }),
    ),
  });
  const methods: DecisionMethod[] = ['accept-all', 'reject-all', 'custom', 'withdraw'];

  it.each(methods)('with 200 services is under 1,024 bytes, cookie name included, after %s', (method) => {
    const every = (i: number) =>
      method === 'accept-all' || (method === 'custom' && i % 2) ? 'granted' : 'denied';
    const wanted = Object.fromEntries(policy.services.map(({ id }, i) => [id, every(i) as Choice]));
    const written = receiptOf(wanted, { policy, method });
    const text = encodeReceipt(written);
    expect(policy.version).toHaveLength(20);
    expect(Buffer.byteLength(`bandeau=${text}`)).toBeLessThan(1024);
    expect(decodeReceipt(text)).toEqual(written);
    // The negative twin: the tokens of all 200 are in it.
    expect(text.length).toBeGreaterThan(200 * 4);
  });
});

describe('schema versions', () => {
  const written = receiptOf(PARTLY);
  const fields = encodeReceipt(written).split(':').slice(1, -1);
  /** As if version 0 had had method and time the other way round, and version -1 a field in front. */
  const migrations: Migrations = {
    '-1': ([, , ...rest]) => ['0', ...rest],
    '0': ([, uuid, method, time, ...rest]) => [
      '1',
      uuid as string,
      time as string,
      method as string,
      ...rest,
    ],
  };
  const [uuid, time, act, ...rest] = fields as [string, string, string];
  const old = sealed(['0', uuid, act, time, ...rest].join(':'));
  const older = sealed(['-1', 'extra', uuid, act, time, ...rest].join(':'));

  it('that are older are brought forward, one after the other', () => {
    expect(decodeReceipt(old, migrations)).toEqual(written);
    expect(decodeReceipt(older, migrations)).toEqual(written);
  });

  it('that are older give null without a table entry', () => {
    expect(decodeReceipt(old)).toBeNull();
    expect(decodeReceipt(older, { '-1': migrations['-1'] as Migrations[string] })).toBeNull();
  });

  it('that are unknown give null', () => {
    for (const version of ['2', '01', '1.0', ' 1', 'x', '']) {
      expect(decodeReceipt(sealed([version, ...fields].join(':')), migrations), version).toBeNull();
    }
  });

  it('give null where a migration throws', () => {
    const throwing = {
      '0': () => {
        throw new Error('no');
      },
    };
    expect(decodeReceipt(old, throwing)).toBeNull();
  });

  it('keep version 1 readable for ever', () => {
    const frozen = readFileSync(new URL('../fixtures/receipts/v1.txt', import.meta.url), 'utf8').trim();
    expect(decodeReceipt(frozen)).toEqual({
      schemaVersion: 1,
      id: '3f2b8c1e-9d47-4a6b-8e55-0c7d2f91ab34',
      time: '2025-01-15T12:00:00.000Z',
      policyVersion: '2025-01-15',
      method: 'custom',
      choices: { advertising: 'granted', preference: 'granted', analytics: 'denied' },
      services: { '3i5fupmg': 'granted', p9x26thj: 'granted', bl3lyir4: 'granted', efvf1sx4: 'denied' },
    });
  });
});
