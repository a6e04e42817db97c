import type { LanguageLint, LintRule, LintTopic } from './language-lint.ts';
import { english } from './text-lint-en.ts';
import { french } from './text-lint-fr.ts';
import { dutch } from './text-lint-nl.ts';

export interface Finding {
  readonly topic: LintTopic;
  /** The sentence, as it was written. */
  readonly excerpt: string;
}

const LANGUAGES: readonly LanguageLint[] = [french, english, dutch];

/**
 * Cuts after a full stop, an exclamation mark or a semicolon, unless what follows points back ("This
 * means that you agree"). A question mark does not cut: "Do you go on? Then you agree" is one claim.
 */
const SENTENCE_END =
  /[.!;…]+\s+(?!(?:cela|ceci|ça|ca|c'est|c’est|this|that|which|doing so|dit|dat|daarmee|hiermee)\b)|\n+/iu;

function simplify(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\u200b\u2060\ufeff\u00ad]/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/["“”„«»]/g, ' ')
    .replace(/[‐-―]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/' /g, "'")
    .trim();
}

const without = (text: string, parts: readonly RegExp[]) =>
  parts.reduce((rest, part) => rest.replace(part, ' '), text);

function breaks({ all, except = [] }: LintRule, sentence: string): boolean {
  const rest = without(sentence, except);
  return all.every((part) => part.test(rest));
}

/** True when nothing is left to read once the vague turns and the small words are gone. */
function isVague(text: string): boolean {
  return LANGUAGES.some(({ vague, filler }) => {
    const rest = without(text, vague);
    if (rest === text) return false;
    return rest.split(/[^\p{L}\p{N}]+/u).every((word) => word === '' || filler.has(word));
  });
}

/**
 * Looks for wording that regulators hold against a banner, in French, English and Dutch whatever the
 * language of the text, because a wrong label must not hide it. It knows turns of phrase, not meaning:
 * a finding deserves a look, and none is no proof.
 * @returns one finding at most for each topic
 */
export function lintText(text: string): Finding[] {
  const found = new Map<LintTopic, Finding>();
  for (const original of text.split(SENTENCE_END)) {
    const sentence = simplify(original);
    for (const { rules } of LANGUAGES) {
      for (const rule of rules) {
        if (found.has(rule.topic) || !breaks(rule, sentence)) continue;
        found.set(rule.topic, { topic: rule.topic, excerpt: original.trim() });
      }
    }
  }
  if (isVague(simplify(text))) found.set('vague-purpose', { topic: 'vague-purpose', excerpt: text.trim() });
  return [...found.values()];
}
