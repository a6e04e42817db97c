import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizePolicy } from '../../src/policy/normalize.ts';
import type { Problem } from '../../src/policy/problems.ts';
import { validatePolicy } from '../../src/policy/validate.ts';
import type { Policy } from '../../src/types.ts';

/** Every field of the contract that a policy can have without a warning, in two languages. */
const FULL = {
  $schema: 'https://example.org/policy.schema.json',
  version: '2025-03-01',
  date: '2025-03-01',
  controller: {
    name: 'Exemple SA',
    contact: '1 place du Marché, 1000 Bruxelles',
    dataProtectionOfficer: { name: 'A. Martin', contact: 'dpo@example.org' },
    privacyUrl: { fr: '/vie-privee', en: 'https://example.org/privacy?lang=en' },
    jointControllers: [
      { name: 'Partenaire SA', contact: 'info@example.net', privacyUrl: 'https://example.net/' },
    ],
  },
  scope: { sites: ['www.example.org', 'example.org'], cookieDomain: 'example.org', cookieName: 'choices' },
  lifetimeMonths: 6,
  region: 'be',
  categories: [
    { id: 'essential', required: true },
    { id: 'analytics' },
    {
      id: 'advertising',
      title: { fr: 'Publicité', en: 'Advertising' },
      description: { fr: 'Annonces d’autres entreprises.', en: 'Advertising of other companies.' },
      required: false,
    },
  ],
  services: [
    {
      id: 'session',
      category: 'essential',
      vendor: { name: 'Exemple SA', country: 'BE' },
      purpose: { fr: 'Garde la session ouverte.', en: 'Keeps the session open.' },
      reason: { fr: 'Sans ce cookie, impossible de se connecter.', en: 'Signing in cannot work without it.' },
      cookies: [{ name: 'sid', lifetimeDays: 0 }],
    },
    {
      id: 'audience',
      category: 'analytics',
      name: 'Compteur',
      vendor: { name: 'Mesure SARL', country: 'FR', privacyUrl: 'https://stats.example.net/privacy' },
      purpose: { fr: 'Compte les pages lues.', en: 'Counts which pages are read.' },
      cookies: [
        {
          pattern: '_cnt_[a-z0-9]+',
          lifetimeDays: 395,
          domain: 'example.org',
          path: '/',
          purpose: { fr: 'Numéro', en: 'Number' },
        },
      ],
      storage: [{ kind: 'localStorage', key: 'cnt.*' }],
      hosts: ['stats.example.net'],
      reload: false,
    },
    {
      id: 'ads',
      category: 'advertising',
      vendor: { name: 'Annonces SRL' },
      purpose: { fr: 'Choisit les annonces.', en: 'Chooses advertisements.' },
    },
  ],
  changes: [
    { version: '2024-01-01', date: '2024-01-01', summary: { fr: 'Début.', en: 'Start.' }, affects: ['gone'] },
    {
      version: '2025-03-01',
      date: '2025-03-01',
      summary: { fr: 'Annonces.', en: 'Adverts.' },
      affects: ['ads'],
    },
  ],
  texts: {
    'banner.title': 'Cookies',
    'banner.text': { fr: 'Nous utilisons des cookies.', en: 'We use cookies.' },
  },
} satisfies Policy;

type Path = readonly (string | number)[];
type Container = Record<string | number, unknown>;

/** The full policy with one value put somewhere else; undefined takes the key away. */
function put(path: Path, value: unknown): unknown {
  const policy = structuredClone(FULL) as unknown as Container;
  const parent = path.slice(0, -1).reduce((container, key) => container[key] as Container, policy);
  const key = path.at(-1) as string | number;
  if (value === undefined) delete parent[key];
  else parent[key] = value;
  return policy;
}

/** Path and value, or several of them in one policy. */
function putAll(...changes: readonly (readonly [Path, unknown])[]): unknown {
  return changes.reduce<unknown>((policy, [path, value]) => {
    const parent = path
      .slice(0, -1)
      .reduce((container, key) => container[key] as Container, policy as Container);
    parent[path.at(-1) as string | number] = value;
    return policy;
  }, structuredClone(FULL));
}

const at = (problems: readonly Problem[], where: string) =>
  problems.filter((problem) => problem.where === where);
const only = (policy: unknown) =>
  validatePolicy(policy).map(({ level, where, rule }) => [level, where, ...(rule ? [rule] : [])].join(' '));

describe('a full valid policy', () => {
  it('has no problem', () => {
    expect(validatePolicy(FULL)).toEqual([]);
  });
  it('has none when frozen, or when it came from JSON', () => {
    expect(validatePolicy(Object.freeze(structuredClone(FULL)))).toEqual([]);
    expect(validatePolicy(JSON.parse(JSON.stringify(FULL)))).toEqual([]);
  });
  it('has none without its optional keys', () => {
    const { version, controller, scope } = FULL;
    const { name, contact, privacyUrl } = controller;
    expect(
      validatePolicy({
        version,
        controller: { name, contact, privacyUrl },
        scope: { sites: scope.sites },
        categories: [],
        services: [],
      }),
    ).toEqual([]);
  });
  it('treats a key whose value is undefined as absent', () => {
    expect(validatePolicy({ ...FULL, date: undefined, changes: undefined })).toEqual([]);
  });
  it('is what the SDK reads: 6 months, essential required', () => {
    expect(normalizePolicy(FULL).isRequired('session')).toBe(true);
  });
});

