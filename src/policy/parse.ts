import type { Policy } from '../types.ts';
import { findDoubledKey } from './doubled-key.ts';
import { findJsonError } from './json-error.ts';
import { type Problem, quote } from './problems.ts';
import { validatePolicy } from './validate.ts';

function adviceFor(text: string, offset: number): string {
  const found = text[offset];
  if (found === undefined) return 'The file stops too early: close what is still open.';
  if (found === "'" || found === '“' || found === '”') return 'JSON knows straight double quotes only: "…".';
  if (found === '/' || found === '#') return 'Remove the comment: JSON has none.';
  if (/,\s*$/.test(text.slice(Math.max(0, offset - 200), offset))) {
    return 'Remove the comma before it: JSON allows none after the last entry.';
  }
  if (/[A-Za-z_$]/.test(found)) return 'Put it in double quotes.';
  return 'Correct the text just before this place; often a comma, a colon or a quote is missing.';
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

function doubledKey(text: string): Problem[] {
  const { offset, key } = findDoubledKey(text) ?? {};
  if (offset === undefined || key === undefined) return [];
  return [
    {
      level: 'error',
      where: placeOf(text, offset),
      got: `${quote(key)} for the second time`,
      expected: 'each key of an object once',
      fix: 'Remove one of the two: which of them is read depends on the reader.',
    },
  ];
}

function syntaxProblem(text: string): Problem {
  const { offset, expected } = findJsonError(text) ?? { offset: 0, expected: 'a JSON text' };
  return {
    level: 'error',
    where: placeOf(text, offset),
    got:
      offset < text.length
        ? quote(text.slice(offset, offset + 20).split(/[\r\n]/, 1)[0] || '\n')
        : 'the end of the text',
    expected,
    fix: adviceFor(text, offset),
  };
}

/**
 * Reads a policy from JSON text. A byte order mark is skipped, as `fetch` does.
 * @returns the policy unless there is an error, and every problem. Never throws.
 */
export function parsePolicy(json: string): { policy?: Policy; problems: Problem[] } {
  const text = json.replace(/^\ufeff/, '');
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    return { problems: [syntaxProblem(text)] };
  }
  const problems = [...doubledKey(text), ...validatePolicy(policy)];
  // Without an error, the shape is the contract's.
  return problems.some(({ level }) => level === 'error')
    ? { problems }
    : { policy: policy as Policy, problems };
}
