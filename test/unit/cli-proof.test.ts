import { readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/cli/proof/find-browser.ts';
import { languagesOf, readProofOptions } from '../../src/cli/proof/proof-options.ts';
import { BUILT_TEXTS, runCli, SMALL_POLICY } from '../support/cli.ts';

const CLAIRPAS = JSON.parse(
  readFileSync(new URL('../../demo/clairpas/policy.json', import.meta.url), 'utf8'),
);
const NOW = Date.parse('2025-10-01T08:00:00Z');
const LANGUAGES = ['de', 'en', 'fr'];
const read = (options: Parameters<typeof readProofOptions>[0], policy = SMALL_POLICY) =>
  readProofOptions(options, policy, LANGUAGES, NOW);

describe('what bandeau proof is asked for', () => {
  it('is three windows in light colours, in English, now', () => {
    expect(read({})).toEqual({
      out: 'proof',
      locales: ['en'],
      viewports: [
        { name: '1280x800', width: 1280, height: 800 },
        { name: '390x844', width: 390, height: 844 },
        { name: '320x568', width: 320, height: 568 },
      ],
      colorSchemes: ['light'],
      time: '2025-10-01T08:00:00.000Z',
      layout: '',
      position: '',
    });
  });

  it('is in the languages of the policy where it has texts in several', () => {
    const policy = {
      ...SMALL_POLICY,
      categories: [{ id: 'analytics', title: { fr: 'a', de: 'b', sw: 'c' } }],
    };
    expect(read({}, policy).locales).toEqual(['fr', 'de']);
  });

  it('is all that is named, once each', () => {
    const wanted = read({
      out: 'a/b',
      locales: 'fr-be, DE, fr-BE,de',
      viewports: '500x400, 500x400',
      dark: true,
      date: '2025-09-01T12:00:00+02:00',
      layout: 'bar',
      position: 'top end',
    });
    expect(wanted).toMatchObject({
      out: 'a/b',
      locales: ['fr-BE', 'de'],
      viewports: [{ name: '500x400' }],
      colorSchemes: ['light', 'dark'],
      time: '2025-09-01T10:00:00.000Z',
      layout: 'bar',
      position: 'top end',
    });
  });

  it.each([
    [{ locales: 'tlh' }, /no texts for "tlh"\. There are: de, en, fr\./],
    [{ locales: 'fr,' }, /no texts for ""/],
    [{ viewports: '390' }, /"390" is no size of a window/],
    [{ viewports: '100x100' }, /"100x100" is no size/],
    [{ viewports: '390x844,99999x1' }, /"99999x1" is no size/],
    [{ date: 'yesterday' }, /"yesterday" is no date/],
    [{ date: '2025-13-40' }, /"2025-13-40" is no date/],
    [{ date: '2025-09-01T12:00' }, /is no date/],
    [{ layout: 'round' }, /--layout is one of box, bar and center, not "round"/],
    [{ position: 'left' }, /--position is one of/],
  ])('is refused where it makes no sense: %j', (options, message) => {
    expect(() => read(options)).toThrow(message);
  });
});

describe('the languages of a policy', () => {
  it('are those of its texts, and none where they are in one', () => {
    expect(languagesOf({ ...SMALL_POLICY, texts: { 'banner.title': { 'fr-BE': 'x', nl: 'y' } } })).toEqual([
      'fr-BE',
      'nl',
    ]);
    expect(languagesOf(CLAIRPAS)).toEqual([]);
  });

  it('are not the ids of categories that have nothing else', () => {
    expect(languagesOf({ ...SMALL_POLICY, categories: [{ id: 'essential' }] })).toEqual([]);
  });
});

describe('the browser', () => {
  const machine = (env: Record<string, string>, ...paths: string[]) => ({
    env,
    exists: (path: string) => paths.includes(path),
  });

  it('is the one that is named, before what the environment names', () => {
    const both = machine({ CHROME_PATH: '/b/chrome' }, '/a/chrome', '/b/chrome');
    expect(findBrowser('/a/chrome', both)).toBe('/a/chrome');
    expect(findBrowser(undefined, both)).toBe('/b/chrome');
  });

  it('is else the first on the path', () => {
    const PATH = ['/one', '/two'].join(delimiter);
    expect(findBrowser(undefined, machine({ PATH }, '/two/chromium', '/two/google-chrome'))).toBe(
      '/two/chromium',
    );
    expect(findBrowser(undefined, machine({ PATH }))).toBeUndefined();
  });

  it('is not another one where the one that is named is missing', () => {
    const other = machine({ PATH: '/one' }, '/one/chromium');
    expect(() => findBrowser('/a/chrome', other)).toThrow('there is no browser at /a/chrome.');
    expect(() => findBrowser(undefined, { ...other, env: { CHROME_PATH: '/c' } })).toThrow(
      'there is no browser at /c, which CHROME_PATH names.',
    );
  });
});

describe('bandeau proof', () => {
  const FILES = {
    'policy.json': JSON.stringify(SMALL_POLICY),
    'error.json': JSON.stringify({ ...SMALL_POLICY, version: '' }),
    'proof/manifest.json': JSON.stringify({ policyVersion: '2024-01-01', policyHash: 'other' }),
    'broken/manifest.json': 'null',
    'damaged/manifest.json': '{"policyHash":\u001b[31m',
    'hostile/manifest.json': JSON.stringify({ policyVersion: '\u001b[31m\u202e', policyHash: 'other' }),
    'strange/manifest.json': JSON.stringify({ policyVersion: { toString: 1 }, policyHash: 'other' }),
  };

  it.each([
    ['no file', [], 2, /proof needs one policy file/],
    ['two files', ['policy.json', 'error.json'], 2, /proof needs one policy file/],
    ['a file that is not there', ['missing.json'], 2, /missing.json can't be read/],
    ['a policy with an error', ['error.json'], 1, /error {7}version/],
    ['an earlier policy with an error', ['policy.json', '--previous', 'error.json'], 1, /error {7}version/],
    [
      'an earlier policy that is not there',
      ['policy.json', '--previous', 'x.json'],
      2,
      /x.json can't be read/,
    ],
    ['a language without texts', ['policy.json', '--locales', 'sw'], 2, /no texts for "sw"/],
    ['an unknown option', ['policy.json', '--lang', 'fr'], 2, /--lang/],
    [
      'the proof of another policy in its way',
      ['policy.json'],
      2,
      /proof holds the proof of version "2024-01-01"/,
    ],
    [
      'something else in its way',
      ['policy.json', '--out', 'broken'],
      2,
      /broken holds the proof of something/,
    ],
    [
      'a proof whose version a terminal would obey',
      ['policy.json', '--out', 'hostile'],
      2,
      /hostile holds the proof of version "\\u001b\[31m\\u202e"/,
    ],
    [
      'a proof whose version is none',
      ['policy.json', '--out', 'strange'],
      2,
      /strange holds the proof of something/,
    ],
    [
      'a proof that is damaged',
      ['policy.json', '--out', 'damaged'],
      2,
      /^bandeau: damaged\/manifest\.json is there and can't be read as JSON: name another folder by --out\.\n$/,
    ],
    [
      'a manifest that is elsewhere',
      ['policy.json', '--out', 'linked'],
      2,
      /linked\/manifest\.json is a link: name another folder/,
    ],
    ['two folders', ['policy.json', '--out', 'a', '--out', 'b'], 2, /--out takes one value/],
    [
      'a style sheet that is not there',
      ['policy.json', '--out', 'new', '--style', 'x.css'],
      2,
      /no such file/,
    ],
    [
      'a browser that is not there',
      ['policy.json', '--out', 'new', '--browser', '/nowhere/chromium'],
      2,
      /there is no browser at \/nowhere\/chromium/,
    ],
  ] as const)('writes nothing for %s', async (_, args, code, message) => {
    const written: string[] = [];
    const write = (path: string) => written.push(path);
    const result = runCli(['proof', ...args], FILES, BUILT_TEXTS, write, ['linked/manifest.json']);
    expect(await result.code).toBe(code);
    expect(result.stderr).toMatch(message);
    for (const sign of ['\u001b', '\u202e']) expect(result.stderr).not.toContain(sign);
    expect(result.stdout).toBe('');
    expect(written).toEqual([]);
  });

  it('says what to do where the texts were not built', async () => {
    const result = runCli(['proof', 'policy.json'], FILES);
    expect(await result.code).toBe(2);
    expect(result.stderr).toMatch(/texts can't be read: no such file\. Run: npm run build/);
  });
});