/** where the problem is expected, how the policy is broken, level and rule. */
type Case = readonly [name: string, where: string, path: Path, value: unknown, outcome: string];

const service = (index: number, ...rest: Path): Path => ['services', index, ...rest];

const FAILING: readonly Case[] = [
  ['a date in a 13th month', 'date', ['date'], '2025-13-01', 'error'],
  ['a lifetime in quotes', 'lifetimeMonths', ['lifetimeMonths'], '6', 'error R29'],
  [
    'half a day',
    'services[0].cookies[0].lifetimeDays',
    service(0, 'cookies', 0, 'lifetimeDays'),
    0.5,
    'error R19',
  ],
  [
    'a cookie of 400 days, which browsers still keep',
    'services[0].cookies[0].lifetimeDays',
    service(0, 'cookies', 0, 'lifetimeDays'),
    400,
    'warning R29',
  ],
  [
    'a pattern that is a number',
    'services[1].cookies[0].pattern',
    service(1, 'cookies', 0, 'pattern'),
    5,
    'error',
  ],
  ['a version that is absent', 'version', ['version'], undefined, 'error'],
  ['a blank version', 'version', ['version'], ' ', 'error'],
  ['a version of 41 characters', 'version', ['version'], 'v'.repeat(41), 'error'],
  ['a version that is a number', 'version', ['version'], 2, 'error'],
  ['a date that the calendar lacks', 'date', ['date'], '2025-02-29', 'error'],
  ['a date with its day first', 'date', ['date'], '01-03-2025', 'error'],
  ['a controller without a name', 'controller.name', ['controller', 'name'], undefined, 'error R6'],
  ['a controller without a contact', 'controller.contact', ['controller', 'contact'], '', 'error'],
  [
    'a controller without an address of its policy',
    'controller.privacyUrl',
    ['controller', 'privacyUrl'],
    undefined,
    'error R6',
  ],
  [
    'a link that runs script',
    'controller.privacyUrl',
    ['controller', 'privacyUrl'],
    'javascript:alert(1)',
    'error',
  ],
  [
    'a link that hides its scheme',
    'controller.privacyUrl',
    ['controller', 'privacyUrl'],
    'java\nscript:alert(1)',
    'error',
  ],
  [
    'a link that is data',
    'controller.privacyUrl.fr',
    ['controller', 'privacyUrl', 'fr'],
    'data:text/html,x',
    'error',
  ],
  [
    'a link to another host in disguise',
    'controller.privacyUrl',
    ['controller', 'privacyUrl'],
    '//evil.example',
    'error',
  ],
  [
    'a link with a backslash',
    'controller.privacyUrl',
    ['controller', 'privacyUrl'],
    '/\\evil.example',
    'error',
  ],
  [
    'an officer without a contact',
    'controller.dataProtectionOfficer.contact',
    ['controller', 'dataProtectionOfficer'],
    {},
    'error',
  ],
  [
    'a joint controller without a name',
    'controller.jointControllers[0].name',
    ['controller', 'jointControllers'],
    [{}],
    'error',
  ],
  ['a scope without a site', 'scope.sites', ['scope', 'sites'], [], 'error R34'],
  ['a site with a scheme', 'scope.sites[0]', ['scope', 'sites', 0], 'https://www.example.org', 'error'],
  ['a site with a port', 'scope.sites[0]', ['scope', 'sites', 0], 'www.example.org:8080', 'error'],
  ['a site with a path', 'scope.sites[0]', ['scope', 'sites', 0], 'www.example.org/fr', 'error'],
  ['a site named twice', 'scope.sites[1]', ['scope', 'sites', 1], 'www.example.org', 'warning'],
  [
    'a cookie domain that is not above every site',
    'scope.cookieDomain',
    ['scope', 'sites', 1],
    'example.net',
    'error R34',
  ],
  [
    'a cookie domain that only ends alike',
    'scope.cookieDomain',
    ['scope', 'sites', 1],
    'myexample.org',
    'error R34',
  ],
  ['a cookie domain without a dot', 'scope.cookieDomain', ['scope', 'cookieDomain'], 'org', 'error'],
  [
    'a cookie domain with a leading dot',
    'scope.cookieDomain',
    ['scope', 'cookieDomain'],
    '.example.org',
    'error',
  ],
  ['a cookie name with a space', 'scope.cookieName', ['scope', 'cookieName'], 'my choice', 'error'],
  ['a cookie name with a separator', 'scope.cookieName', ['scope', 'cookieName'], 'a;b', 'error'],
  ['a lifetime of 14 months', 'lifetimeMonths', ['lifetimeMonths'], 14, 'error R29'],
  ['a lifetime of no month', 'lifetimeMonths', ['lifetimeMonths'], 0, 'error R29'],
  ['a lifetime of half a month', 'lifetimeMonths', ['lifetimeMonths'], 0.5, 'error R29'],
  [
    'a lifetime of 7 months where 6 are good practice',
    'lifetimeMonths',
    ['lifetimeMonths'],
    7,
    'warning R28',
  ],
  ['an unknown region', 'region', ['region'], 'atlantis', 'warning'],
  ['a region that is a method of every object', 'region', ['region'], 'toString', 'warning'],
  ['categories that are an object', 'categories', ['categories'], {}, 'error'],
  ['an id with a space', 'categories[1].id', ['categories', 1, 'id'], 'my analytics', 'error'],
  ['an id that begins with an underscore', 'categories[1].id', ['categories', 1, 'id'], '__proto__', 'error'],
  ['an id of 65 characters', 'categories[1].id', ['categories', 1, 'id'], 'a'.repeat(65), 'error'],
  ['an id that every object has', 'categories[1].id', ['categories', 1, 'id'], 'constructor', 'error'],
  [
    'a category of the site without a title',
    'categories[2].title',
    ['categories', 2, 'title'],
    undefined,
    'error R5',
  ],
  [
    'a category of the site without a description',
    'categories[2].description',
    ['categories', 2, 'description'],
    undefined,
    'error R5',
  ],
  ['analytics that are required', 'categories[1].required', ['categories', 1, 'required'], true, 'error R18'],
  [
    'an essential category that is not required',
    'categories[0].required',
    ['categories', 0, 'required'],
    false,
    'warning R18',
  ],
  ['a service without a category', 'services[1].category', service(1, 'category'), undefined, 'error'],
  [
    'a service in a category that is not there',
    'services[1].category',
    service(1, 'category'),
    'Analytics',
    'error',
  ],
  ['a service with the id of a category', 'services[1].id', service(1, 'id'), 'analytics', 'error'],
  ['a service without a vendor', 'services[1].vendor', service(1, 'vendor'), undefined, 'error R19'],
  ['a vendor without a name', 'services[1].vendor.name', service(1, 'vendor', 'name'), undefined, 'error'],
  ['a country in words', 'services[1].vendor.country', service(1, 'vendor', 'country'), 'France', 'error'],
  [
    'a country that ISO calls GB',
    'services[1].vendor.country',
    service(1, 'vendor', 'country'),
    'UK',
    'error',
  ],
  ['a service without a purpose', 'services[1].purpose', service(1, 'purpose'), undefined, 'error'],
  [
    'an essential service without a reason',
    'services[0].reason',
    service(0, 'reason'),
    undefined,
    'error R18',
  ],
  [
    'a cookie with neither name nor pattern',
    'services[1].cookies[0]',
    service(1, 'cookies', 0),
    { lifetimeDays: 1 },
    'error R19',
  ],
  [
    'a cookie with name and pattern',
    'services[1].cookies[0]',
    service(1, 'cookies', 0, 'name'),
    'x',
    'error R19',
  ],
  [
    'a cookie name with a comma',
    'services[0].cookies[0].name',
    service(0, 'cookies', 0, 'name'),
    'a,b',
    'error R19',
  ],
  [
    'a cookie name with a star',
    'services[0].cookies[0].name',
    service(0, 'cookies', 0, 'name'),
    'sid_*',
    'warning',
  ],
  [
    'a cookie without a lifetime',
    'services[0].cookies[0].lifetimeDays',
    service(0, 'cookies', 0, 'lifetimeDays'),
    undefined,
    'error R19',
  ],
  [
    'a cookie lifetime in words',
    'services[0].cookies[0].lifetimeDays',
    service(0, 'cookies', 0, 'lifetimeDays'),
    '6 months',
    'error R19',
  ],
  [
    'a cookie lifetime below 0',
    'services[0].cookies[0].lifetimeDays',
    service(0, 'cookies', 0, 'lifetimeDays'),
    -1,
    'error R19',
  ],
  [
    'a cookie of 401 days',
    'services[0].cookies[0].lifetimeDays',
    service(0, 'cookies', 0, 'lifetimeDays'),
    401,
    'error R29',
  ],
  [
    'a cookie of 396 days',
    'services[0].cookies[0].lifetimeDays',
    service(0, 'cookies', 0, 'lifetimeDays'),
    396,
    'warning R29',
  ],
  [
    'a cookie path without a slash',
    'services[1].cookies[0].path',
    service(1, 'cookies', 0, 'path'),
    'fr',
    'error',
  ],
  [
    'a cookie domain with a scheme',
    'services[1].cookies[0].domain',
    service(1, 'cookies', 0, 'domain'),
    'https://example.org',
    'error',
  ],
  [
    'a kind of storage that does not exist',
    'services[1].storage[0].kind',
    service(1, 'storage', 0, 'kind'),
    'cookie',
    'error',
  ],
  [
    'a storage key that takes everything',
    'services[1].storage[0].key',
    service(1, 'storage', 0, 'key'),
    '*',
    'error',
  ],
  ['an empty storage key', 'services[1].storage[0].key', service(1, 'storage', 0, 'key'), '', 'error R19'],
  ['a host with a scheme', 'services[1].hosts[0]', service(1, 'hosts', 0), '//stats.example.net', 'error'],
  ['a host that is a star', 'services[1].hosts[0]', service(1, 'hosts', 0), '*', 'error'],
  ['a host that is one word', 'services[1].hosts[0]', service(1, 'hosts', 0), 'stats', 'error'],
  [
    'an address that has too much in it',
    'services[1].hosts[0]',
    service(1, 'hosts', 0),
    '10.0.0.256',
    'error',
  ],
  [
    'a known tracker in an essential service',
    'services[0].hosts[0]',
    service(0, 'hosts'),
    ['www.googletagmanager.com'],
    'warning R18',
  ],
  ['reload in words', 'services[1].reload', service(1, 'reload'), 'yes', 'error'],
  ['a change without a summary', 'changes[1].summary', ['changes', 1, 'summary'], undefined, 'error'],
  ['changes with the newest first', 'changes[1].date', ['changes', 1, 'date'], '2023-12-31', 'error R43'],
  ['a change with a date in words', 'changes[1].date', ['changes', 1, 'date'], 'March', 'error'],
  ['two changes of one version', 'changes[1].version', ['changes', 0, 'version'], '2025-03-01', 'error R43'],
  [
    'a last change that is not the current version',
    'changes[1].version',
    ['changes', 1, 'version'],
    '2025-02-01',
    'warning R43',
  ],
  [
    'an unknown id in the last change',
    'changes[1].affects[0]',
    ['changes', 1, 'affects', 0],
    'gone',
    'warning R41',
  ],
  [
    'an impossible id in an older change',
    'changes[0].affects[0]',
    ['changes', 0, 'affects', 0],
    'Google Ads',
    'error',
  ],
  ['a text that nothing reads', 'texts["banner.titel"]', ['texts', 'banner.titel'], 'Titel', 'error'],
  [
    'the text of a category',
    'texts["banner.categories.analytics.title"]',
    ['texts', 'banner.categories.analytics.title'],
    'x',
    'error',
  ],
  [
    'a text in a language that is none',
    'texts["banner.title"].ge',
    ['texts', 'banner.title'],
    { fr: 'Oui', en: 'Yes', ge: 'Ja' },
    'warning',
  ],
  ['texts that are a list', 'texts', ['texts'], ['x'], 'error'],
  [
    'a word in braces that is not known',
    'texts["banner.text"]',
    ['texts', 'banner.text'],
    { fr: 'Le {date}.', en: 'On {date}.' },
    'warning',
  ],
  [
    'one answer without the other',
    'texts["banner.acceptAll"]',
    ['texts', 'banner.acceptAll'],
    'Accepter',
    'warning R4',
  ],
  ['a text that is a number', 'texts["banner.text"]', ['texts', 'banner.text'], 1, 'error'],
  ['a text without a language', 'texts["banner.text"]', ['texts', 'banner.text'], {}, 'error'],
  [
    'a text in a language with an underscore',
    'texts["banner.text"].fr_BE',
    ['texts', 'banner.text', 'fr_BE'],
    'Oui',
    'error',
  ],
  [
    'a text in no language',
    'texts["banner.text"].default',
    ['texts', 'banner.text', 'default'],
    'Yes',
    'error',
  ],
  ['an empty text', 'texts["banner.text"].fr', ['texts', 'banner.text', 'fr'], '', 'error'],
  [
    'a text with a tag',
    'texts["banner.text"].fr',
    ['texts', 'banner.text', 'fr'],
    'Lire <a href="/p">ici</a>',
    'error',
  ],
  [
    'a text with an entity',
    'texts["banner.text"].fr',
    ['texts', 'banner.text', 'fr'],
    'Stats &amp; plus',
    'warning',
  ],
  [
    'a vendor name with a tag',
    'services[1].vendor.name',
    service(1, 'vendor', 'name'),
    '<b>Stats</b>',
    'error',
  ],
  [
    'a text that was saved in two encodings',
    'texts["banner.text"].fr',
    ['texts', 'banner.text', 'fr'],
    'PrÃ©fÃ©rences',
    'warning',
  ],
  [
    'a text that nobody will read',
    'texts["banner.text"].fr',
    ['texts', 'banner.text', 'fr'],
    'Mot. '.repeat(401),
    'warning',
  ],
  [
    'a text that lacks a language of the others',
    'texts["banner.text"]',
    ['texts', 'banner.text'],
    { fr: 'Oui.' },
    'warning R13',
  ],
  [
    'a sentence without a language among two',
    'texts["banner.text"]',
    ['texts', 'banner.text'],
    'Nous utilisons des cookies.',
    'warning R13',
  ],
];

