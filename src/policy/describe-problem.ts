import type { Problem } from './problems.ts';

/** `2 errors, 1 warning`; `no problem` when there is none. */
export function countProblems(problems: readonly Problem[]): string {
  const count = (level: Problem['level']) => {
    const { length } = problems.filter((problem) => problem.level === level);
    return length === 0 ? [] : [`${length} ${level}${length === 1 ? '' : 's'}`];
  };
  return [...count('error'), ...count('warning')].join(', ') || 'no problem';
}

/** A problem on aligned lines, readable without colour. */
export function describeProblem({ level, where, got, expected, fix, rule }: Problem): string {
  const lines = [
    [level, where],
    ['  got', got],
    ['  expected', expected],
    ['  fix', fix],
    ...(rule ? [['  rule', rule]] : []),
  ];
  return lines.map(([label, text]) => `${label?.padEnd(11)} ${text}`).join('\n');
}
