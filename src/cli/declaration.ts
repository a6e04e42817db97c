import { normalizePolicy } from '../policy/normalize.ts';
import { describeDeclaration } from '../ui/describe-declaration.ts';
import { ownTexts } from '../ui/own-texts.ts';
import { type ExitCode, type Io, UNUSABLE } from './io.ts';
import { readPolicyFile, reasonOf } from './read-policy-file.ts';
import { readTexts } from './read-texts.ts';
import { writeDeclaration } from './write-declaration.ts';

export interface DeclarationOptions {
  /** `fr` or `fr-BE`. @default 'en' */
  readonly locale?: string;
  /** File to write. @default absent: it is printed */
  readonly out?: string;
}

/** Writes the table of a cookie policy as HTML that needs no script: a fragment to paste or to include. */
export function declaration(file: string, options: DeclarationOptions, io: Io): ExitCode {
  const policy = readPolicyFile(file, io);
  if (typeof policy === 'number') return policy;
  const refuse = (message: string): ExitCode => {
    io.stderr(`bandeau: ${message}\n`);
    return UNUSABLE;
  };

  const all = readTexts(io);
  if (typeof all === 'string') return refuse(all);
  // What looks like a number or comes twice is not read as a text.
  const given = String(options.locale ?? 'en');
  const [locale = ''] = /^[a-z]{2}(-[a-z]{2})?$/i.test(given) ? Intl.getCanonicalLocales(given) : [];
  const texts = new Map(Object.entries(all)).get(locale.slice(0, 2));
  if (!texts) {
    return refuse(`no texts for ${JSON.stringify(given)}. There are: ${Object.keys(all).join(', ')}.`);
  }

  const html = writeDeclaration(
    describeDeclaration(
      normalizePolicy(policy),
      ownTexts('banner', texts.banner, policy.texts, locale),
      ownTexts('declaration', texts.declaration, policy.texts, locale),
      locale,
      ownTexts('region', texts.region, policy.texts, locale),
    ),
  );
  if (options.out === undefined) {
    io.stdout(html);
    return 0;
  }
  const out = String(options.out);
  try {
    io.writeFile(out, html);
    return 0;
  } catch (error) {
    return refuse(`${out} can't be written: ${reasonOf(error)}`);
  }
}
