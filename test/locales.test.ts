import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseLocale } from '../src/effects/load-ui/languages.ts';
import { TEXT_KEYS } from '../src/policy/text-keys.ts';
import { fill, plural } from '../src/ui/format.ts';

type Tree = { readonly [key: string]: string | Tree };

const FOLDER = new URL('../locales/', import.meta.url);
/** Nothing of a file that is not there: what is missing is told by name. */
const read = (file: string): Tree =>
  existsSync(new URL(file, FOLDER)) ? JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) : {};
const languagesIn = (folder: string) =>
  readdirSync(new URL(folder, FOLDER))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();

/** The official languages of the European Union, and the others of the first markets. */
const OFFICIAL = 'bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv'.split(' ');
const LANGUAGES = [...OFFICIAL, ...'ar ca eu gl he is ja nb tr uk zh'.split(' ')].sort();
const LAYERS = [
  'banner',
  'notice',
  'preferences',
  'placeholders',
  'declaration',
  'updates',
  'rights',
  'region',
];
const FILES = LAYERS.flatMap((layer) =>
  LANGUAGES.map((language) => ({ layer, language, file: `${layer}/${language}.json` })),
);

/** How a language writes the word, at least its stem: refusal tools and visitors look for it. */
const COOKIE: Readonly<Record<string, RegExp>> = {
  ar: /ملفات تعريف الارتباط/,
  bg: /бисквитк/i,
  ca: /galet/i,
  et: /küpsis/i,
  fi: /eväst/i,
  ga: /fianá/i,
  he: /עוגי/,
  hr: /kolačić/i,
  hu: /süti|cookie/i,
  is: /vafrak/i,
  lt: /slapuk/i,
  lv: /sīkda/i,
  nb: /informasjonskapsl/i,
  sl: /piškotk/i,
  tr: /çerez/i,
};
const COOKIES = /cookie/i;

