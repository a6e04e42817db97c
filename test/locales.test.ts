import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Tree = { readonly [key: string]: string | Tree };

const FOLDER = new URL('../locales/', import.meta.url);
const read = (file: string): Tree => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
const languagesIn = (folder: string) =>
  readdirSync(new URL(folder, FOLDER))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();

const LANGUAGES = languagesIn('./');
const LAYERS = ['', 'preferences/', 'placeholders/'];
const FILES = LAYERS.flatMap((layer) =>
  LANGUAGES.map((language) => ({ layer, language, file: `${layer}${language}.json` })),
);

/** `changed.title` and its text, for each text of a file. */
function flatten(tree: Tree, prefix = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`),
  );
}

const placeholders = (text: string) => [...text.matchAll(/\{(\w*)\}/g)].map(([, name]) => name).sort();
/** Plural forms differ between languages; what has them, and its `other`, doesn't. */
const PLURAL_FORM = /\.(zero|one|two|few|many)$/;

// Each check gives what is wrong, so that it can be run on a made-up text too.
const isHtml = (text: string) => /[<>]|&\w+;|&#/.test(text);
const NARROW = '\u202f';
/** No-break spaces belong before the high signs of French; a colon in an address or a time has no space. */
const badFrench = (text: string) =>
  /[^\u202f][;!?]/.test(text) ||
  /[^\u202f\d]:|:(?=\S)/.test(text.replace(/\{\w+\}/g, 'x')) ||
  text.includes("'");
const badApostrophe = (text: string) => /\w'\w/.test(text);

it('all layers are there in the same languages', () => {
  expect(LANGUAGES).toEqual(expect.arrayContaining(['en', 'fr', 'nl']));
  for (const layer of LAYERS) expect(languagesIn(layer || './')).toEqual(LANGUAGES);
});

describe.each(FILES)('$file', ({ layer, language, file }) => {
  const texts = flatten(read(file));
  const english = new Map(flatten(read(`${layer}en.json`)));
  const comparable = (all: Iterable<[string, string]>) =>
    [...all]
      .map(([key]) => key)
      .filter((key) => !PLURAL_FORM.test(key))
      .sort();

  it('has the keys of en, and no other', () => {
    expect(comparable(texts)).toEqual(comparable(english));
  });

  it('has the placeholders of en in each text', () => {
    for (const [key, text] of texts) {
      const twin = english.get(key) ?? english.get(key.replace(PLURAL_FORM, '.other')) ?? '';
      expect(placeholders(text), key).toEqual(placeholders(twin));
    }
  });

  it.skipIf(layer === 'placeholders/')('has the plural forms that its language needs', () => {
    const needed = new Intl.PluralRules(language)
      .resolvedOptions()
      .pluralCategories.filter((form) => form !== 'many');
    const plurals = texts
      .filter(([key]) => key.endsWith('.other'))
      .map(([key]) => key.slice(0, -'.other'.length));
    expect(plurals.length).toBeGreaterThan(0);
    for (const key of plurals) {
      for (const form of needed) expect(texts.map(([one]) => one)).toContain(`${key}.${form}`);
    }
  });

  it('has no empty text, no spaces at the ends, no HTML, no straight apostrophe', () => {
    for (const [key, text] of texts) {
      expect(text.trim(), key).toBe(text);
      expect(text, key).not.toBe('');
      expect(isHtml(text), key).toBe(false);
      expect(badApostrophe(text), key).toBe(false);
    }
  });

  it.runIf(language === 'fr')('has narrow no-break spaces before ; : ! ? and typographic apostrophes', () => {
    for (const [key, text] of texts) expect(badFrench(text), `${key}: ${text}`).toBe(false);
    // `partners` and `controller` of the first layer have a colon: the check meets one.
    if (layer === '') expect(texts.some(([, text]) => text.includes(`${NARROW}:`))).toBe(true);
  });
});

describe.each(LANGUAGES)('the words of %s', (language) => {
  const first = Object.fromEntries(flatten(read(`${language}.json`)));
  const second = Object.fromEntries(flatten(read(`preferences/${language}.json`)));

  it('call accepting and refusing by different names, and no two buttons of a layer alike', () => {
    const banner = [first['rejectAll'], first['acceptAll'], first['customize']];
    const notice = [first['changed.reject'], first['changed.accept'], first['customize']];
    const preferences = [second['save'], first['acceptAll'], first['rejectAll'], second['close']];
    for (const buttons of [banner, notice, preferences]) {
      expect(new Set(buttons.map((text) => text?.toLowerCase())).size).toBe(buttons.length);
    }
    expect(second['on']).not.toBe(second['off']);
    expect(second['on']).not.toBe(second['partly']);
  });

  it('give accept and refuse about the same length, so that neither button stands out', () => {
    for (const key of ['', 'changed.']) {
      const [accept, reject] = key
        ? [first['changed.accept'], first['changed.reject']]
        : [first['acceptAll'], first['rejectAll']];
      expect(Math.abs((accept ?? '').length - (reject ?? '').length)).toBeLessThanOrEqual(3);
    }
  });

  it('say cookies in what asks', () => {
    for (const text of [first['text'], first['changed.text']]) expect(text).toMatch(/\bcookies\b/i);
    for (const text of [first['title'], first['policy'], second['title']]) expect(text).toMatch(/cookie/i);
  });

  it('are ltr or rtl', () => {
    expect(first['direction']).toMatch(/^(ltr|rtl)$/);
  });

  it('name the five built-in categories and no other', () => {
    expect(Object.keys(read(`${language}.json`)['categories'] as Tree).sort()).toEqual([
      'analytics',
      'essential',
      'performance',
      'personalization',
      'preference',
    ]);
  });
});

describe('load-ui', () => {
  const source = readFileSync(new URL('../src/effects/load-ui/languages.ts', import.meta.url), 'utf8');
  const known = (text: string, layer: string) =>
    [...text.matchAll(/import\('\.\.\/\.\.\/\.\.\/locales\/(\w+\/)?([\w-]+)\.json'\)/g)]
      .filter(([, folder = '']) => folder === layer)
      .map(([, , language]) => language)
      .sort();
  /** Each `fr: …` with the languages of the files that it loads: another one would show the wrong language. */
  const pairs = [...source.matchAll(/^ {2}(\w+): (.*(?:\n {4}.*)*)/gm)]
    .map(([, language, loads = '']) => ({
      language,
      files: [...loads.matchAll(/locales\/(?:\w+\/)?([\w-]+)\.json/g)].map(([, file]) => file),
    }))
    .filter(({ files }) => files.length > 0);

  it.each(LAYERS)('knows exactly the locales in locales/%s', (layer) => {
    expect(known(source, layer)).toEqual(LANGUAGES);
  });

  it('would not pass with one missing', () => {
    expect(known(source.replace("import('../../../locales/nl.json')", ''), '')).not.toEqual(LANGUAGES);
  });

  it('gives each language its own file', () => {
    expect(pairs.flatMap(({ files }) => files)).toHaveLength(LANGUAGES.length * LAYERS.length);
    for (const { language, files } of pairs) expect(new Set(files)).toEqual(new Set([language]));
  });
});

describe('the checks themselves', () => {
  it.each(['<b>gras</b>', 'a &amp; b', '&#160;'])('take %j for HTML', (text) => {
    expect(isHtml(text)).toBe(true);
  });

  it.each([
    'Vraiment ?',
    'Vraiment?',
    'Vraiment\u00a0?',
    'Ceci : cela',
    'Ceci: cela',
    "d'accord",
    'a ; b',
    'ceci\u202f:cela',
  ])('take %j for bad French', (text) => {
    expect(badFrench(text)).toBe(true);
  });

  it.each([
    'Vraiment\u202f?',
    'Ceci\u202f: cela',
    'd’accord',
    'Responsable\u202f: {names}',
    'à la fin\u202f:',
  ])('take %j for good French', (text) => {
    expect(badFrench(text)).toBe(false);
  });

  it('see placeholders', () => {
    expect(placeholders('{b} et {a}')).toEqual(['a', 'b']);
    expect(placeholders('{a}')).not.toEqual(placeholders('{b}'));
  });
});