describe('each rule', () => {
  it.each(FAILING)('finds %s', (_, where, path, value, outcome) => {
    const problems = at(validatePolicy(put(path, value)), where);
    expect(problems.map(({ level, rule }) => (rule ? `${level} ${rule}` : level))).toContain(outcome);
  });

  const PASSING: readonly (readonly [name: string, path: Path, value: unknown])[] = [
    ['a text of 2000 characters', ['texts', 'banner.text', 'fr'], 'Mot. '.repeat(400)],
    ['a host by the last address of its network', ['services', 1, 'hosts'], ['192.168.0.255']],
    ['the 29th of February of a leap year', ['date'], '2024-02-29'],
    ['an address over http', ['controller', 'privacyUrl'], 'http://localhost:3000/privacy'],
    ['an address from the root of the site', ['controller', 'privacyUrl'], '/'],
    ['a site on this machine', ['scope'], { sites: ['localhost'], cookieDomain: 'localhost' }],
    ['a site by its address', ['scope'], { sites: ['192.168.0.10'] }],
    ['a site in Punycode', ['scope'], { sites: ['xn--caf-dma.example'] }],
    [
      'a cookie domain equal to its only site',
      ['scope'],
      { sites: ['Example.org'], cookieDomain: 'example.org' },
    ],
    ['a lifetime of 1 month', ['lifetimeMonths'], 1],
    ['an id of 64 characters', ['services', 0, 'id'], 'a'.repeat(64)],
    ['a policy that never changed', ['changes'], []],
    ['a cookie of 395 days', ['services', 0, 'cookies', 0, 'lifetimeDays'], 395],
    ['a session cookie', ['services', 0, 'cookies', 0, 'lifetimeDays'], 0],
    [
      'a host of measurement in a category that is a choice',
      ['services', 1, 'hosts'],
      ['www.google-analytics.com'],
    ],
    ['a host that only ends like a tracker', ['services', 0, 'hosts'], ['notdoubleclick.net']],
    ['a storage key with a star at its end', ['services', 1, 'storage', 0, 'key'], 'a*'],
    [
      'two changes on one day, of which one asks again',
      ['changes', 0],
      { version: '2025-02-28', date: '2025-03-01', summary: { fr: 'Début.', en: 'Start.' } },
    ],
    ['an id that is gone in an older change', ['changes', 0, 'affects'], ['gone', 'goneToo']],
    ['a smaller-than sign', ['texts', 'banner.text', 'fr'], 'Moins de 3 < 5 cookies <3'],
    ['an ampersand', ['texts', 'banner.text', 'fr'], 'Cookies & compagnie; R&D'],
    ['a title for everyone', ['texts', 'banner.title'], 'Cookies'],
    ['a word in braces that is known', ['texts', 'banner.partners.one'], '{count} ami'],
    ['both answers', ['texts'], { 'banner.acceptAll': 'Accepter', 'banner.rejectAll': 'Refuser' }],
    ['a text in fr, which serves fr-BE', ['texts', 'banner.text'], { fr: 'Oui.', en: 'Yes.' }],
  ];
  it.each(PASSING)('accepts %s', (_, path, value) => {
    expect(validatePolicy(put(path, value))).toEqual([]);
  });

  it('accepts a version of 40 characters', () => {
    const version = 'v'.repeat(40);
    expect(validatePolicy(putAll([['version'], version], [['changes', 1, 'version'], version]))).toEqual([]);
  });

  it('finds all problems of a policy at once', () => {
    const problems = only(
      putAll(
        [['version'], ''],
        [['scope', 'sites', 0], '/'],
        [service(2, 'purpose'), '<p>'],
        [['region'], 'x'],
      ),
    );
    expect(problems).toEqual(
      expect.arrayContaining([
        'error version',
        'error scope.sites[0]',
        'error services[2].purpose',
        'warning region',
      ]),
    );
  });

  it('fills in every part of a problem, on one line each', () => {
    for (const [, , path, value] of FAILING) {
      for (const problem of validatePolicy(put(path, value))) {
        for (const part of [problem.where, problem.got, problem.expected, problem.fix]) {
          expect(part).toMatch(/^.{1,400}$/u);
        }
      }
    }
  });
});

