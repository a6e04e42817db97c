import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileNameOf } from '../../src/cli/history-archive.ts';
import { canonicalize } from '../../src/policy/canonicalize.ts';
import { sha256 } from '../../src/policy/sha256.ts';
import type { Policy } from '../../src/types.ts';
import { BUILT_TEXTS, runCli, SMALL_POLICY, TEXTS } from '../support/cli.ts';

const FIRST: Policy = SMALL_POLICY;
/** A version that asks again. */
const version = (name: string, vendor = `${name} SA`): Policy => ({
  ...SMALL_POLICY,
  version: name,
  services: SMALL_POLICY.services.map((one) => ({ ...one, vendor: { name: vendor } })),
});
const hash = (value: unknown) => sha256(canonicalize(value));

/** A folder in memory. */
function folder(files: Record<string, string> = {}, links: readonly string[] = []) {
  const history = (action: string, policy: unknown, args: readonly string[] = [], built = BUILT_TEXTS) => {
    files['policy.json'] = typeof policy === 'string' ? policy : JSON.stringify(policy);
    const write = (path: string, text: string | Uint8Array) => {
      files[path] = `${text}`;
    };
    return runCli(['history', action, 'policy.json', ...args], files, built, write, links);
  };
  const read = (path: string) => JSON.parse(files[path] ?? 'null');
  return { files, read, history, index: () => read('policy-history/index.json') };
}
/** One that holds some versions already. */
function folderOf(...policies: Policy[]) {
  const made = folder();
  for (const policy of policies) expect(made.history('add', policy).code).toBe(0);
  return made;
}

