import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ADVERTISING_TERMS, GOOGLE_DEFAULTS, isSignalName } from '../../src/policy/signal-terms.ts';
import { validatePolicy } from '../../src/policy/validate.ts';
import type { Category, Policy } from '../../src/types.ts';
import { SMALL_POLICY } from '../support/cli.ts';

const ADS: Category = { id: 'ads', title: 'Publicité', description: 'Annonces d’autres sociétés.' };
const withSignals = (
  signals: unknown,
  categories: readonly Category[] = [...SMALL_POLICY.categories, ADS],
): Policy => ({
  ...SMALL_POLICY,
  categories,
  services: [
    ...SMALL_POLICY.services,
    ...(categories.includes(ADS)
      ? [{ id: 'regie', category: 'ads', vendor: { name: 'Régie SA' }, purpose: 'Choisit les annonces.' }]
      : []),
  ],
  signals: signals as NonNullable<Policy['signals']>,
});
const find = (...args: Parameters<typeof withSignals>) => validatePolicy(withSignals(...args));
const short = (...args: Parameters<typeof withSignals>) =>
  find(...args).map(({ level, where, rule }) => [level, where, rule].filter(Boolean).join(' '));
const google = (more: object) => [{ name: 'google', ...more }];

describe('signals', () => {
  it.each<[string, unknown]>([
    ['none', []],
    ['a name', ['google']],
    ['two names', ['google', 'matomo']],
    ['an object with a name', [{ name: 'uet' }]],
    ['options of another tool than Google', [{ name: 'matomo', cookiesOnly: true, anything: [1] }]],
    ['a map to a category', google({ map: { analytics_storage: 'analytics' } })],
    ['a map to services', google({ map: { ad_storage: ['regie', 'ads'], analytics_storage: ['audience'] } })],
    ['a map to nothing', google({ map: { ad_user_data: [] } })],
    [
      'every option of Google',
      google({
        waitForUpdate: 2000,
        regions: [{ region: ['US-CA', 'US'], granted: ['analytics_storage'] }],
        adsDataRedaction: false,
        urlPassthrough: false,
        advanced: false,
        dataLayer: 'layer',
      }),
    ],
  ])('are fine as %s', (_, signals) => {
    expect(find(signals)).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['a name', 'google', 'error signals'],
    ['an unknown name', ['gogle'], 'error signals[0]'],
    ['an unknown name of an object', [{ name: 'facebook' }], 'error signals[0].name'],
    ['a name that every object has', ['constructor'], 'error signals[0]'],
    ['an object without a name', [{}], 'error signals[0].name'],
    ['a number', [7], 'error signals[0]'],
    ['the same twice', ['uet', { name: 'uet' }], 'error signals[1]'],
    ['a map that is a list', google({ map: ['analytics'] }), 'error signals[0].map'],
    [
      'a map to an unknown id',
      google({ map: { analytics_storage: 'analitics' } }),
      'error signals[0].map.analytics_storage',
    ],
    [
      'a map to unknown ids',
      google({ map: { analytics_storage: ['analytics', 'x'] } }),
      'error signals[0].map.analytics_storage[1]',
    ],
    [
      'a map to a boolean',
      google({ map: { analytics_storage: true } }),
      'error signals[0].map.analytics_storage',
    ],
    ['an empty text', google({ map: { analytics_storage: '' } }), 'error signals[0].map.analytics_storage'],
    ['an unknown term of Google', google({ map: { ad_Storage: 'ads' } }), 'error signals[0].map.ad_Storage'],
    [
      'security_storage of Google',
      google({ map: { security_storage: 'analytics' } }),
      'warning signals[0].map.security_storage',
    ],
    ['an unknown option of Google', google({ wait_for_update: 500 }), 'error signals[0].wait_for_update'],
    ['half of a millisecond', google({ waitForUpdate: 0.5 }), 'error signals[0].waitForUpdate'],
    ['less than no time', google({ waitForUpdate: -1 }), 'error signals[0].waitForUpdate'],
    ['words for a boolean', google({ adsDataRedaction: 'yes' }), 'error signals[0].adsDataRedaction'],
    ['a list that is none', google({ dataLayer: 'a b' }), 'error signals[0].dataLayer'],
    ...[
      ...['location', 'name', 'top', 'parent', 'self', 'window', 'document', 'status', 'opener', 'event'],
      ...['history', 'navigator', 'frames', 'length', 'origin', 'closed', 'onload', 'onerror', 'fetch'],
      ...[
        '__proto__',
        'constructor',
        'toString',
        'Array',
        'localStorage',
        'undefined',
        'bandeau',
        '1a',
        'a.b',
      ],
    ].map((name): [string, unknown, string] => [
      `a list in the place of ${name}`,
      google({ dataLayer: name }),
      'error signals[0].dataLayer',
    ]),
    ['regions that are none', google({ regions: {} }), 'error signals[0].regions'],
  ])('are refused as %s', (_, signals, line) => {
    expect(short(signals)).toEqual([line]);
  });

  it.each(['dataLayer', 'layer', '_dl2', 'online', 'documents', 'locationLayer'])(
    'may be in the list %s',
    (name) => {
      expect(find(google({ dataLayer: name }))).toEqual([]);
    },
  );

  it('suggest the name, the option, the term and the id that were meant', () => {
    const fix = (signals: unknown) => find(signals)[0]?.fix;
    expect(fix(['gogle'])).toBe('Did you mean "google"?');
    expect(fix(google({ wait_for_update: 500 }))).toBe('Did you mean "waitForUpdate"?');
    expect(fix(google({ map: { adStorage: 'ads' } }))).toBe('Did you mean "ad_storage"?');
    expect(fix(google({ map: { analytics_storage: 'analitics' } }))).toBe('Did you mean "analytics"?');
    expect(fix(['facebook'])).toContain('defineSignal');
  });

  it('are told that what is required is granted for everybody', () => {
    const categories = [{ id: 'essential' }, ...SMALL_POLICY.categories, ADS];
    const lines = (ids: unknown) => short(google({ map: { analytics_storage: ids } }), categories);
    expect(lines('essential')).toEqual(['warning signals[0].map.analytics_storage R18']);
    expect(lines(['essential', 'analytics'])).toEqual([]);
  });
});

