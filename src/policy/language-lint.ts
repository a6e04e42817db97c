/** What a sentence can do wrong. */
export type LintTopic = 'implied-consent' | 'browser-settings' | 'dissuasive' | 'steering' | 'vague-purpose';

/**
 * One way of saying the wrong thing. Every expression is tested on one sentence in lower case, without
 * accents, typographic quotes or double spaces, and in any order, so that "you accept by continuing" is
 * found as well as "by continuing you accept".
 */
export interface LintRule {
  readonly topic: Exclude<LintTopic, 'vague-purpose'>;
  /** All of these must be in the sentence. */
  readonly all: readonly RegExp[];
  /** Innocent turns, taken out of the sentence first: negations, conditions. Global expressions. */
  readonly except?: readonly RegExp[];
}

/** What is known of one language. */
export interface LanguageLint {
  readonly rules: readonly LintRule[];
  /** Turns that tell nothing about what is done with the data. Global expressions. */
  readonly vague: readonly RegExp[];
  /** Words that add nothing to a vague turn. */
  readonly filler: ReadonlySet<string>;
}