describe('bandeau history add', () => {
  it('keeps a policy with its texts and hashes', () => {
    const { history, read, index } = folder();
    expect(history('add', FIRST)).toEqual({
      code: 0,
      stdout: 'policy.json: version "2025-03-01" is in policy-history/2025-03-01.json.\n',
      stderr: '',
    });
    const snapshot = read('policy-history/2025-03-01.json');
    const { banner, notice, preferences, placeholders, region } = TEXTS.fr;
    expect(snapshot).toMatchObject({
      schemaVersion: 1,
      version: '2025-03-01',
      policyHash: hash(FIRST),
      policy: FIRST,
    });
    expect(Object.keys(snapshot.texts)).toEqual(['en', 'fr', 'nl']);
    expect(snapshot.texts.fr).toEqual({ banner, notice, preferences, placeholders, region });
    expect(snapshot.textsHash.fr).toEqual({
      banner: hash({ banner }),
      notice: hash({ banner, notice }),
      preferences: hash({ banner, preferences }),
      placeholders: hash({ banner, placeholders }),
      'banner+region': hash({ banner, region }),
      'preferences+region': hash({ banner, preferences, region }),
    });
    expect(index()).toEqual([
      {
        version: '2025-03-01',
        date: '2025-03-01',
        policyHash: hash(FIRST),
        file: '2025-03-01.json',
        fileHash: hash(snapshot),
        previousHash: null,
      },
    ]);
  });

  it('keeps the words of the site, by region where it words a region', () => {
    const { history, read } = folder();
    history('add', {
      ...FIRST,
      texts: { 'banner.title': { 'fr-BE': 'Biscuits', fr: 'Cookies', en: 'Cookies' } },
    });
    const { texts } = read('policy-history/2025-03-01.json');
    expect(Object.keys(texts)).toEqual(['en', 'fr', 'fr-BE', 'nl']);
    expect(texts['fr-BE'].banner.title).toBe('Biscuits');
    expect(texts.fr.banner.title).toBe('Cookies');
    expect(texts.nl.banner.title).toBe(TEXTS.nl.banner.title);
  });

  it('chains each version to the one before', () => {
    const { index } = folderOf(FIRST, version('2025-12-01'), version('2026-12-01'));
    const [first, second, third] = index();
    expect(second.previousHash).toBe(hash(first));
    expect(third.previousHash).toBe(hash(second));
  });

  it('writes nothing where the policy is there already', () => {
    const { files, history } = folderOf(FIRST);
    const before = { ...files };
    const { code, stdout } = history('add', JSON.stringify(FIRST, null, 4));
    expect([code, stdout]).toEqual([0, 'policy.json: version "2025-03-01" is in policy-history already.\n']);
    expect({ ...files, 'policy.json': '' }).toEqual({ ...before, 'policy.json': '' });
  });

  it('refuses a changed policy under the same version, and says what changed', () => {
    const { files, history } = folderOf(FIRST);
    const before = { ...files };
    const { code, stdout, stderr } = history('add', version('2025-03-01', 'Autre SA'));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /differs from the version "2025-03-01" of the history: give it a version of its own/,
    );
    expect(stderr).toContain('`audience` belongs to "Autre SA" now');
    expect({ ...files, 'policy.json': '' }).toEqual({ ...before, 'policy.json': '' });
  });

  it('refuses it too where only a text changed', () => {
    const { history } = folderOf(FIRST);
    const [service] = SMALL_POLICY.services;
    const { code, stderr } = history('add', {
      ...FIRST,
      services: [{ ...service, purpose: 'Compte les visites.' }],
    });
    expect(code).toBe(1);
    expect(stderr).toContain('services.audience.purpose changed');
  });

  it('refuses to publish an older version again', () => {
    const { history } = folderOf(FIRST, version('2025-12-01'));
    const { code, stderr } = history('add', FIRST);
    expect(code).toBe(1);
    expect(stderr).toMatch(/"2025-03-01" is an older one of the history/);
  });

  it('adds the texts of another bandeau beside those of the first', () => {
    const { history, index, read } = folderOf(FIRST);
    const built = JSON.stringify({
      ...TEXTS,
      en: { ...TEXTS.en, banner: { ...TEXTS.en.banner, title: 'Biscuits' } },
    });
    expect(history('check', FIRST, [], built)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/the texts of bandeau \S+ are not in policy-history yet/),
    });
    expect(history('add', FIRST, [], built).code).toBe(0);
    expect(index().map(({ file }: { file: string }) => file)).toEqual([
      '2025-03-01.json',
      '2025-03-01~2.json',
    ]);
    expect(read('policy-history/2025-03-01~2.json').texts.en.banner.title).toBe('Biscuits');
    expect(history('check', FIRST, [], built).code).toBe(0);
  });

  it('goes on where it was interrupted', () => {
    const { files, history } = folderOf(FIRST);
    delete files['policy-history/index.json'];
    expect(history('add', FIRST)).toMatchObject({ code: 0, stderr: '' });
  });

  it('never writes over a file with something else in it', () => {
    const { files, history } = folder({ 'policy-history/2025-03-01.json': '{}' });
    expect(history('add', FIRST)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/2025-03-01\.json is there already, with something else in it/),
    });
    expect(files['policy-history/2025-03-01.json']).toBe('{}');
  });

  it('takes another folder, with a slash or without', () => {
    const { files, history } = folder();
    expect(history('add', FIRST, ['--dir', 'legal/cookies/']).code).toBe(0);
    expect(Object.keys(files).sort()).toEqual([
      'legal/cookies/2025-03-01.json',
      'legal/cookies/index.json',
      'policy.json',
    ]);
    expect(history('check', FIRST, ['--dir', 'legal/cookies']).code).toBe(0);
  });
});

describe('where it is written', () => {
  it.each(['policy-history/2025-03-01.json', 'policy-history/index.json'])(
    'is not what a link leads to: %s',
    (link) => {
      const { history, files } = folder({}, [link]);
      expect(history('add', FIRST)).toEqual({
        code: 1,
        stdout: '',
        stderr: `bandeau: ${link} is a link: a history is written in its own folder alone.\n`,
      });
      expect(Object.keys(files)).toEqual(['policy.json']);
    },
  );

  it.each([
    ['1e3', ['--dir', '1e3']],
    ['0x10', ['--dir=0x10']],
    ['007', ['--dir', '007']],
    ['2025', ['--dir', '2025']],
    ['1.0', ['--dir', '1.0']],
    ['a,b', ['--dir', 'a,b']],
  ])('is the folder as it was written: %s', (dir, args) => {
    const { history, files } = folder();
    expect(history('add', FIRST, args).code).toBe(0);
    expect(Object.keys(files)).toContain(`${dir}/index.json`);
  });

  it.each([
    ['twice', ['--dir', 'a', '--dir', 'b']],
    ['twice, the same', ['--dir=1', '--dir=1']],
    ['as something with parts', ['--dir.a', 'b']],
  ])('is nowhere for a folder that is given %s', (_, args) => {
    const { history, files } = folder();
    expect(history('add', FIRST, args)).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('--dir takes one value'),
    });
    expect(Object.keys(files)).toEqual(['policy.json']);
  });
});

