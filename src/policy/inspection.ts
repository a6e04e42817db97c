import type { Facts } from './facts.ts';
import { type Advice, type Problem, show } from './problems.ts';
import type { Tree } from './snapshot.ts';

/** What a text is for, which decides what is asked of it. */
export interface TextRole {
  /** A `title` may be the same word in all languages; a `purpose` must say something. */
  readonly kind: 'title' | 'purpose' | 'sentence';
  /** True where nothing can be refused, so that "it can't work without" is no pressure. @default false */
  readonly required?: boolean;
}

/** A text of the policy, kept for the checks that compare texts or read their words. */
export interface FoundText extends TextRole {
  readonly where: string;
  /** The text itself, one for each language; the key is null for a text without a language. */
  readonly versions: readonly { readonly language: string | null; readonly text: string }[];
}

/** What the checks share while one policy is read. */
export interface Inspection {
  readonly facts: Facts;
  readonly problems: Problem[];
  readonly texts: FoundText[];
  /** Where each id was first seen. */
  readonly ids: Map<string, string>;
  error(where: string, got: Tree, advice: Advice): void;
  warn(where: string, got: Tree, advice: Advice): void;
}

/** Reads one value. A value that is absent arrives as undefined. */
export type Check = (value: Tree, where: string, to: Inspection) => void;

export function createInspection(facts: Facts): Inspection {
  const problems: Problem[] = [];
  const add =
    (level: Problem['level']) =>
    (where: string, got: Tree, { expected, fix, rule }: Advice) => {
      problems.push({
        level,
        where: where || 'policy',
        got: show(got),
        expected,
        fix,
        ...(rule && { rule }),
      });
    };
  return { facts, problems, texts: [], ids: new Map(), error: add('error'), warn: add('warning') };
}
