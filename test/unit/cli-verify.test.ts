import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalize } from '../../src/policy/canonicalize.ts';
import { sha256 } from '../../src/policy/sha256.ts';
import type { Choice, ConsentRecord, Policy, ShownLayer } from '../../src/types.ts';
import { ownTexts } from '../../src/ui/own-texts.ts';
import { UUID } from '../fixtures/policy.ts';
import { BUILT_TEXTS, runCli, SMALL_POLICY, TEXTS } from '../support/cli.ts';

const hash = (value: unknown) => sha256(canonicalize(value));
const FIRST: Policy = SMALL_POLICY;
const SECOND: Policy = {
  ...SMALL_POLICY,
  version: '2025-12-01',
  texts: { 'banner.title': { fr: 'Biscuits' } },
};

/** What a browser would keep of a decision, by its own way to the texts. */
function recordOf(policy: Policy, more: Partial<ConsentRecord> = {}): ConsentRecord {
  const { layer = 'banner', locale = 'fr' } = more;
  const folder = layer === 'inline' ? 'preferences' : (layer ?? 'banner');
  const language = new Map(Object.entries(TEXTS)).get((locale ?? 'fr').slice(0, 2)) ?? TEXTS.en;
  const texts = (name: 'banner' | typeof folder) =>
    ownTexts(name, language[name], policy.texts, locale ?? 'fr');
  return {
    schemaVersion: 1,
    id: UUID,
    previousId: null,
    time: '2025-03-15T12:00:00.000Z',
    method: 'accept-all',
    importedFrom: null,
    policyVersion: policy.version,
    policyHash: hash(policy),
    layer,
    locale,
    textsHash: layer === null ? null : hash({ banner: texts('banner'), [folder]: texts(folder) }),
    categories: { analytics: 'granted' },
    services: { audience: 'granted' },
    region: 'eu',
    regime: 'opt-in',
    browserSignal: null,
    overridesGpc: false,
    sdkVersion: '0.1.0',
    ...more,
  };
}

const FILES: Record<string, string> = {
  'policy.json': JSON.stringify(FIRST),
  'second.json': JSON.stringify(SECOND),
};
for (const file of ['policy.json', 'second.json']) {
  runCli(['history', 'add', file], FILES, BUILT_TEXTS, (path, text) => {
    FILES[path] = `${text}`;
  });
}

const answered = (choice: Choice): Pick<ConsentRecord, 'categories' | 'services'> => ({
  categories: { analytics: choice },
  services: { audience: choice },
});
const verify = (record: unknown, args: readonly string[] = ['--policy', 'policy.json']) =>
  runCli(
    ['verify', 'record.json', ...args],
    { ...FILES, 'record.json': typeof record === 'string' ? record : JSON.stringify(record) },
    BUILT_TEXTS,
  );
const findings = (record: unknown, args: readonly string[] = ['--policy', 'policy.json']) => {
  const { code, stdout } = verify(record, [...args, '--json']);
  const { ok, records } = JSON.parse(stdout);
  expect(ok).toBe(code === 0);
  return records[0].findings
    .filter((one: { ok: boolean }) => !one.ok)
    .map(({ about, text }: { about: string; text: string }) => `${about}: ${text}`);
};

