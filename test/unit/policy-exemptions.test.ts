import { describe, expect, it } from 'vitest';
import { exemptionOf, exemptionRule } from '../../src/policy/regime.ts';
import { validatePolicy } from '../../src/policy/validate.ts';
import type { Exemption, ExemptionCondition, Policy, Service } from '../../src/types.ts';
import { SMALL_POLICY } from '../support/cli.ts';

const ALL: readonly ExemptionCondition[] = [
  'measurementOnly',
  'publisherOnly',
  'anonymousStatistics',
  'noCrossSite',
  'noTransfer',
  'notProlonged',
  'maskedAddress',
];
const stated = (...names: readonly ExemptionCondition[]) =>
  Object.fromEntries(names.map((name) => [name, true]));
const FRENCH: Exemption = {
  basis: 'audience-measurement',
  note: 'Totaux par page, pour nous seuls.',
  conditions: stated(...ALL.slice(0, 6)),
  dataMonths: 25,
};
const BRITISH: Exemption = {
  basis: 'statistical-purposes',
  note: 'Totals for each page, for us alone.',
  conditions: stated('measurementOnly', 'noTransfer'),
};

const policyOf = (exempt: unknown, region?: string, more: Partial<Service> = {}): Policy => ({
  ...SMALL_POLICY,
  ...(region && { region: region as 'fr' }),
  services: SMALL_POLICY.services.map((one) => ({ ...one, ...more, exempt: exempt as Exemption })),
});
const find = (...args: Parameters<typeof policyOf>) => validatePolicy(policyOf(...args));
const short = (...args: Parameters<typeof policyOf>) =>
  find(...args).map(({ level, where, rule }) => `${level} ${where} ${rule}`);

describe('an exemption that holds', () => {
  it.each([
    ['France', FRENCH, 'fr'],
    ['Italy, with the address masked', { ...FRENCH, conditions: stated(...ALL) }, 'it'],
    ['the United Kingdom', BRITISH, 'gb'],
    ['one of several regions', [BRITISH, FRENCH], 'fr'],
  ])('is no problem in %s', (_, exempt, region) => {
    expect(find(exempt, region)).toEqual([]);
  });

  it('is silent about exactly what the model lets run', () => {
    const cases: [Exemption, string][] = ['fr', 'it', 'gb', 'be', 'de', 'es', 'eu'].flatMap((region) =>
      [FRENCH, BRITISH].flatMap((one) => [
        [one, region] as [Exemption, string],
        [{ ...one, conditions: stated(...ALL) }, region] as [Exemption, string],
        [{ ...one, dataMonths: 26 }, region] as [Exemption, string],
        ...ALL.map((left): [Exemption, string] => [
          { ...one, conditions: stated(...ALL.filter((name) => name !== left)) },
          region,
        ]),
      ]),
    );
    for (const [exempt, region] of cases) {
      const [service] = policyOf(exempt).services;
      const holds = exemptionOf(service as Service, region) !== undefined;
      expect([exempt, region, find(exempt, region).length === 0]).toEqual([exempt, region, holds]);
    }
    expect(cases.length).toBe(140);
  });
});

