import { describe, expect, it } from 'vitest';
import { namesAdvertising } from '../../src/policy/names-advertising.ts';
import { isAdvertisingHost } from '../../src/policy/tracker-hosts.ts';
import { validatePolicy } from '../../src/policy/validate.ts';
import type { Category, Policy, PolicyChange } from '../../src/types.ts';
import { SMALL_POLICY } from '../support/cli.ts';

const warnings = (policy: Policy) =>
  validatePolicy(policy).map(({ level, where, rule }) => `${level} ${where} ${rule}`);

const withHost = (host: string, category: Category): Policy => ({
  ...SMALL_POLICY,
  categories: [category],
  services: [
    {
      id: 'audience',
      vendor: { name: 'Régie SARL' },
      purpose: 'Compte les pages lues.',
      category: category.id,
      hosts: [host],
    },
  ],
});
const own = (title: string, description = 'Ce que vous lisez.'): Category => ({
  id: 'more',
  title,
  description,
});

describe('a host of advertising', () => {
  it.each([
    ['a built-in category', { id: 'analytics' }],
    ['another', { id: 'personalization' }],
    ['a category of the site that says nothing of it', own('Marketing')],
  ])('is told in %s', (_, category) => {
    expect(warnings(withHost('connect.facebook.net', category))).toEqual(['warning services[0].hosts[0] R5']);
  });

  it.each([
    ['whose title names it', own('Publicité')],
    ['whose description names it', own('Marketing', 'Advertising of other companies.')],
    [
      'that is built in, with a text of the site',
      { id: 'personalization', description: 'Choisir les publicités.' },
    ],
    ['that names it in one of its languages', { ...own('Marketing'), title: { fr: 'Publicité', en: 'Ads' } }],
  ])('is fine in a category %s', (_, category) => {
    expect(warnings(withHost('connect.facebook.net', category)).filter((one) => /R5/.test(one))).toEqual([]);
  });

  it('is another than a host of measurement', () => {
    expect(warnings(withHost('www.google-analytics.com', { id: 'analytics' }))).toEqual([]);
    expect(isAdvertisingHost('www.google-analytics.com')).toBe(false);
    expect(isAdvertisingHost('*.g.doubleclick.net/pixel/')).toBe(true);
    expect(isAdvertisingHost('notdoubleclick.net')).toBe(false);
    // A host that is not for advertising stands below it as well.
    expect(isAdvertisingHost('*.linkedin.com')).toBe(false);
  });

  it('is told once in a required category, by the rule of those', () => {
    expect(
      warnings(withHost('doubleclick.net', { id: 'essential' })).filter((one) => /hosts/.test(one)),
    ).toEqual(['warning services[0].hosts[0] R18']);
  });
});

describe('advertising', () => {
  it.each([
    'Publicité',
    'publicités ciblées',
    'Annonces',
    'Advertising',
    'Ads & more',
    'Our ad partners',
    'Reclame',
    'advertenties op maat',
    'Onlinewerbung',
    'Werbezwecke',
    'Publicidad',
    'anuncios personalizados',
    'Pubblicità',
    'annunci',
  ])('is named by "%s"', (text) => {
    expect(namesAdvertising(text)).toBe(true);
  });

  it.each([
    'Marketing',
    'Reading pages ad hoc',
    'ad esempio le lingue',
    'Loads and downloads',
    'Un service public',
    'Adapter les contenus',
    'Werken aan de site',
    'Annoncer la suite',
    '',
  ])('is not named by "%s"', (text) => {
    expect(namesAdvertising(text)).toBe(false);
  });
});

const change = (version: string, more: Partial<PolicyChange> = {}): PolicyChange => ({
  version,
  date: version,
  summary: 'Nouveau prestataire.',
  ...more,
});
const withChanges = (...changes: PolicyChange[]): Policy => ({ ...SMALL_POLICY, changes });

describe('changes', () => {
  it('are told that ask twice within six months', () => {
    const early = change('2024-09-02', { affects: ['audience'] });
    const late = change('2025-03-01', { affects: ['audience'] });
    expect(warnings(withChanges(early, late))).toEqual(['warning changes[1].affects R44']);
    expect(warnings(withChanges(early, change('2024-12-01'), late))).toEqual([
      'warning changes[2].affects R44',
    ]);
  });

  it('are fine when they ask after six months, or ask nothing', () => {
    const late = change('2025-03-01', { affects: ['audience'] });
    expect(warnings(withChanges(change('2024-09-01', { affects: ['audience'] }), late))).toEqual([]);
    expect(warnings(withChanges(change('2025-02-01', { affects: [] }), late))).toEqual([]);
    expect(warnings(withChanges(change('2025-02-01'), late))).toEqual([]);
  });

  it('that keep answers say what is asked all the same', () => {
    const kept = { keepsBecause: 'La société a changé de nom.' };
    expect(warnings(withChanges(change('2025-03-01', kept)))).toEqual(['warning changes[0].affects R41']);
    expect(warnings(withChanges(change('2025-03-01', { ...kept, affects: [] })))).toEqual([]);
  });
});

describe('a site for children', () => {
  it('is told that what can be refused never runs', () => {
    const [problem, ...others] = validatePolicy({ ...SMALL_POLICY, audience: 'children' });
    expect(problem).toMatchObject({ level: 'warning', where: 'audience', rule: 'R52' });
    expect(problem?.expected).toContain('analytics');
    expect(others).toEqual([]);
  });

  it('is fine with required categories alone, and so is any other site with more', () => {
    const essential: Policy = { ...SMALL_POLICY, categories: [{ id: 'essential' }], services: [] };
    expect(warnings({ ...essential, audience: 'children' })).toEqual([]);
    expect(warnings({ ...SMALL_POLICY, audience: 'general' })).toEqual([]);
  });
});
