import { countProblems, describeProblem } from '../policy/describe-problem.ts';
import { parsePolicy } from '../policy/parse.ts';
import type { Policy } from '../types.ts';
import { type ExitCode, type Io, PROBLEMS, UNUSABLE } from './io.ts';

/** Why something could not be read, in words. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * The policy in a file, for commands that make something of it. Why there is none is told on the way.
 * @returns the exit code where there is none
 */
export function readPolicyFile(file: string, io: Io): Policy | ExitCode {
  let text: string;
  try {
    text = io.readFile(file);
  } catch (error) {
    io.stderr(`bandeau: ${file} can't be read: ${reasonOf(error)}\n`);
    return UNUSABLE;
  }
  const { policy, problems } = parsePolicy(text);
  if (policy) return policy;
  const all = problems.map((problem) => `${describeProblem(problem)}\n`);
  io.stderr([`${file}: ${countProblems(problems)}\n`, ...all].join('\n'));
  return PROBLEMS;
}
