import { countProblems, describeProblem } from '../policy/describe-problem.ts';
import { parsePolicy } from '../policy/parse.ts';
import type { Problem } from '../policy/problems.ts';
import { type ExitCode, type Io, PROBLEMS, UNUSABLE } from './io.ts';
import { reasonOf } from './read-policy-file.ts';

export interface CheckOptions {
  /** Print a JSON report. @default false */
  readonly json?: boolean;
  /** Warnings fail too. @default false */
  readonly strict?: boolean;
}

/** What was found in one file; the `files` of the JSON report hold these. */
export interface FileReport {
  readonly file: string;
  readonly ok: boolean;
  readonly problems: readonly Problem[];
  /** Absent where there are errors. */
  readonly categories?: number;
  readonly services?: number;
  /** Why the file could not be read. */
  readonly unreadable?: string;
}

function examine(file: string, strict: boolean, io: Io): FileReport {
  let text: string;
  try {
    text = io.readFile(file);
  } catch (error) {
    return {
      file,
      ok: false,
      problems: [],
      unreadable: reasonOf(error),
    };
  }
  const { policy, problems } = parsePolicy(text);
  return {
    file,
    ok: policy !== undefined && !(strict && problems.length > 0),
    problems,
    ...(policy && { categories: policy.categories.length, services: policy.services.length }),
  };
}

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

function describe({ file, problems, categories, services }: FileReport): string {
  const size =
    categories === undefined || services === undefined
      ? ''
      : ` (${plural(categories, 'category', 'categories')}, ${plural(services, 'service', 'services')})`;
  const summary = `${file}: ${countProblems(problems)}${size}\n`;
  return [summary, ...problems.map((problem) => `${describeProblem(problem)}\n`)].join('\n');
}

/** Checks policy files and reports on all of them, in the order given. */
export function check(files: readonly string[], { json, strict }: CheckOptions, io: Io): ExitCode {
  const reports = files.map((file) => examine(file, strict === true, io));
  const ok = reports.every((report) => report.ok);
  for (const { file, unreadable } of reports) {
    if (unreadable !== undefined) io.stderr(`bandeau: ${file} can't be read: ${unreadable}\n`);
  }
  if (json) io.stdout(`${JSON.stringify({ ok, files: reports }, null, 2)}\n`);
  else {
    const readable = reports.filter(({ unreadable }) => unreadable === undefined);
    if (readable.length > 0) io.stdout(readable.map(describe).join('\n'));
  }
  if (reports.some(({ unreadable }) => unreadable !== undefined)) return UNUSABLE;
  return ok ? 0 : PROBLEMS;
}