describe('bandeau verify', () => {
  it('says that a record is of a policy and its texts', () => {
    expect(verify(recordOf(FIRST))).toEqual({
      code: 0,
      stderr: '',
      stdout: `record ${UUID} of 2025-03-15T12:00:00.000Z
  ok     record   nothing in it contradicts the rest.
  ok     policy   policy.json has the hash of the record: version "2025-03-01".
  ok     texts    the layer banner in fr has the texts of policy.json.
  ok     answers  each answer is about something that this policy asks, and none is missing.
`,
    });
  });

  it.each<ShownLayer>(['banner', 'notice', 'preferences', 'inline', 'placeholders'])(
    'knows the layer %s',
    (layer) => {
      expect(verify(recordOf(FIRST, { layer }))).toMatchObject({ code: 0 });
    },
  );

  it.each(['en', 'fr', 'nl', 'fr-BE', 'nl-NL'])('knows the texts in %s', (locale) => {
    expect(verify(recordOf(FIRST, { locale }))).toMatchObject({ code: 0 });
  });

  it('knows the own words of a site, by region too', () => {
    const policy: Policy = {
      ...FIRST,
      texts: { 'banner.title': { fr: 'Cookies', 'fr-BE': 'Biscuits', nb: 'Kaker' } },
    };
    const written = { 'own.json': JSON.stringify(policy) };
    const hashes = new Set<unknown>();
    for (const locale of ['fr', 'fr-BE', 'fr-CH', 'en']) {
      const record = recordOf(policy, { locale });
      hashes.add(record.textsHash);
      const files = { ...written, 'record.json': JSON.stringify(record) };
      expect(runCli(['verify', 'record.json', '--policy', 'own.json'], files, BUILT_TEXTS).code).toBe(0);
    }
    // Those of Switzerland are the French ones.
    expect(hashes.size).toBe(3);
  });

  it.each(['banner', 'preferences', 'inline'] as const)(
    'knows the layer %s as a region changes it, by its own texts only',
    (layer) => {
      const { banner, preferences, region } = TEXTS.fr;
      const shown = layer === 'banner' ? { banner } : { banner, preferences };
      const check = (texts: object) => {
        const record = recordOf(FIRST, { layer, textsHash: hash(texts) });
        return runCli(
          ['verify', 'record.json', '--policy', 'policy.json'],
          { ...FILES, 'record.json': JSON.stringify(record) },
          BUILT_TEXTS,
        ).code;
      };
      expect(check({ ...shown, region })).toBe(0);
      expect(check({ ...shown, region: TEXTS.en.region })).toBe(1);
    },
  );

  it.each(['no', 'nn-NO', 'nb'])('finds the file of %s under its other name', (locale) => {
    const policy: Policy = {
      ...FIRST,
      texts: { 'banner.title': { nb: 'Kaker', no: 'Informasjonskapsler' } },
    };
    const banner = ownTexts('banner', TEXTS.nl.banner, policy.texts, locale);
    const record = { ...recordOf(policy), locale, textsHash: hash({ banner }) };
    const files = { 'own.json': JSON.stringify(policy), 'record.json': JSON.stringify(record) };
    const built = JSON.stringify({ en: TEXTS.en, nb: TEXTS.nl });
    expect(runCli(['verify', 'record.json', '--policy', 'own.json'], files, built)).toMatchObject({
      code: 0,
    });
  });

  it('takes a decision that no layer asked for', () => {
    expect(verify(recordOf(FIRST, { layer: null, locale: null }))).toMatchObject({ code: 0 });
    expect(findings({ ...recordOf(FIRST), layer: null })).toEqual([
      expect.stringMatching(/texts: .*belong together/),
    ]);
  });

  it('finds an older version in a history', () => {
    const both = ['--policy', 'second.json', '--history', 'policy-history'];
    expect(verify(recordOf(FIRST), both)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('version "2025-03-01" of policy-history has the hash of the record'),
    });
    expect(verify(recordOf(FIRST), ['--history', 'policy-history']).code).toBe(0);
    expect(verify(recordOf(SECOND), ['--history', 'policy-history']).code).toBe(0);
    expect(findings(recordOf(FIRST), ['--policy', 'second.json'])[0]).toMatch(
      /^policy: no policy here is version "2025-03-01"/,
    );
  });

  it('finds the texts of another bandeau in a history', () => {
    const built = JSON.stringify({
      ...TEXTS,
      fr: { ...TEXTS.fr, banner: { ...TEXTS.fr.banner, title: 'Neuf' } },
    });
    const files: Record<string, string> = {
      ...FILES,
      'record.json': JSON.stringify(recordOf(FIRST)),
    };
    const run = (...args: string[]) =>
      runCli(['verify', 'record.json', '--policy', 'policy.json', ...args], files, built);
    expect(run()).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/WRONG {2}texts .*other texts than these/),
    });
    expect(run('--history', 'policy-history').code).toBe(0);
  });

  it.each<[string, Partial<ConsentRecord>, RegExp[]]>([
    [
      'a policy that was changed since',
      { policyHash: '0'.repeat(64) },
      [
        /policy: policy\.json is version .* too, but its hash is another/,
        /texts: without its policy/,
        /answers: without its policy/,
      ],
    ],
    [
      'another version with this hash',
      { policyVersion: '2024-01-01' },
      [/policy: policy\.json has the hash .* but is version "2025-03-01", not "2024-01-01"/],
    ],
    ['other texts', { textsHash: '0'.repeat(64) }, [/texts: the layer banner in fr had other texts/]],
    [
      'the texts of another layer',
      { layer: 'notice', textsHash: recordOf(FIRST).textsHash },
      [/texts: the layer notice/],
    ],
    [
      'the texts of another language',
      { locale: 'nl', textsHash: recordOf(FIRST).textsHash },
      [/texts: the layer banner in nl/],
    ],
    [
      'a language without texts',
      { locale: 'zz', textsHash: '0'.repeat(64) },
      [/texts: there are no texts for the layer banner in zz/],
    ],
    [
      'a locale that every object has something for',
      { locale: 'valueOf', textsHash: '0'.repeat(64) },
      [/texts: there are no texts for the layer banner in valueOf/],
    ],
    [
      'a category that there is not',
      { categories: { analytics: 'granted', ads: 'granted' } },
      [/answers: this policy asks nothing about "ads"/],
    ],
    [
      'a service that there is not',
      { services: { audience: 'granted', pixel: 'granted' } },
      [/answers: this policy asks nothing about "pixel"/],
    ],
    ['a refusal that grants', { method: 'reject-all' }, [/record: it rejects all, and grants/]],
    [
      'an acceptance that denies',
      { categories: { analytics: 'denied' }, services: { audience: 'denied' } },
      [/record: it accepts all, and denies/],
    ],
    [
      'no answers',
      { categories: {}, services: {} },
      [/answers: there is no answer about "analytics", "audience"/],
    ],
    ['no answer about a service', { services: {} }, [/answers: there is no answer about "audience"/]],
    [
      'a category that is granted with a service that is denied',
      { method: 'custom', services: { audience: 'denied' } },
      [/answers: the services of "analytics" have another answer/],
    ],
    [
      'a category that is denied with every service granted',
      { method: 'custom', categories: { analytics: 'denied' } },
      [/answers: the services of "analytics" have another answer/],
    ],
    ['a month that there is not', { time: '9999-99-99T12:00:00.000Z' }, [/record: its time is none/]],
    ['a day that there is not', { time: '2025-02-30T12:00:00Z' }, [/record: its time is none/]],
    ['an hour that there is not', { time: '2025-03-15T24:00:00Z' }, [/record: its time is none/]],
    ['an import from nothing', { method: 'import' }, [/record: it was imported from nothing/]],
    ['a record that replaces itself', { previousId: UUID }, [/record: it replaces itself/]],
    [
      'everything at once',
      { previousId: UUID, method: 'reject-all' },
      [/record: it replaces itself; it rejects all, and grants\.$/],
    ],
  ])('finds %s', (_, more, expected) => {
    expect(findings({ ...recordOf(FIRST), ...more })).toEqual(
      expected.map((one) => expect.stringMatching(one)),
    );
  });

  it.each<[string, Partial<ConsentRecord>]>([
    ['a refusal', { method: 'reject-all', ...answered('denied') }],
    ['a withdrawal', { method: 'withdraw', ...answered('denied') }],
    ['a choice of its own', { method: 'custom', ...answered('denied') }],
    ['a choice of its own that is all of it', { method: 'custom' }],
    ['an import', { method: 'import', importedFrom: 'klaro' }],
    ['a decision after another', { previousId: UUID.replace(/.$/, '0') }],
    ['a time without milliseconds, on a leap day', { time: '2024-02-29T00:00:00Z' }],
  ])('finds nothing in %s', (_, more) => {
    expect(verify(recordOf(FIRST, more))).toMatchObject({ code: 0 });
  });

  it('goes by the services where a category has several, and by itself where it has none', () => {
    const policy: Policy = {
      ...FIRST,
      categories: [{ id: 'essential' }, { id: 'analytics' }, { id: 'preference' }],
      services: [...FIRST.services, ...FIRST.services.map((one) => ({ ...one, id: 'heatmap' }))],
    };
    const run = (categories: ConsentRecord['categories'], services: ConsentRecord['services']) => {
      const record = recordOf(policy, { method: 'custom', categories, services });
      const files = { 'own.json': JSON.stringify(policy), 'record.json': JSON.stringify(record) };
      return runCli(['verify', 'record.json', '--policy', 'own.json'], files, BUILT_TEXTS).code;
    };
    const some = { audience: 'granted', heatmap: 'denied' } as const;
    expect(run({ analytics: 'denied', preference: 'granted' }, some)).toBe(0);
    expect(run({ analytics: 'denied', preference: 'denied' }, some)).toBe(0);
    expect(run({ analytics: 'granted', preference: 'granted' }, some)).toBe(1);
    expect(run({ analytics: 'denied' }, some)).toBe(1);
  });

  it('reads an export of several, and a report of one', () => {
    const good = recordOf(FIRST);
    const bad = { ...recordOf(FIRST, { method: 'withdraw' }), services: { pixel: 'denied' } };
    expect(verify({ schemaVersion: 1, record: good })).toMatchObject({ code: 0 });
    expect(verify({ schemaVersion: 1, records: [good, good] })).toMatchObject({ code: 0 });
    const { code, stdout } = verify({ schemaVersion: 1, records: [good, bad] });
    expect(code).toBe(1);
    expect(stdout.match(/^record /gm)).toHaveLength(2);
    expect(stdout.match(/WRONG/g)).toHaveLength(1);
  });

  it('prints nothing but JSON with --json', () => {
    const { code, stdout, stderr } = verify(recordOf(FIRST), ['--json', '--policy', 'policy.json']);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      ok: true,
      records: [
        {
          id: UUID,
          ok: true,
          findings: [
            { about: 'record' },
            { about: 'policy', ok: true },
            { about: 'texts' },
            { about: 'answers' },
          ],
        },
      ],
    });
  });

  it('shows nothing that a terminal obeys', () => {
    const { stdout } = verify({
      ...recordOf(FIRST),
      policyVersion: '\u001b[31m\u202e',
      services: { audience: 'granted' },
    });
    for (const sign of ['\u001b', '\u009b', '\u202e']) expect(stdout).not.toContain(sign);
  });
});