describe('lifetimes (R28, R29)', () => {
  it.each(['fr', 'be', 'it', 'de', 'eu', undefined, 'atlantis'])('warns above 6 months in %s', (region) => {
    const problems = at(validatePolicy({ ...FULL, region, lifetimeMonths: 7 }), 'lifetimeMonths');
    expect(problems).toMatchObject([{ level: 'warning', rule: 'R28' }]);
  });
  it.each(['es', 'gb', 'us'])('does not warn up to 13 months in %s', (region) => {
    expect(validatePolicy({ ...FULL, region, lifetimeMonths: 13 })).toEqual([]);
  });
});

describe('unknown keys', () => {
  it.each([
    [['lifetimeMonth'], 'lifetimeMonths'],
    [['scope', 'cookie_domain'], 'cookieDomain'],
    [['services', 1, 'cookie'], 'cookies'],
    [['services', 1, 'cookies', 0, 'lifetimedays'], 'lifetimeDays'],
  ] as const)('%s is told what was meant', (path, meant) => {
    const where = path.reduce<string>(
      (p, k) => (typeof k === 'number' ? `${p}[${k}]` : p ? `${p}.${k}` : k),
      '',
    );
    expect(at(validatePolicy(put(path, 1)), where)).toMatchObject([
      { level: 'error', fix: `Did you mean "${meant}"?` },
    ]);
  });
  it('that resemble nothing are to be removed', () => {
    expect(at(validatePolicy({ ...FULL, colour: 'red' }), 'colour')[0]?.fix).toMatch(/^Remove/);
  });
  it.each([
    ['legitimateInterest', 'R51'],
    ['legitimate_interests', 'R51'],
    ['acceptDays', 'R29'],
    ['refuseDays', 'R29'],
    ['acceptLifetimeMonths', 'R29'],
    ['rejectExpiry', 'R29'],
    ['lifetimeMonthsRefused', 'R29'],
    ['impliedConsent', 'R8'],
    ['acceptOnScroll', 'R8'],
    ['prechecked', 'R15'],
    ['enabledByDefault', 'R15'],
    ['hideRejectButton', 'R1'],
  ])('%s breaks %s, at the top and in a service', (key, rule) => {
    expect(at(validatePolicy(put([key], true)), key)).toMatchObject([{ level: 'error', rule }]);
    expect(at(validatePolicy(put(service(1, key), true)), `services[1].${key}`)).toMatchObject([{ rule }]);
  });
  it('that are harmless break no rule of the law', () => {
    for (const key of ['colour', 'retentionDays', 'months', 'acceptLabel', 'notes']) {
      expect(at(validatePolicy(put([key], 1)), key)[0]).not.toHaveProperty('rule');
    }
  });
  it('include __proto__ when JSON has it', () => {
    const policy = JSON.parse(`{"__proto__": {"version": "1"}, ${JSON.stringify(FULL).slice(1)}`);
    expect(only(policy)).toEqual(['error __proto__']);
  });
});

