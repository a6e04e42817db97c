import { MAX_TEXT } from './check-text.ts';
import { isLanguageTag } from './formats.ts';
import type { FoundText, Inspection } from './inspection.ts';
import type { LintTopic } from './language-lint.ts';
import { type Advice, at } from './problems.ts';
import { lintText } from './text-lint.ts';

const ADVICE: Readonly<Record<LintTopic, Advice>> = {
  'implied-consent': {
    expected: 'no claim that going on, or doing nothing, is an acceptance',
    fix: 'Remove the sentence: only a click is consent, also to a changed policy. True would be that without a choice only essential cookies are used.',
    rule: 'R8',
  },
  'browser-settings': {
    expected: 'no reference to browser settings as the way to refuse',
    fix: 'Point to the link that opens the preferences: refusing must be as easy as accepting.',
    rule: 'R22',
  },
  dissuasive: {
    expected: 'a neutral sentence that warns nobody off refusing',
    fix: 'Say what each purpose does. If something visible is missing after a refusal, name just that, without judging.',
    rule: 'R24',
  },
  steering: {
    expected: 'no feelings, rewards or haste around the choice',
    fix: 'Remove the sentence, or say only what the cookies are for.',
    rule: 'R12',
  },
  'vague-purpose': {
    expected: 'a purpose that tells what is done, such as "Counts which pages are read"',
    fix: 'Say what the service does with what it reads; a better experience is no purpose.',
    rule: 'R5',
  },
};

/** Whether the rule makes sense for this text. */
function concerns(topic: LintTopic, { kind, required }: FoundText): boolean {
  if (topic === 'vague-purpose') return kind === 'purpose';
  if (topic === 'dissuasive') return !required;
  return true;
}

/** Reads the words of every text that the checks found. */
export function checkWording(to: Inspection): void {
  for (const found of to.texts) {
    for (const { language, text } of found.versions) {
      for (const { topic, excerpt } of lintText(text.slice(0, MAX_TEXT))) {
        const where = language === null ? found.where : at(found.where, language);
        if (concerns(topic, found)) to.warn(where, excerpt, ADVICE[topic]);
      }
    }
  }
}

/** A text in `fr` also serves a page in `fr-be`. */
function serves(offered: string, wanted: string): boolean {
  return `${wanted.toLowerCase()}-`.startsWith(`${offered.toLowerCase()}-`);
}

/** A visitor must not meet a second language in the middle of the banner (R13). */
export function checkLanguages(to: Inspection): void {
  const spoken = new Set(to.texts.flatMap(({ versions }) => versions.map(({ language }) => language)));
  const languages = [...spoken].filter((language) => language !== null).filter(isLanguageTag);
  for (const { where, kind, versions } of to.texts) {
    const isUntagged = versions[0]?.language === null;
    // One word for everyone may be meant, in a title. A sentence is in some language.
    if (versions.length === 0 || (isUntagged && (kind === 'title' || languages.length < 2))) continue;
    const missing = languages.filter(
      (wanted) => !versions.some(({ language }) => language !== null && serves(language, wanted)),
    );
    if (missing.length === 0) continue;
    to.warn(
      where,
      isUntagged ? versions[0]?.text : Object.fromEntries(versions.map((v) => [v.language, v.text])),
      {
        expected: `a text in ${missing.join(', ')} too, as other texts of the policy have`,
        fix: isUntagged ? `Write it as an object with ${languages.join(', ')}.` : 'Add the translation.',
        rule: 'R13',
      },
    );
  }
}