describe('what is no record', () => {
  it.each([
    ['no JSON', '{', /record\.json is no record of decisions: it is not JSON/],
    ['nothing', '', /is no record/],
    ['null', null, /it lacks what/],
    ['a list', [recordOf(FIRST)], /it lacks what/],
    ['an export of none', { schemaVersion: 1, records: [] }, /it holds no record/],
    [
      'a record that says something twice',
      JSON.stringify(recordOf(FIRST)).replace('"method":', '"method":"reject-all","method":'),
      /it has "method" twice/,
    ],
    ['records that are no list', { records: {} }, /records is no list/],
    ['an export with something else in it', { records: [recordOf(FIRST), 7] }, /records\[1\] lacks what/],
    ['a report of something else', { record: { schemaVersion: 1 } }, /record lacks what/],
    ['a record of another schema', { ...recordOf(FIRST), schemaVersion: 2 }, /it lacks what/],
    ['a record with another hash', { ...recordOf(FIRST), policyHash: 'abc' }, /it lacks what/],
    ['a record with another answer', { ...recordOf(FIRST), services: { audience: true } }, /it lacks what/],
    ['a record of another layer', { ...recordOf(FIRST), layer: 'popup' }, /it lacks what/],
    ['a record without a time', { ...recordOf(FIRST), time: 'noon' }, /it lacks what/],
    ['a locale that is none', { ...recordOf(FIRST), locale: '__proto__' }, /it lacks what/],
  ])('is told: %s', (_, record, message) => {
    expect(verify(record)).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
  });

  it('never ends the command otherwise than with an answer', () => {
    const fields = Object.keys(recordOf(FIRST));
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(recordOf(FIRST), UUID, '0'.repeat(64), 1, 'fr'),
    );
    const near = fc
      .tuple(fc.constantFrom(...fields), value)
      .map(([key, one]) => ({ ...recordOf(FIRST), [key]: one }));
    const texts = fc.oneof(
      fc.string(),
      fc
        .oneof(
          value,
          near,
          near.map((record) => ({ schemaVersion: 1, record })),
          fc.array(near).map((records) => ({ schemaVersion: 1, records })),
        )
        .map((one) => JSON.stringify(one)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { code, stdout, stderr } = verify(text, [
          '--history',
          'policy-history',
          '--policy',
          'policy.json',
        ]);
        expect([0, 1, 2]).toContain(code);
        expect(stdout === '').toBe(code === 2);
        expect(stderr).not.toMatch(/undefined|not a function|Cannot|Try: npx/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('verify', () => {
  const files: Record<string, string> = {
    ...FILES,
    'record.json': JSON.stringify(recordOf(FIRST)),
    'error.json': '{"version":""}',
  };
  it.each([
    ['no file', ['--policy', 'policy.json'], /verify needs one file/],
    ['two files', ['record.json', 'record.json', '--policy', 'policy.json'], /verify needs one file/],
    ['nothing to compare with', ['record.json'], /verify needs --policy, --history, or both/],
    [
      'a record that is not there',
      ['missing.json', '--policy', 'policy.json'],
      /missing\.json can't be read/,
    ],
    [
      'a policy that is not there',
      ['record.json', '--policy', 'missing.json'],
      /missing\.json can't be read/,
    ],
    ['a policy that is none', ['record.json', '--policy', 'error.json'], /error\.json: \d+ errors/],
    ['a history that is not there', ['record.json', '--history', 'elsewhere'], /no history in elsewhere/],
    ['a policy without a name', ['record.json', '--policy'], /--policy/],
  ] as const)('prints nothing on stdout for %s', (_, args, message) => {
    expect(runCli(['verify', ...args], files, BUILT_TEXTS)).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
  });

  it('believes no history that was changed', () => {
    const path = 'policy-history/2025-03-01.json';
    const changed = { ...files, [path]: files[path]?.replace('Compte', 'Lit') ?? '' };
    expect(runCli(['verify', 'record.json', '--history', 'policy-history'], changed, BUILT_TEXTS)).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/its hash differs/),
    });
  });

  it('says what to do where the texts were not built', () => {
    expect(runCli(['verify', 'record.json', '--policy', 'policy.json'], files)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/Run: npm run build/),
    });
  });
});
