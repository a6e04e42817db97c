import { type Tree, Unreadable } from './snapshot.ts';

/** Something wrong with a policy, in words that a person who never read our code can act on. */
export interface Problem {
  /** An error makes the policy unusable or unlawful; a warning deserves a look. */
  readonly level: 'error' | 'warning';
  /** Path such as `services[2].cookies[0].lifetimeDays`; `line 3, column 7` for JSON that can't be parsed. */
  readonly where: string;
  /** What was found there, shortened. */
  readonly got: string;
  readonly expected: string;
  /** What to do about it. */
  readonly fix: string;
  /** The requirement behind it, such as `R29`. Absent where it is a mere matter of format. */
  readonly rule?: RuleId;
}

/** Id of a requirement, such as `R29`. */
export type RuleId = `R${number}`;

/** The part of a {@link Problem} that does not depend on what was found. */
export interface Advice {
  readonly expected: string;
  readonly fix: string;
  readonly rule?: RuleId;
}

const MAX_SHOWN = 80;

/** Characters that a terminal or a console would obey instead of showing: C1 controls, direction marks. */
const INVISIBLE = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A text on one line, in double quotes, at most 80 characters of it, with nothing that a terminal obeys. */
export function quote(text: string): string {
  const short = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text;
  return JSON.stringify(short).replace(
    INVISIBLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A short rendering of what was found. */
export function show(value: Tree): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return quote(value);
  if (value instanceof Unreadable) return value.what;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value !== 'object' || value === null) return String(value);
  const keys = Object.keys(value);
  if (keys.length === 0) return 'an object without keys';
  const shown = keys.slice(0, 4).map((key) => quote(key).slice(1, -1));
  return `an object with ${shown.join(', ')}${keys.length > shown.length ? ', …' : ''}`;
}

/** Path of a member: `at('services[2]', 'vendor')`, `at('services', 2)`. */
export function at(where: string, key: string | number): string {
  if (typeof key === 'number') return `${where}[${key}]`;
  if (!/^[A-Za-z_$][\w$]{0,63}$/.test(key)) return `${where}[${quote(key)}]`;
  return where === '' ? key : `${where}.${key}`;
}