describe('a second question within six months', () => {
  it('is told when it is added', () => {
    const { history } = folderOf(FIRST, version('2025-07-01'));
    const { code, stderr } = history('add', version('2025-12-31'));
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /warning: visitors were asked again on 2025-07-01, and are again on 2025-12-31.*R44/,
    );
  });

  it.each([
    ['after six months', [FIRST, version('2025-07-01')], version('2026-01-01')],
    ['where the first version is the one before', [FIRST], version('2025-04-01')],
    ['where the new one asks nobody', [FIRST, version('2025-07-01', 'X SA')], version('2025-08-01', 'X SA')],
    [
      'where the one before asked nobody',
      [FIRST, version('2025-07-01', 'Mesure SARL')],
      version('2025-08-01'),
    ],
    ['where a version has no date', [FIRST, version('v2')], version('v3')],
  ])('is none %s', (_, before, latest) => {
    expect(folderOf(...before).history('add', latest)).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('bandeau history check', () => {
  it('is content with the last version', () => {
    const { history } = folderOf(FIRST, version('2025-12-01'));
    expect(history('check', version('2025-12-01'))).toEqual({
      code: 0,
      stdout: 'policy.json: version "2025-12-01" is the last of 2 in policy-history.\n',
      stderr: '',
    });
  });

  it.each([
    ['another policy under the same version', version('2025-12-01', 'Autre SA'), /differs from the version/],
    [
      'a version that was not added',
      version('2026-12-01'),
      /not in policy-history\. Run: npx bandeau history add/,
    ],
    ['an older version', FIRST, /an older one/],
  ])('fails for %s', (_, policy, message) => {
    expect(folderOf(FIRST, version('2025-12-01')).history('check', policy)).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
  });

  it('fails where there is no history', () => {
    expect(folder().history('check', FIRST)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/not in/),
    });
  });

  const INDEX = 'policy-history/index.json';
  const OLD = 'policy-history/2025-03-01.json';
  it.each<[string, (files: Record<string, string>) => void, RegExp]>([
    [
      'a text of an old version',
      (files) => put(files, OLD, (text) => text.replace('Compte', 'Lit')),
      /hash differs/,
    ],
    [
      'a hash of the index',
      (files) => put(files, INDEX, (text) => text.replaceAll(/"fileHash": "\w{8}/g, '"fileHash": "00000000')),
      /hash differs|not what was added/,
    ],
    [
      'a date of the index',
      (files) => put(files, INDEX, (text) => text.replace('"date": "2025-03-01"', '"date": null')),
      /entry of "2025-03-01" is not what was added/,
    ],
    [
      'the first entry',
      (files) => put(files, INDEX, (text) => JSON.stringify(JSON.parse(text).slice(1))),
      /what stood above "2025-12-01" is gone/,
    ],
    [
      'the order',
      (files) => put(files, INDEX, (text) => JSON.stringify(JSON.parse(text).reverse())),
      /is gone|not what was added/,
    ],
    ['a file', (files) => delete files[OLD], /2025-03-01\.json can't be read/],
    ['the index', (files) => put(files, INDEX, () => '['), /index\.json is not JSON/],
    ['the list', (files) => put(files, INDEX, () => '{}'), /no list of versions/],
    ['an entry', (files) => put(files, INDEX, () => '[null]'), /no list of versions/],
  ])('fails where somebody changed %s', (_, change, message) => {
    const made = folderOf(FIRST, version('2025-12-01'));
    change(made.files);
    for (const action of ['check', 'add']) {
      const found = made.history(action, version('2025-12-01'));
      expect(found).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(message) });
    }
  });

  it.each([INDEX, OLD])('fails where %s has a key twice, whose first a person may read', (path) => {
    const made = folderOf(FIRST);
    put(made.files, path, (text) => text.replace('"version":', '"version": "2020-01-01", "version":'));
    for (const action of ['check', 'add']) {
      expect(made.history(action, FIRST)).toEqual({
        code: 1,
        stdout: '',
        stderr: `bandeau: ${path} has "version" twice in the same place.\n`,
      });
    }
  });

  it('reads no file elsewhere', () => {
    const made = folderOf(FIRST);
    put(made.files, INDEX, (text) => text.replace('2025-03-01.json', '../secret.json'));
    expect(made.history('check', FIRST)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no file beside it/),
    });
  });

  it('does not mind spaces and line ends', () => {
    const made = folderOf(FIRST, version('2025-12-01'));
    for (const path of [INDEX, OLD])
      put(made.files, path, (text) => `\ufeff${text.replaceAll('\n', '\r\n    ')}`);
    expect(made.history('check', version('2025-12-01'))).toMatchObject({ code: 0, stderr: '' });
  });

  it('understands no index that it did not write, and says so', () => {
    const whole = folderOf(FIRST);
    const entry = whole.index()[0];
    const broken = fc.oneof(
      fc.jsonValue(),
      fc.array(fc.record(Object.fromEntries(Object.keys(entry).map((key) => [key, fc.jsonValue()])))),
      fc
        .constantFrom(...Object.keys(entry))
        .chain((key) => fc.jsonValue().map((value) => [{ ...entry, [key]: value }])),
    );
    fc.assert(
      fc.property(broken, fc.boolean(), (index, isFile) => {
        const files = { ...whole.files, [isFile ? OLD : INDEX]: JSON.stringify(index) };
        const { code, stderr } = folder(files).history('check', FIRST);
        expect([0, 1]).toContain(code);
        expect(stderr).not.toMatch(/undefined|not a function|Cannot|Try: npx/);
      }),
    );
  });
});