describe('categories', () => {
  it('without services get a warning (R19)', () => {
    expect(only(put(['services'], FULL.services.slice(0, 2)))).toEqual(
      expect.arrayContaining(['warning categories[2] R19']),
    );
  });
  it.each(['analytics', 'preference', 'personalization', 'performance'])('%s can never be required', (id) => {
    const policy = putAll([['categories', 1], { id, required: true }], [service(1, 'category'), id]);
    expect(only(policy)).toEqual(['error categories[1].required R18']);
  });
  it('of the site can be required, and then their services need a reason', () => {
    const policy = put(['categories', 2, 'required'], true);
    expect(only(policy)).toEqual(['error services[2].reason R18']);
  });
  it('that resemble a built-in one are told so', () => {
    const policy = putAll(
      [['categories', 1], { id: 'personalisation' }],
      [service(1, 'category'), 'personalisation'],
    );
    const [problem] = at(validatePolicy(policy), 'categories[1].title');
    expect(problem?.fix).toContain('"personalization"');
  });
  it('need not include essential', () => {
    const policy = putAll([['categories'], FULL.categories.slice(1)], [['services'], FULL.services.slice(1)]);
    expect(validatePolicy(policy)).toEqual([]);
  });
});

describe('cookie patterns', () => {
  const where = 'services[1].cookies[0].pattern';
  const find = (pattern: unknown) =>
    at(validatePolicy(put(service(1, 'cookies', 0, 'pattern'), pattern)), where);

  it.each([
    '.*',
    '.+',
    '[^]*',
    '\\S+',
    '^',
    '$',
    'a|.*',
    '',
    '\\w+',
    '[a-z]+',
    '[^;]*',
    '(?:)',
    'a?',
    '\\S{3,}',
    '_x|.*',
    '(.+)+',
  ])('may not take strangers’ cookies: %s', (pattern) => {
    expect(find(pattern).map(({ level }) => level)).toContain('error');
  });
  it.each(['(', '[a-', 'a)|(b', '*', '(?<x', '\\'.repeat(3)])('must compile: %s', (pattern) => {
    expect(find(pattern)).toMatchObject([{ level: 'error' }]);
  });
  it('may not be longer than 200 characters', () => {
    expect(find('a'.repeat(201))).toMatchObject([{ level: 'error' }]);
    expect(find('a'.repeat(200))).toEqual([]);
  });
  it('are written without slashes', () => {
    expect(find('/^_cnt_/')).toMatchObject([{ level: 'error', fix: 'Write "^_cnt_".' }]);
  });
  it('get a warning when they may freeze the page', () => {
    expect(find('_x([a-z]+)+')).toMatchObject([{ level: 'warning' }]);
  });
  it.each(['_ga_[A-Z0-9]+', '_pk_(?:id|ses)\\..*', '^_hj.+$', '[a-f0-9]{32}', 'wp-settings-\\d+'])(
    'are fine when they name their own: %s',
    (pattern) => {
      expect(find(pattern)).toEqual([]);
    },
  );
  it('may meet one unrelated name by chance', () => {
    expect(find('\\d{8}')).toEqual([]);
  });
  it('may not take the receipt, unless nothing can erase it', () => {
    const receipt = { name: 'choices', lifetimeDays: 180 };
    expect(only(put(service(1, 'cookies'), [receipt]))).toEqual(['error services[1].cookies[0]']);
    expect(only(put(service(1, 'cookies'), [{ pattern: 'choi.*', lifetimeDays: 180 }]))).toEqual([
      'error services[1].cookies[0]',
    ]);
    expect(only(put(service(0, 'cookies'), [receipt]))).toEqual([]);
  });
});