describe('an exemption that does not hold', () => {
  it('names each condition that is missing, and what it means', () => {
    const [problem, ...others] = find({ ...FRENCH, conditions: { measurementOnly: true } }, 'fr');
    expect(problem).toMatchObject({ level: 'warning', where: 'services[0].exempt.conditions', rule: 'R21' });
    for (const name of ALL.slice(1, 6)) expect(problem?.expected).toMatch(`${name} (`);
    expect(problem?.expected).not.toContain('measurementOnly (');
    expect(problem?.expected).not.toContain('maskedAddress');
    expect(problem?.expected).toContain('held in France');
    expect(others).toEqual([]);
  });

  it('asks for the masked address in Italy alone', () => {
    const [problem] = find(FRENCH, 'it');
    expect(problem?.expected).toContain('maskedAddress (at least the last part of the address');
    expect(find(FRENCH, 'fr')).toEqual([]);
  });

  it('counts as missing what is false, or says nothing at all', () => {
    const conditions = { ...stated(...ALL), noTransfer: false };
    expect(find({ ...BRITISH, conditions }, 'gb')[0]?.expected).toMatch(/^noTransfer \(/);
    const { conditions: _, ...silent } = BRITISH;
    expect(find(silent, 'gb')[0]?.expected).toMatch(/^measurementOnly \(.*\), noTransfer \(/);
  });

  it('keeps its data for 25 months at most in France, and for as long as it needs in the United Kingdom', () => {
    expect(short({ ...FRENCH, dataMonths: 26 }, 'fr')).toEqual(['warning services[0].exempt.dataMonths R21']);
    expect(find({ ...BRITISH, dataMonths: 26 }, 'gb')).toEqual([]);
  });

  it('has cookies of 13 months at most', () => {
    const cookies = (lifetimeDays: number) => ({ cookies: [{ name: '_m', lifetimeDays }] });
    expect(short(FRENCH, 'fr', cookies(397))).toContain('warning services[0].cookies[0].lifetimeDays R21');
    expect(short(FRENCH, 'fr', cookies(395))).toEqual([]);
    expect(short(undefined, 'fr', cookies(397))).toEqual(['warning services[0].cookies[0].lifetimeDays R29']);
  });

  it('is told of a basis that no region has, with the one that was meant', () => {
    const [unknown] = find({ ...FRENCH, basis: 'audience' }, 'fr');
    expect(unknown).toMatchObject({ level: 'warning', where: 'services[0].exempt.basis', rule: 'R21' });
    expect(unknown?.expected).toContain('audience-measurement (fr, it) or statistical-purposes (gb)');
    expect(unknown?.expected).toContain('holds nowhere');
    expect(find({ ...FRENCH, basis: 'audience measurement' }, 'fr')[0]?.fix).toBe(
      'Did you mean "audience-measurement"?',
    );
  });

  it('is told of a basis of another region', () => {
    const [problem] = find(FRENCH, 'gb');
    expect(problem).toMatchObject({ level: 'warning', where: 'services[0].exempt', rule: 'R21' });
    expect(problem?.expected).toContain('"statistical-purposes" in United Kingdom');
  });

  it.each([
    ['be', 'there is none in Belgium'],
    ['de', 'there is none in Germany'],
    ['es', 'there is none in Spain'],
    ['eu', 'there is none in the Union as a whole'],
    [undefined, 'there is none in the Union as a whole'],
    ['us-ca', 'it runs until the visitor opts out'],
  ])('is told of a region without any: %s', (region, words) => {
    const [problem, ...others] = find(FRENCH, region);
    expect(problem).toMatchObject({ level: 'warning', where: 'services[0].exempt', rule: 'R21' });
    expect(problem?.expected).toContain(words);
    expect(others).toEqual([]);
    expect(exemptionRule(region ?? 'eu')).toBeUndefined();
  });
});

describe('an exemption', () => {
  it('has no host of advertising, wherever it is claimed', () => {
    const hosts = ['stats.example.net', 'g.doubleclick.net'];
    expect(short(FRENCH, 'fr', { hosts })).toContain('error services[0].hosts[1] R21');
    expect(short(FRENCH, 'fr', { hosts: ['stats.example.net'] })).toEqual([]);
    expect(short(undefined, 'fr', { hosts })).toEqual(['warning services[0].hosts[1] R5']);
  });

  it('is of no category that names advertising', () => {
    const category = { id: 'ads', title: 'Publicité', description: 'Annonces des sites.' };
    const policy = { ...policyOf(FRENCH, 'fr', { category: 'ads' }), categories: [category] };
    expect(validatePolicy(policy)).toMatchObject([
      { level: 'error', where: 'services[0].exempt', rule: 'R21' },
    ]);
    const other = { ...category, title: 'Mesure', description: 'Compter les pages lues.' };
    expect(validatePolicy({ ...policy, categories: [other] })).toEqual([]);
  });

  it('is out of place where nothing is asked', () => {
    const policy = {
      ...policyOf(FRENCH, 'fr', { category: 'essential', reason: 'Sans lui, rien ne va.' }),
      categories: [{ id: 'essential' }],
    };
    const [problem, ...others] = validatePolicy(policy);
    expect(problem).toMatchObject({ level: 'warning', where: 'services[0].exempt', rule: 'R21' });
    expect(problem?.expected).toContain('required category');
    expect(others).toEqual([]);
  });

  it.each(['legitimate interest', 'Intérêt légitime', 'gerechtvaardigd belang'])(
    'can’t rest on %s',
    (basis) => {
      expect(short({ ...FRENCH, basis }, 'fr')).toEqual(['error services[0].exempt.basis R51']);
      expect(short([{ ...FRENCH, basis }, FRENCH], 'fr')).toContain('error services[0].exempt[0].basis R51');
    },
  );

  it.each<[string, unknown, string]>([
    ['a text', 'audience-measurement', 'services[0].exempt'],
    ['true', true, 'services[0].exempt'],
    ['an empty list', [], 'services[0].exempt'],
    ['a list of texts', ['audience-measurement'], 'services[0].exempt[0]'],
    ['no note', { basis: FRENCH.basis, conditions: stated(...ALL) }, 'services[0].exempt.note'],
    [
      'another condition',
      { ...FRENCH, conditions: { noTransfers: true } },
      'services[0].exempt.conditions.noTransfers',
    ],
    [
      'a condition in words',
      { ...FRENCH, conditions: { noTransfer: 'yes' } },
      'services[0].exempt.conditions.noTransfer',
    ],
    ['conditions in a list', { ...FRENCH, conditions: [...ALL] }, 'services[0].exempt.conditions'],
    ['half of a month', { ...FRENCH, dataMonths: 12.5 }, 'services[0].exempt.dataMonths'],
    ['months in words', { ...FRENCH, dataMonths: '25' }, 'services[0].exempt.dataMonths'],
    ['less than no month', { ...FRENCH, dataMonths: -1 }, 'services[0].exempt.dataMonths'],
  ])('is refused as %s', (_, exempt, where) => {
    expect(find(exempt, 'fr')).toContainEqual(expect.objectContaining({ level: 'error', where }));
  });

  it('suggests the condition that was meant', () => {
    const problems = find({ ...FRENCH, conditions: { noTransfers: true } }, 'fr');
    expect(problems[0]?.fix).toBe('Did you mean "noTransfer"?');
  });
});
