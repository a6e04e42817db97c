import { languageOf } from '../policy/language-of.ts';

/** As they were written on the command line. */
export interface LoadOptions {
  /** File of the policy. */
  readonly policy?: string;
  /** Where a page finds that file. @default its name at the root of the site */
  readonly policyUrl?: string;
  /** Where the site serves what is in `dist/`. @default /bandeau/ */
  readonly base?: string;
  /** Names that hold a hash, and the core's hash for `integrity`. @default false */
  readonly hashed?: boolean;
  /** The core's hash for `integrity`. @default false */
  readonly integrity?: boolean;
  /** The page waits for the core. @default false */
  readonly blocking?: boolean;
  /** `core` or `banner`: what stands in the page itself. */
  readonly inline?: string;
  /** Languages of the site's pages, separated by commas. @default all that there are texts for */
  readonly lang?: string;
  readonly layout?: string;
  readonly position?: string;
  readonly modal?: boolean;
  /** Of the visitor. */
  readonly region?: string;
  readonly nonce?: string;
  /** Print what a Content-Security-Policy allows the scripts by. @default false */
  readonly csp?: boolean;
}

/** Each option that takes a value, what it may be, and how that is said. */
const FORMATS: readonly (readonly [
  key: keyof LoadOptions,
  flag: string,
  format: RegExp,
  expected: string,
])[] = [
  [
    'base',
    'base',
    /^(https?:\/\/|\.{0,2}\/)[\w\-.~:/@%+,=]*$/i,
    'the address of a folder, such as /bandeau/ or https://cdn.example/bandeau/',
  ],
  ['policyUrl', 'policy-url', /^[^\s"'<>`]+$/, 'an address, such as /policy.json'],
  ['inline', 'inline', /^(core|banner)$/, 'core or banner'],
  ['layout', 'layout', /^(box|bar|center)$/, 'box, bar or center'],
  [
    'position',
    'position',
    /^((top|bottom)( (start|end))?|start|end)$/,
    'an edge and a corner, such as "bottom end" or top',
  ],
  ['region', 'region', /^[a-z]{2}(-[a-z\d]{1,3})?$/i, 'a code of ISO 3166, such as fr or us-ca'],
  ['nonce', 'nonce', /./, 'what the page’s header says'],
];

/** What is wrong with the options; nothing where they can be followed. */
export function refusalOf(options: LoadOptions, known: readonly string[]): string | undefined {
  const { inline, lang, blocking, integrity } = options;
  for (const [key, flag, format, expected] of FORMATS) {
    const value = options[key];
    if (value !== undefined && !format.test(String(value))) {
      return `--${flag} is ${expected}; got ${JSON.stringify(value)}.`;
    }
  }
  const languages = languagesOf(options);
  const unknown = languages.find((one) => !known.includes(one));
  if (unknown !== undefined) return `--lang has no texts in ${JSON.stringify(unknown)}: ${known.join(' ')}.`;
  if (inline === 'banner' && lang === undefined) return '--inline banner needs --lang, such as fr or fr,en.';
  if (inline && blocking) return '--blocking is for a core that is no part of the page.';
  if (inline && integrity)
    return '--integrity is for a core that is no part of the page: --csp prints its hash.';
  return undefined;
}

/** The languages that were asked for, each by the name of its file. */
export const languagesOf = ({ lang }: LoadOptions): string[] =>
  lang === undefined
    ? []
    : [
        ...new Set(
          String(lang)
            .split(',')
            .map((tag) => languageOf(tag.trim())),
        ),
      ];

/** Where the page finds the policy; nothing where it stands in the page, or is no file. */
export function policyUrlOf({ policy, policyUrl, inline }: LoadOptions): string | undefined {
  if (policyUrl !== undefined || policy === undefined || inline) return policyUrl;
  return `/${encodeURIComponent(policy.replace(/^.*[\\/]/, ''))}`;
}