describe('a term for advertising (R5)', () => {
  const TERMS = Object.entries(ADVERTISING_TERMS).flatMap(([name, terms]) =>
    terms.map((term) => [name, term]),
  );

  it.each(TERMS)('%s: %s is refused for a category that does not name advertising', (name, term) => {
    const signal = (ids: unknown) => short([{ name, map: { [`${term}`]: ids } }]);
    expect(signal('analytics')).toEqual([`error signals[0].map.${term} R5`]);
    expect(signal(['ads', 'audience'])).toEqual([`error signals[0].map.${term} R5`]);
    expect(signal('ads')).toEqual([]);
    expect(signal(['regie'])).toEqual([]);
  });

  it('is another than one for measurement', () => {
    expect(short(google({ map: { analytics_storage: 'analytics' } }))).toEqual([]);
    expect(short(google({ map: { ad_storage: 'analytics' } }))).toEqual([
      'error signals[0].map.ad_storage R5',
    ]);
  });

  it('stays denied where no category names advertising, and the site is told so once', () => {
    const [problem, ...others] = find(['google'], SMALL_POLICY.categories);
    expect(problem).toMatchObject({ level: 'warning', where: 'signals[0]', rule: 'R5' });
    expect(problem?.expected).toContain(
      'ad_storage, ad_user_data, ad_personalization of google always stay denied',
    );
    expect(others).toEqual([]);
    expect(short(['matomo'], SMALL_POLICY.categories)).toEqual([]);
    expect(short(['google'])).toEqual([]);
  });

  it('is refused where what can’t be refused alone names advertising, also to say that there is none', () => {
    const essential = { id: 'essential', description: 'Pour que le site marche, jamais de publicité.' };
    const categories = [essential, ...SMALL_POLICY.categories];
    const lines = (signals: unknown, more: readonly Category[] = []) =>
      short(signals, [...categories, ...more]).filter((line) => /signals/.test(line));
    expect(lines(['google'])).toEqual(['error signals[0] R18']);
    expect(lines(google({ map: { ad_storage: 'essential' } }))).toContain(
      'error signals[0].map.ad_storage R5',
    );
    expect(lines(['matomo'])).toEqual([]);
    expect(lines(['google'], [ADS])).toEqual([]);
  });

  it('is silent about what the site itself maps to nothing', () => {
    const map = { ad_storage: [], ad_user_data: [], ad_personalization: [] };
    expect(short(google({ map }), SMALL_POLICY.categories)).toEqual([]);
  });
});

