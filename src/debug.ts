import { countProblems, describeProblem } from './policy/describe-problem.ts';
import type { Problem } from './policy/problems.ts';
import { validatePolicy } from './policy/validate.ts';

/** `services[2]` of `services[2].cookies[0].name`: what the integrator will have open in the editor. */
const part = ({ where }: Problem) => /^[^.[]+(?:\[\d+\])?/.exec(where)?.[0] ?? where;

function grouped(problems: readonly Problem[]): string {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const group = groups.get(part(problem)) ?? [];
    groups.set(part(problem), [...group, problem]);
  }
  return [...groups.values()].flat().map(describeProblem).join('\n\n');
}

/**
 * Prints every problem of a policy in words: all errors in one message, all warnings in another, each
 * sorted by the part of the policy that they are about. Silent when there is none. For development only.
 * @param log normally `console`
 * @returns what was printed
 */
export function reportProblems(policy: unknown, log: Pick<Console, 'error' | 'warn' | 'info'>): Problem[] {
  const problems = validatePolicy(policy);
  const errors = problems.filter(({ level }) => level === 'error');
  const warnings = problems.filter(({ level }) => level === 'warning');
  if (errors.length > 0) log.error(`bandeau: ${countProblems(errors)} in the policy\n\n${grouped(errors)}`);
  if (warnings.length > 0)
    log.warn(`bandeau: ${countProblems(warnings)} in the policy\n\n${grouped(warnings)}`);
  if (problems.length > 0)
    log.info('bandeau: the same check runs in a build with `npx bandeau check policy.json`.');
  return problems;
}
