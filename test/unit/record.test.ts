import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecord } from '../../src/model/read-record.ts';
import { type Decided, makeRecord } from '../../src/model/record.ts';
import { normalizePolicy } from '../../src/policy/normalize.ts';
import type { Choices, Policy } from '../../src/types.ts';
import {
  ACCEPTED,
  NOW,
  normalized,
  PARTLY,
  policyWith,
  REFUSED,
  receiptOf,
  service,
  UUID,
} from '../fixtures/policy.ts';
import { anyRecord, HASH, recordOf } from '../fixtures/records.ts';

const FACTS = { policyHash: HASH, textsHash: null, sdkVersion: '1.2.3' };
const decided = (wanted: Choices, more: Partial<Decided> = {}): Decided => ({
  receipt: receiptOf(wanted),
  previousId: null,
  shown: null,
  importedFrom: null,
  ...more,
});

describe('the record of a decision', () => {
  it('has everything that was decided and what it was decided about', () => {
    const shown = { layer: 'preferences', locale: 'fr-BE' } as const;
    expect(
      makeRecord(
        normalized({ region: 'be' }, { gpc: true }),
        decided(PARTLY, { shown, previousId: 'before' }),
        {
          ...FACTS,
          textsHash: HASH,
        },
      ),
    ).toEqual({
      schemaVersion: 1,
      id: UUID,
      previousId: 'before',
      time: new Date(NOW).toISOString(),
      method: 'custom',
      importedFrom: null,
      policyVersion: '2025-01-15',
      policyHash: HASH,
      layer: 'preferences',
      locale: 'fr-BE',
      textsHash: HASH,
      categories: { analytics: 'denied', advertising: 'granted', preference: 'granted' },
      services: { matomo: 'granted', heatmap: 'denied', ads: 'granted' },
      region: 'be',
      regime: 'opt-in',
      browserSignal: 'gpc',
      overridesGpc: false,
      sdkVersion: '1.2.3',
    });
  });

  it('has no layer, language or texts where no layer of ours asked', () => {
    const { layer, locale, textsHash } = makeRecord(normalized(), decided(ACCEPTED), FACTS);
    expect([layer, locale, textsHash]).toEqual([null, null, null]);
  });

  it.each([
    ['a refusal', REFUSED, 'denied'],
    ['an acceptance', ACCEPTED, 'granted'],
  ] as const)('says of %s each no and each yes, and nothing of what is no choice', (_, wanted, choice) => {
    const { categories, services } = makeRecord(normalized(), decided(wanted), FACTS);
    expect(categories).toEqual({ analytics: choice, advertising: choice, preference: choice });
    expect(services).toEqual({ matomo: choice, heatmap: choice, ads: choice });
  });

  it('says the same of more services than a receipt has room for whole tokens of', () => {
    const many = Array.from({ length: 120 }, (_, i) => service(`s${i}`, 'analytics'));
    const policy: Policy = policyWith({ services: [...policyWith().services, ...many] });
    const receipt = receiptOf({ ...ACCEPTED, s7: 'denied' }, { policy });
    const { services } = makeRecord(normalizePolicy(policy), decided(ACCEPTED, { receipt }), FACTS);
    expect(Object.keys(services)).toHaveLength(123);
    expect(services['s7']).toBe('denied');
    expect(services['s8']).toBe('granted');
  });

  it('leaves out what the decision says nothing about', () => {
    const later = normalized({ services: [...policyWith().services, service('chat', 'advertising')] });
    expect(makeRecord(later, decided(ACCEPTED), FACTS).services).not.toHaveProperty('chat');
  });

  it.each([
    ['fr', 'fr'],
    [undefined, 'eu'],
    ['mars', 'eu'],
    ['toString', 'eu'],
  ])('is of the region %s as %s', (region, expected) => {
    const policy = normalizePolicy({ ...policyWith(), region } as Policy);
    expect(makeRecord(policy, decided(ACCEPTED), FACTS).region).toBe(expected);
  });

  it('names the tool that it was carried over from', () => {
    expect(makeRecord(normalized(), decided(ACCEPTED, { importedFrom: 'klaro' }), FACTS).importedFrom).toBe(
      'klaro',
    );
  });

  it('has no word about the browser, its address or the page (R40)', () => {
    expect(Object.keys(recordOf()).join()).not.toMatch(/ip|agent|url|host|referrer|screen/i);
  });
});

describe('reading a stored record', () => {
  it('gives back every record that may be written', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        expect(readRecord(record)).toEqual(record);
      }),
    );
  });

  it('drops what a record does not have', () => {
    const text = JSON.stringify(recordOf()).replace('{', '{"__proto__":{"polluted":1},"ip":"1.2.3.4",');
    const read = readRecord(JSON.parse(text));
    expect(read).toEqual(recordOf());
    expect(Object.getOwnPropertyNames(read)).not.toContain('__proto__');
    expect({}).not.toHaveProperty('polluted');
  });

  const field = fc.constantFrom(...Object.keys(recordOf()));
  const wrong = fc.oneof(
    fc.constantFrom(
      undefined,
      '',
      'x y',
      [],
      {},
      { a: 'yes' },
      { __proto__: null, 'a b': 'granted' },
      0,
      -1,
      true,
    ),
    fc.constant(JSON.parse('{"__proto__":"granted"}')),
    fc.string({ minLength: 300 }),
  );

  it('takes no record with one field missing', () => {
    fc.assert(
      fc.property(field, (name) => {
        const { [name]: _, ...rest }: Record<string, unknown> = { ...recordOf() };
        expect(readRecord(rest)).toBeNull();
      }),
    );
  });

  it('takes no record with one field of another kind', () => {
    fc.assert(
      fc.property(field, wrong, (name, value) => {
        const isAnswers = name === 'categories' || name === 'services';
        const isNone = isAnswers && JSON.stringify(value) === '{}';
        const isText = value === 'x y' && /importedFrom|policyVersion/.test(name);
        const isSwitch = name === 'overridesGpc' && typeof value === 'boolean';
        fc.pre(!isNone && !isText && !isSwitch);
        expect(readRecord({ ...recordOf(), [name]: value })).toBeNull();
      }),
    );
  });

  it('takes nothing else for a record, and throws at nothing', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(readRecord(value)).toBeNull();
      }),
    );
  });
});
