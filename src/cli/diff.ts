import { compareVersions } from './compare-versions.ts';
import { describeDiff } from './describe-diff.ts';
import type { ExitCode, Io } from './io.ts';
import { readPolicyFile } from './read-policy-file.ts';

export interface DiffOptions {
  /** Print a JSON report. @default false */
  readonly json?: boolean;
}

/** Prints what changed between two versions of a policy, and who will be asked what. */
export function diff(before: string, after: string, { json }: DiffOptions, io: Io): ExitCode {
  const then = readPolicyFile(before, io);
  if (typeof then === 'number') return then;
  const now = readPolicyFile(after, io);
  if (typeof now === 'number') return now;
  const result = compareVersions(then, now);
  io.stdout(json ? `${JSON.stringify(result, null, 2)}\n` : describeDiff(result));
  return 0;
}