describe('what was got', () => {
  const got = (value: unknown) => validatePolicy({ ...FULL, version: value })[0]?.got;

  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [7, '7'],
    [Number.NaN, 'NaN'],
    [[], 'an empty list'],
    [[1, 2], 'a list of 2'],
    [{}, 'an object without keys'],
    [{ a: 1, b: 2, c: 3, d: 4 }, 'an object with a, b, c, d'],
    [{ a: 1, b: 2, c: 3, d: 4, e: 5 }, 'an object with a, b, c, d, …'],
    [() => 1, 'a function'],
    [new Date(0), 'an object of kind Date'],
    ['v'.repeat(80), `"${'v'.repeat(80)}"`],
    ['v'.repeat(81), `"${'v'.repeat(79)}…"`],
  ])('is shown in few words: %s', (value, shown) => {
    expect(got(value)).toBe(shown);
  });
});

describe('the advice', () => {
  it.each([
    [service(1, 'vendor', 'country'), 'UK', 'services[1].vendor.country', 'Write "GB".'],
    [service(1, 'vendor', 'country'), 'fr', 'services[1].vendor.country', 'Write the code of the country.'],
    [service(1, 'cookies', 0), { lifetimeDays: 1 }, 'services[1].cookies[0]', 'Add the name of the cookie.'],
    [service(1, 'cookies', 0, 'name'), 'x', 'services[1].cookies[0]', 'Remove one of the two.'],
    [['scope', 'cookieDomain'], '.example.org', 'scope.cookieDomain', 'Remove the dot at its edge.'],
    [['scope', 'cookieDomain'], 'example.org.', 'scope.cookieDomain', 'Remove the dot at its edge.'],
    [service(1, 'hosts', 0), 'café.example', 'services[1].hosts[0]', expect.stringContaining('Punycode')],
    [['scope', 'sites', 0], '*.example.org', 'scope.sites[0]', expect.stringContaining('no wildcards here')],
    [service(1, 'category'), 'analitics', 'services[1].category', 'Did you mean "analytics"?'],
    [['changes', 1, 'affects', 0], 'asd', 'changes[1].affects[0]', expect.stringContaining('Remove it')],
    [
      ['texts', 'banner.text', 'fr_BE'],
      'Oui',
      'texts["banner.text"].fr_BE',
      'Write a hyphen instead of the underscore.',
    ],
  ] as const)('fits what is at %s', (path, value, where, fix) => {
    expect(at(validatePolicy(put(path, value)), where)[0]).toMatchObject({ fix });
  });

  it('suggests no key for one of two letters, nor for one three letters away', () => {
    for (const key of ['ix', 'storxyz']) {
      const [problem] = at(validatePolicy(put(service(1, key), 1)), `services[1].${key}`);
      expect(problem?.fix).toMatch(/^Remove/);
    }
    const [near] = at(validatePolicy(put(service(1, 'storagxy'), 1)), 'services[1].storagxy');
    expect(near?.fix).toBe('Did you mean "storage"?');
  });
});

