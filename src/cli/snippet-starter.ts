import { languageOf, OTHER_TAGS } from '../policy/language-of.ts';
import { literalInside } from './inside-script.ts';

export interface Starter {
  /** Of the cookie that only who has decided has. */
  readonly cookieName: string;
  /** Before each of the files. */
  readonly base: string;
  /** What a first visit loads after the core, below the base; `*` where the name has the page's language. */
  readonly files: readonly string[];
  /** Of the site's pages, the usual one first; or all that there are texts for. */
  readonly languages: readonly string[];
  readonly isOfSite: boolean;
  readonly hasNonce: boolean;
}

/** `fi|fr|ja` as `f[ir]|ja`. */
function alternatives(languages: readonly string[]): string {
  const byFirst = new Map<string, string[]>();
  for (const [first = '', ...rest] of [...languages].sort()) {
    byFirst.set(first, [...(byFirst.get(first) ?? []), rest.join('')]);
  }
  return [...byFirst].map(([first, rest]) => first + (rest[1] ? `[${rest.join('')}]` : rest[0])).join('|');
}

/**
 * The language that the core would choose: the page's, else the first of the browser's that there are texts for, else
 * English. Where a site has said in which languages its pages are, the first of these stands for any other.
 */
function chosenLanguage({ languages, isOfSite }: Starter): string {
  const aliases = OTHER_TAGS.filter((tag) => languages.includes(languageOf(tag)));
  const known = alternatives([...languages, ...aliases]);
  const otherwise = literalInside(isOfSite ? languages[0] : 'en');
  const found = isOfSite
    ? `/^(${known})(?![a-z])/i.exec(d.documentElement.lang)`
    : `/(?:^|,)(${known})(?![a-z])/i.exec([d.documentElement.lang,navigator.languages])`;
  const tag = `(${found}||[,${otherwise}])[1].toLowerCase()`;
  const same = aliases.map((alias) => `${alias}:${literalInside(languageOf(alias))}`);
  return same[0] ? `({${same}})[t=${tag}]||t` : tag;
}

/**
 * The script that lets a first visit download what it shows beside the core. Its links are `preload` and not
 * `modulepreload`: after one of those, some browsers ignore an import map of the page.
 */
export function starterScript(starter: Starter): string {
  const { cookieName, base, files, hasNonce } = starter;
  const name = cookieName.replace(/[$*+.^|]/g, '\\$&');
  const all = files.map((file) => file.split('*').map(literalInside).join('+t+'));
  const isByLanguage = files.some((file) => file.includes('*'));
  const language = isByLanguage ? `t=${chosenLanguage(starter)};` : '';
  const nonce = hasNonce ? ',nonce:d.currentScript.nonce' : '';
  const link = `{rel:"preload",as:"script",crossOrigin:""${nonce},href:${literalInside(base)}+f}`;
  const append = `d.head.append(Object.assign(d.createElement("link"),${link}))`;
  // In a sandboxed frame there are no cookies to be asked for.
  return `try{let d=document,f,t;if(!/(^|; )${name}=[^;]/.test(d.cookie)){${language}for(f of[${all}])${append}}}catch{}`;
}