function put(files: Record<string, string>, path: string, change: (text: string) => string) {
  files[path] = change(files[path] ?? '');
}

describe('the name of a file', () => {
  it.each([
    ['2025-03-01', 1, '2025-03-01.json'],
    ['2025-03-01', 3, '2025-03-01~3.json'],
    ['1.2.0', 1, '1.2.0.json'],
  ])('is the version where it can be: %s', (name, count, file) => {
    expect(fileNameOf(name, count)).toBe(file);
  });

  it.each([
    'V1',
    '../../etc',
    'a/b',
    'é',
    '.',
    '',
    ' ',
    'index',
    'con',
    'CON',
    'com1.x',
    'a b',
    '日本',
    'a~2',
    '\u0000',
  ])('is made safe for %j', (name) => {
    expect(fileNameOf(name, 1)).toMatch(/^v-[a-z\d._-]*-[\da-f]{8}\.json$/);
  });

  it('differs for versions that differ, also without case', () => {
    const names = ['v1', 'V1', 'a b', 'a/b', 'a-b', 'A-B', 'index', 'INDEX'].map((name) =>
      fileNameOf(name, 1),
    );
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });
});

describe('bandeau history', () => {
  it.each([
    ['no word', ['history'], 2, /history needs a word first: add or check/],
    ['another word', ['history', 'remove', 'policy.json'], 2, /add or check/],
    ['no file', ['history', 'add'], 2, /history add needs one policy file/],
    ['two files', ['history', 'check', 'a.json', 'b.json'], 2, /history check needs one policy file/],
    ['a file that is not there', ['history', 'add', 'missing.json'], 2, /can't be read/],
    ['a policy that is none', ['history', 'add', 'error.json'], 1, /error\.json: \d+ errors/],
    ['no folder after all', ['history', 'add', 'policy.json', '--dir'], 2, /--dir/],
  ] as const)('prints nothing on stdout for %s', (_, args, code, message) => {
    const files = { 'policy.json': JSON.stringify(FIRST), 'error.json': '{"version":""}' };
    expect(runCli(args, files, BUILT_TEXTS)).toEqual({
      code,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
  });

  it('says what to do where the texts were not built, and why a file could not be written', () => {
    const files = { 'policy.json': JSON.stringify(FIRST) };
    expect(runCli(['history', 'add', 'policy.json'], files)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/texts can't be read: no such file\. Run: npm run build/),
    });
    const written = runCli(['history', 'add', 'policy.json'], files, BUILT_TEXTS, () => {
      throw new Error('permission denied');
    });
    expect(written).toEqual({
      code: 2,
      stdout: '',
      stderr: "bandeau: policy-history can't be written: permission denied\n",
    });
  });
});