describe('what Google makes of a default', () => {
  it.each([
    ['advanced', 'each ping carries the address, the browser and the time'],
    ['urlPassthrough', 'ids in addresses'],
  ])('is told where it is contested: %s', (option, words) => {
    const [problem, ...others] = find(google({ [option]: true }));
    expect(problem).toMatchObject({ level: 'warning', where: `signals[0].${option}` });
    expect(problem?.expected).toContain(words);
    expect(problem?.expected).toContain('EDPB guidelines 2/2023');
    expect(others).toEqual([]);
    expect(find(google({ [option]: false }))).toEqual([]);
  });

  it.each<[string, object, string[]]>([
    ['France', { region: ['FR'], granted: ['analytics_storage'] }, ['error signals[0].regions[0].region R8']],
    [
      'France beside a state',
      { region: ['US-CA', 'FR'], granted: ['analytics_storage'] },
      ['error signals[0].regions[0].region R8'],
    ],
    [
      'a country that is not known',
      { region: ['BR'], granted: ['analytics_storage'] },
      ['error signals[0].regions[0].region R8'],
    ],
    ['everywhere', { region: [], granted: ['analytics_storage'] }, ['error signals[0].regions[0].region']],
    ['small letters', { region: ['us-ca'], granted: [] }, ['error signals[0].regions[0].region[0]']],
    ['an unknown term', { region: ['US'], granted: ['ads'] }, ['error signals[0].regions[0].granted[0]']],
    ['a term alone', { region: ['US'], granted: 'ad_storage' }, ['error signals[0].regions[0].granted']],
    ['California', { region: ['US-CA'], granted: ['analytics_storage'] }, []],
    [
      'California with advertising, also for who sends a signal',
      { region: ['US-CA'], granted: ['analytics_storage', 'ad_storage'] },
      ['warning signals[0].regions[0].granted R59'],
    ],
  ])('grants by region in the United States alone: %s', (_, region, lines) => {
    expect(short(google({ regions: [region] }))).toEqual(lines);
  });
});

describe('the terms that the validator knows', () => {
  const files = readdirSync(new URL('../../src/signals/', import.meta.url))
    .filter((file) => file !== 'index.ts' && file.endsWith('.ts'))
    .map((file) => file.replace('.ts', ''));
  /** With what grants each: a word, or a list. */
  const termsOf = (name: string) => {
    const text = readFileSync(new URL(`../../src/signals/${name}.ts`, import.meta.url), 'utf8');
    const [, terms = ''] = /\bterms: \{([^}]*)\}/.exec(text) ?? [];
    return [...terms.matchAll(/([\w-]+)'?: (?:'(\w+)'|\[)/g)].map(([, term = '', rule = 'list']) => ({
      term,
      rule,
    }));
  };
  const by = (name: string, rule: string) =>
    termsOf(name)
      .filter((one) => one.rule === rule)
      .map(({ term }) => term);

  it.each(files.filter(isSignalName))('are those of src/signals/%s.ts', (name) => {
    expect(termsOf(name)).not.toEqual([]);
    expect(by(name, 'advertising')).toEqual(ADVERTISING_TERMS[name]);
  });

  it('are all of Google’s, with the defaults of its signal', () => {
    expect(termsOf('google').map(({ term }) => term)).toEqual(Object.keys(GOOGLE_DEFAULTS));
    const granted = Object.entries(GOOGLE_DEFAULTS).filter(([, word]) => word === 'granted');
    expect(by('google', 'always')).toEqual(granted.map(([term]) => term));
  });
});

describe('what a browser signal turns off (R59)', () => {
  const lines = (category: Omit<Category, 'sale'> & { readonly sale?: unknown }) =>
    validatePolicy({
      ...SMALL_POLICY,
      categories: [category],
      services: [{ ...SMALL_POLICY.services[0], category: category.id, reason: 'Sans lui, rien ne va.' }],
    }).map(({ level, where, rule }) => `${level} ${where} ${rule}`);

  it.each<[string, Parameters<typeof lines>[0], string[]]>([
    ['advertising that is no sale', { ...ADS, sale: false }, ['error categories[0].sale R59']],
    [
      'advertising in a built-in category that is none by default',
      { id: 'performance', description: 'Choisir les publicités.' },
      ['warning categories[0].sale R59'],
    ],
    ['a sale that is required', { id: 'essential', sale: true }, ['warning categories[0].sale R59']],
    ['no sale that is required', { id: 'essential', sale: false }, ['warning categories[0].sale R59']],
    ['a word', { ...ADS, sale: 'yes' }, ['error categories[0].sale undefined']],
    ['advertising', ADS, []],
    ['advertising that says so', { ...ADS, sale: true }, []],
    ['advertising in personalization', { id: 'personalization', description: 'Choisir les publicités.' }, []],
    ['measurement that is a sale', { id: 'analytics', sale: true }, []],
    ['personalization that is none', { id: 'personalization', sale: false }, []],
  ])('is checked: %s', (_, category, expected) => {
    expect(lines(category)).toEqual(expected);
  });
});

describe('doNotTrack and region', () => {
  it.each<[string, object, string[]]>([
    ['doNotTrack', { doNotTrack: true }, []],
    ['doNotTrack in words', { doNotTrack: 'yes' }, ['error doNotTrack']],
    ['a state', { region: 'us-ca' }, []],
    ['a state in capitals', { region: 'US-CA' }, ['warning region']],
    ['a state that is none', { region: 'us-calif' }, ['warning region']],
    ['a part of another country', { region: 'fr-75' }, ['warning region']],
  ])('are checked: %s', (_, more, lines) => {
    const problems = validatePolicy({ ...SMALL_POLICY, ...more });
    expect(problems.map(({ level, where }) => `${level} ${where}`)).toEqual(lines);
  });
});