describe('languages (R13)', () => {
  it('are not compared when the policy has one only', () => {
    const policy = JSON.parse(JSON.stringify(FULL, (_, value) => (value?.fr ? value.fr : value)));
    expect(validatePolicy(policy)).toEqual([]);
  });
  it('name the one that is missing', () => {
    const [problem] = validatePolicy(put(service(1, 'purpose', 'nl'), 'Telt de gelezen pagina’s.'));
    expect(problem).toMatchObject({ rule: 'R13', where: 'categories[2].title' });
    expect(problem?.expected).toContain('nl');
  });
  it('take fr for fr-BE, but not the reverse', () => {
    const swiss = { 'fr-BE': 'Oui.', fr: 'Oui.', en: 'Yes.' };
    expect(validatePolicy(put(['texts', 'banner.text'], swiss))).toEqual([]);
    const only = { 'fr-BE': 'Oui.', en: 'Yes.' };
    expect(validatePolicy(put(['texts', 'banner.text'], only))).toMatchObject([
      { where: 'texts["banner.text"]', rule: 'R13' },
    ]);
  });
});

describe('wording', () => {
  const bad = 'En poursuivant votre visite, vous acceptez.';
  it.each([
    ['texts["banner.text"].fr', ['texts', 'banner.text', 'fr']],
    ['changes[1].summary.fr', ['changes', 1, 'summary', 'fr']],
    ['categories[2].description.fr', ['categories', 2, 'description', 'fr']],
    ['services[0].reason.fr', service(0, 'reason', 'fr')],
    ['services[1].purpose.fr', service(1, 'purpose', 'fr')],
    ['services[1].cookies[0].purpose.fr', service(1, 'cookies', 0, 'purpose', 'fr')],
  ] as const)('is read in %s', (where, path) => {
    expect(validatePolicy(put(path, bad))).toMatchObject([{ level: 'warning', where, rule: 'R8' }]);
  });
  it('is read whatever language the text claims to be in', () => {
    expect(only(put(['texts', 'banner.text', 'en'], bad))).toEqual(['warning texts["banner.text"].en R8']);
  });
  it.each([
    ['Pour refuser, changez les paramètres de votre navigateur.', 'R22'],
    ['Refuser peut dégrader le site.', 'R24'],
    ['Aidez-nous, dites oui.', 'R12'],
  ])('breaks a rule: %s', (text, rule) => {
    expect(validatePolicy(put(['texts', 'banner.text', 'fr'], text))).toMatchObject([
      { level: 'warning', rule },
    ]);
  });
  it('of a purpose may not be vague, of a banner it may', () => {
    const vague = 'Améliorer votre expérience.';
    expect(only(put(service(1, 'purpose', 'fr'), vague))).toEqual(['warning services[1].purpose.fr R5']);
    expect(only(put(['categories', 2, 'description', 'fr'], vague))).toEqual([
      'warning categories[2].description.fr R5',
    ]);
    expect(only(put(['texts', 'banner.text', 'fr'], vague))).toEqual([]);
  });
  it('may say what can’t work without a required service, where nothing can be refused', () => {
    const text = 'Sans ce cookie, les pages privées ne fonctionnent pas.';
    expect(only(put(service(0, 'purpose', 'fr'), text))).toEqual([]);
    expect(only(put(service(1, 'purpose', 'fr'), text))).toEqual(['warning services[1].purpose.fr R24']);
    const description = { fr: text, en: 'Private pages need it.' };
    expect(only(put(['categories', 0, 'description'], description))).toEqual([]);
    expect(only(put(['categories', 1, 'description'], description))).toEqual([
      'warning categories[1].description.fr R24',
    ]);
  });
});