/** `changed.title` and its text, for each text of a file. */
function flatten(tree: Tree, prefix = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`),
  );
}
const textsOf = (language: string) =>
  new Map<string, string>(
    LAYERS.flatMap((layer) =>
      flatten(read(`${layer}/${language}.json`)).map(([key, text]) => [`${layer}.${key}`, text] as const),
    ),
  );

const placeholders = (text: string) => [...text.matchAll(/\{(\w*)\}/g)].map(([, name]) => name).sort();
/** Plural forms differ between languages; what has them, and its `other`, doesn't. */
const PLURAL_FORM = /\.(zero|one|two|few|many)$/;
/** Those that a count of services may meet. French has a form for millions, which is none of them. */
const formsOf = (language: string) => {
  const rules = new Intl.PluralRules(language);
  return [...new Set(['other', ...Array.from({ length: 201 }, (_, count) => rules.select(count))])].sort();
};

// Each check gives what is wrong, so that it can be run on a made-up text too.
const isHtml = (text: string) => /[<>]|&\w+;|&#/.test(text);
const NARROW = '\u202f';
/** No-break spaces belong before the high signs of French; a colon in an address or a time has no space. */
const badFrench = (text: string) =>
  /[^\u202f][;!?]/.test(text) ||
  /[^\u202f\d]:|:(?=\S)/.test(text.replace(/\{\w+\}/g, 'x')) ||
  text.includes("'");
const badApostrophe = (text: string) => /\p{L}'\p{L}/u.test(text);
const nudges = (words: readonly string[], text: string) =>
  words.filter((word) => new RegExp(word, 'iu').test(text));

/** Full-width signs are as wide as two. */
const widthOf = (text: string) =>
  [...text].reduce(
    (width, sign) => width + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uff60]/.test(sign) ? 2 : 1),
    0,
  );
/** What fits a button over the whole width of a window of 320 pixels, at 16 pixels semi-bold. */
const BUTTON = 28;
/** What stands beside a switch and a title in that window. */
const STATE = 18;

it.each(LAYERS)('the layer %s is there in every language, and no other', (layer) => {
  expect(languagesIn(layer)).toEqual(LANGUAGES);
});

describe.each(FILES)('$file', ({ layer, language, file }) => {
  const texts = flatten(read(file));
  const english = new Map(flatten(read(`${layer}/en.json`)));
  const comparable = (all: Iterable<[string, string]>) =>
    [...all].map(([key]) => key).filter((key) => !PLURAL_FORM.test(key));

  it('has the keys of en in the same order, and no other', () => {
    expect(comparable(texts)).toEqual(comparable(english));
  });

  it('has the placeholders of en in each text', () => {
    for (const [key, text] of texts) {
      const twin = placeholders(english.get(key) ?? english.get(key.replace(PLURAL_FORM, '.other')) ?? '');
      // "One service", "two services": a form that stands for one number need not repeat it.
      const given = placeholders(text);
      const isOneNumber = /\.(zero|one|two)$/.test(key) && !given.includes('count');
      expect(given, key).toEqual(isOneNumber ? twin.filter((name) => name !== 'count') : twin);
    }
  });

  it('has the plural forms that its language needs, and no other', () => {
    const bases = texts
      .filter(([key]) => key.endsWith('.other'))
      .map(([key]) => key.slice(0, -'other'.length));
    for (const base of bases) {
      const given = texts.filter(([key]) => key.startsWith(base)).map(([key]) => key.slice(base.length));
      expect(given.sort(), base).toEqual(formsOf(language));
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
});

describe.each(LANGUAGES)('the words of %s', (language) => {
  const texts = textsOf(language);
  const text = (key: string) => texts.get(key) ?? '';
  const cookies = COOKIE[language] ?? COOKIES;

  it('call accepting and refusing by different names, and no two buttons of a layer alike', () => {
    const layers = [
      ['banner.rejectAll', 'banner.acceptAll', 'banner.customize'],
      ['notice.reject', 'notice.accept', 'banner.customize'],
      ['preferences.save', 'banner.acceptAll', 'banner.rejectAll', 'preferences.close'],
      ['placeholders.loadOnce', 'placeholders.alwaysAllow'],
      ['region.optOut', 'region.allow', 'banner.customize'],
    ];
    for (const keys of layers) {
      expect(new Set(keys.map((key) => text(key).toLowerCase())).size).toBe(keys.length);
    }
    expect(text('preferences.on')).not.toBe(text('preferences.off'));
    expect(text('preferences.on')).not.toBe(text('preferences.partly'));
    expect(text('region.on')).not.toBe(text('region.off'));
    expect(text('region.exemptOn')).not.toBe(text('region.objected'));
  });

  it('give accept and refuse about the same length, so that neither button stands out', () => {
    for (const [accept, reject] of [
      ['banner.acceptAll', 'banner.rejectAll'],
      ['notice.accept', 'notice.reject'],
      ['region.allow', 'region.optOut'],
    ] as const) {
      expect(Math.abs(text(accept).length - text(reject).length), text(accept)).toBeLessThanOrEqual(4);
    }
  });

  it('fit a window of 320 pixels', () => {
    const buttons = ['banner.acceptAll', 'banner.rejectAll', 'banner.customize', 'preferences.save'];
    for (const key of [...buttons, 'region.optOut', 'region.allow']) {
      expect(widthOf(text(key)), key).toBeLessThanOrEqual(BUTTON);
    }
    const states = ['preferences.on', 'preferences.off', 'preferences.partly', 'preferences.alwaysOn'];
    for (const key of [...states, ...['on', 'off', 'exemptOn', 'objected'].map((one) => `region.${one}`)]) {
      expect(widthOf(text(key)), key).toBeLessThanOrEqual(STATE);
    }
    // Four purposes and both paragraphs in half of a phone, scrolling little.
    for (const key of ['banner.title', 'region.title'])
      expect(widthOf(text(key)), key).toBeLessThanOrEqual(40);
    for (const key of ['banner.text', 'region.text', 'region.ask']) {
      expect(widthOf(text(key)), key).toBeLessThanOrEqual(190);
    }
    for (const [key, line] of texts) {
      if (/categories\.\w+\.description/.test(key)) expect(widthOf(line), key).toBeLessThanOrEqual(60);
    }
  });

  it('say cookies in what asks, in the first sentence', () => {
    for (const key of ['banner.text', 'notice.text', 'region.text', 'region.ask']) {
      expect(text(key).split(/[.。।]/)[0], key).toMatch(cookies);
    }
    for (const key of ['banner.title', 'banner.policy', 'preferences.title', 'region.title']) {
      expect(text(key), key).toMatch(cookies);
    }
  });

  it('nudge nobody', () => {
    const words: string[] = JSON.parse(
      readFileSync(new URL(`fixtures/nudging/${language}.json`, import.meta.url), 'utf8'),
    );
    expect(words.length).toBeGreaterThanOrEqual(8);
    for (const [key, one] of texts) expect(nudges(words, one), `${key}: ${one}`).toEqual([]);
  });

  it('are written from the right where the script is', () => {
    expect(text('banner.direction')).toBe(['ar', 'he'].includes(language) ? 'rtl' : 'ltr');
  });

  it('name the five built-in categories and no other', () => {
    expect(Object.keys(read(`banner/${language}.json`)['categories'] as Tree)).toEqual([
      'essential',
      'analytics',
      'preference',
      'personalization',
      'performance',
    ]);
  });

  it('leave no brace open once they are filled, and end no sentence twice', () => {
    const date = new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date('2025-01-15'));
    const values = { date, expiry: date, version: date, duration: '6', names: 'A', vendor: 'A', name: 'A' };
    const more = { host: 'a.example', contact: 'A' };
    for (const [key, one] of texts) {
      const filled = fill(one, { ...values, ...more, count: 2 });
      expect(filled, key).not.toMatch(/[{}]|\.\.|undefined/);
    }
  });
});

describe('French', () => {
  it.each(LAYERS)('has narrow no-break spaces before ; : ! ? and typographic apostrophes in %s', (layer) => {
    for (const [key, text] of flatten(read(`${layer}/fr.json`))) {
      expect(badFrench(text), `${key}: ${text}`).toBe(false);
    }
  });

  it('has a colon for that check to meet', () => {
    expect([...textsOf('fr').values()].some((text) => text.includes(`${NARROW}:`))).toBe(true);
  });
});

describe('where nothing waits for consent', () => {
  const CONSENT: Readonly<Record<string, RegExp>> = { en: /consent|accept/i, fr: /consent|accord|accept/i };
  const saysConsent = (language: string, key: string) =>
    CONSENT[language]?.test(textsOf(language).get(key) ?? '');

  it.each(['en', 'fr'])('the first layer does not speak of it in %s', (language) => {
    for (const key of ['title', 'text', 'optOut', 'allow', 'optOutNote', 'on', 'off']) {
      expect(saysConsent(language, `region.${key}`), key).toBe(false);
    }
    expect(saysConsent(language, 'region.ask')).toBe(true);
  });
});

describe('plurals', () => {
  it.each([
    ['pl', 1, '1 '],
    ['pl', 3, '3 '],
    ['pl', 5, '5 '],
    ['ar', 11, '11'],
    ['ja', 2, '2'],
  ])('of %s count %i', (language, count, start) => {
    const forms = read(`preferences/${language}.json`)['services'] as { other: string };
    expect(plural(forms, count, language)).toContain(start.trim());
  });

  it('differ where the language does', () => {
    const forms = read('preferences/pl.json')['services'] as { other: string };
    expect(new Set([1, 2, 5].map((count) => plural(forms, count, 'pl').replace(/\d+ /, ''))).size).toBe(3);
  });
});

describe('the language that is chosen', () => {
  it.each<[string[], string]>([
    [['fr'], 'fr'],
    [['fr-BE'], 'fr-BE'],
    [['FR_be'], 'fr'],
    [['FR-be'], 'fr-BE'],
    [['zh-Hans-CN'], 'zh'],
    [['pt-BR'], 'pt-BR'],
    [['no'], 'no'],
    [['nn-NO'], 'nn-NO'],
    [['iw'], 'iw'],
    [['', 'xx', 'gsw', 'nl'], 'nl'],
    [['x', 'r ', ' b', 'arg', 'fil-PH'], 'en'],
    [[], 'en'],
  ])('of %j is %s', (tags, locale) => {
    expect(chooseLocale(tags)).toBe(locale);
  });

  it.each(LANGUAGES)('%s has texts', (language) => {
    expect(chooseLocale([language])).toBe(language);
  });
});

it('a site may word itself what it reads, and what it can word is read', () => {
  const keys = new Map([...textsOf('en')].filter(([key]) => !/^banner\.(direction$|categories\.)/.test(key)));
  for (const [key, text] of keys) {
    expect([...(TEXT_KEYS.get(key) ?? ['?'])].sort(), key).toEqual(placeholders(text));
  }
  const known = [...TEXT_KEYS.keys()].filter((key) => !/\.(zero|two|few|many)$/.test(key));
  expect(known.sort()).toEqual([...keys.keys()].sort());
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

  it.each([
    ['en', 'We value your privacy'],
    ['fr', 'Pour une meilleure expérience'],
    ['de', 'Für das beste Erlebnis empfohlen'],
  ])('find a nudge in %s', (language, text) => {
    const words = JSON.parse(
      readFileSync(new URL(`fixtures/nudging/${language}.json`, import.meta.url), 'utf8'),
    );
    expect(nudges(words, text)).not.toEqual([]);
  });
});
