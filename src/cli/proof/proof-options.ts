import { languageOf } from '../../policy/language-of.ts';
import type { Policy } from '../../types.ts';
import type { Size } from './manifest.ts';

/** As they come from the command line, where what looks like a number is one. */
export interface ProofOptions {
  /** Folder to write to. @default 'proof' */
  readonly out?: string;
  /** Languages, with commas between them. @default those of the policy's own texts, else English */
  readonly locales?: string;
  /** Sizes of windows, with commas between them. @default '1280x800,390x844,320x568' */
  readonly viewports?: string;
  /** In dark colours too. @default false */
  readonly dark?: boolean;
  /** Policy that the visitor of the notice has accepted. @default absent: no notice */
  readonly previous?: string;
  /** Executable of Chromium or Chrome. @default CHROME_PATH, or where it is usually installed */
  readonly browser?: string;
  /** Time that the manifest has, ISO 8601. @default now */
  readonly date?: string;
  /** Style sheet of the site, for colours and fonts of its own. */
  readonly style?: string;
  readonly layout?: string;
  readonly position?: string;
  /** Print the manifest. @default false */
  readonly json?: boolean;
}

/** What was asked for, checked. */
export interface Wanted {
  readonly out: string;
  /** Canonical tags: `fr`, `fr-BE`. */
  readonly locales: readonly string[];
  readonly viewports: readonly (Size & { readonly name: string })[];
  readonly colorSchemes: readonly ('light' | 'dark')[];
  /** ISO 8601. */
  readonly time: string;
  readonly layout: string;
  readonly position: string;
}

const listOf = (given: unknown) =>
  String(given)
    .split(',')
    .map((one) => one.trim());
const once = <T>(list: readonly T[]) => [...new Set(list)];

const readLocales = (given: unknown, languages: readonly string[]) =>
  once(
    listOf(given).map((tag) => {
      const [locale = ''] = /^[a-z]{2}(-[a-z]{2})?$/i.test(tag) ? Intl.getCanonicalLocales(tag) : [];
      if (languages.includes(languageOf(locale))) return locale;
      throw new Error(`no texts for ${JSON.stringify(tag)}. There are: ${languages.join(', ')}.`);
    }),
  );

const readViewports = (given: unknown) =>
  once(listOf(given)).map((name) => {
    const [, width = 0, height = 0] = (/^(\d{3,4})x(\d{3,4})$/.exec(name) ?? []).map(Number);
    if (width >= 200 && height >= 200) return { name, width, height };
    throw new Error(
      `${JSON.stringify(name)} is no size of a window: write it as 390x844, from 200x200 to 9999x9999.`,
    );
  });

const readTime = (given: unknown, now: number) => {
  if (given === undefined) return new Date(now).toISOString();
  const text = String(given);
  const time = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  throw new Error(
    `${JSON.stringify(text)} is no date: write it as 2025-09-01 or 2025-09-01T12:00:00Z, with a time zone.`,
  );
};

const readWord = (name: string, given: unknown, allowed: RegExp, words: string) => {
  const text = given === undefined ? '' : String(given);
  if (text === '' || allowed.test(text)) return text;
  throw new Error(`--${name} is one of ${words}, not ${JSON.stringify(text)}.`);
};

/**
 * Checks what was asked for.
 * @param languages that there are texts for
 * @throws {Error} that says what is wrong with it
 */
export function readProofOptions(
  options: ProofOptions,
  policy: Policy,
  languages: readonly string[],
  now: number,
): Wanted {
  const own = languagesOf(policy).filter((tag) => languages.includes(languageOf(tag)));
  return {
    out: String(options.out ?? 'proof'),
    locales: readLocales(options.locales ?? (own.length > 0 ? own : 'en'), languages),
    viewports: readViewports(options.viewports ?? '1280x800,390x844,320x568'),
    colorSchemes: options.dark ? ['light', 'dark'] : ['light'],
    time: readTime(options.date, now),
    layout: readWord('layout', options.layout, /^(box|bar|center)$/, 'box, bar and center'),
    position: readWord(
      'position',
      options.position,
      /^(bottom|top) (start|end)$/,
      '"bottom start", "bottom end", "top start" and "top end"',
    ),
  };
}

/** The languages that a policy has texts in, in the order in which they come. */
export function languagesOf(policy: Policy): string[] {
  const found = new Set<string>();
  const look = (value: unknown, isListed: boolean) => {
    if (typeof value !== 'object' || value === null) return;
    const keys = Object.keys(value);
    // A category may have an `id` and nothing else, which is a language as well; but no text stands in a list.
    if (!isListed && keys.every((key) => /^[a-z]{2}(-[A-Z]{2})?$/.test(key))) {
      for (const key of keys) found.add(key);
    } else for (const member of Object.values(value)) look(member, Array.isArray(value));
  };
  look(policy, true);
  return [...found];
}