describe('anything at all', () => {
  const isProblemList = (problems: Problem[]) =>
    Array.isArray(problems) &&
    problems.every(({ where, got, expected, fix }) => where && got && expected && fix);

  it('never throws and always gets a list', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withNullPrototype: true,
          withSparseArray: true,
          withTypedArray: true,
          withBoxedValues: true,
        }),
        (value) => {
          const problems = validatePolicy(value);
          expect(problems.length).toBeGreaterThan(0);
          return isProblemList(problems);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('never throws when it stands in the place of any part of a policy', () => {
    const paths: Path[] = FAILING.map(([, , path]) => path);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.anything(), (path, value) => {
        return isProblemList(validatePolicy(put(path, value)));
      }),
      { numRuns: 1000 },
    );
  });

  const cyclic: Record<string, unknown> = { ...FULL };
  Object.assign(cyclic, { services: [cyclic] });
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const shared = Array.from({ length: 12 }).reduce<unknown>((inner) => Array(10).fill(inner), 'x');
  const deep = Array.from({ length: 50_000 }).reduce<unknown>((inner) => [inner], 'x');
  it.each([
    ['an object that contains itself', cyclic],
    ['a revoked proxy', proxy],
    ['lists that would be 10^12 values when copied', { ...FULL, services: shared }],
    ['lists nested 50,000 deep', { ...FULL, categories: deep }],
    ['a list of four billion holes', { ...FULL, services: new Array(2 ** 32 - 1) }],
    [
      'a getter that throws',
      Object.defineProperty({ ...FULL }, 'version', {
        enumerable: true,
        get: () => {
          throw new Error('no');
        },
      }),
    ],
    ['an object with only inherited keys', Object.create(FULL)],
    ['a list for an object', Object.assign([], FULL)],
    ['a class', class {}],
    ['a text of 10 MB', 'x'.repeat(10_000_000)],
    ['a purpose of 10 MB', put(service(1, 'purpose', 'fr'), 'vous acceptez '.repeat(700_000))],
    ['a pattern of 10 MB', put(service(1, 'cookies', 0, 'pattern'), '('.repeat(10_000_000))],
    ['a key of 10 MB', { ...FULL, ['k'.repeat(10_000_000)]: 1 }],
    ['a host of 10 MB', put(service(1, 'hosts', 0), 'a.'.repeat(5_000_000))],
    ['a symbol', Symbol('x')],
    ['a date object for a date', { ...FULL, date: new Date() }],
    ['NaN for a lifetime', { ...FULL, lifetimeMonths: Number.NaN }],
    ['null', null],
    ['nothing', undefined],
  ])('is reported in little time: %s', (_, value) => {
    const start = performance.now();
    const problems = validatePolicy(value);
    expect(performance.now() - start).toBeLessThan(2000);
    expect(problems.length).toBeGreaterThan(0);
    for (const { where, got } of problems) expect((where + got).length).toBeLessThan(400);
  });

  it('is never changed', () => {
    const policy = putAll([['version'], ''], [['scope', 'sites'], 'x']);
    const before = structuredClone(policy);
    validatePolicy(policy);
    expect(policy).toEqual(before);
  });

  it('can’t smuggle terminal codes into the report', () => {
    const text = '\u001b[31m\u009b31m\u202e';
    for (const { where, got } of validatePolicy({ [text]: text, version: text.repeat(30) })) {
      expect(where + got).not.toMatch(/[\p{Cc}\u202e]/u);
    }
  });
});
