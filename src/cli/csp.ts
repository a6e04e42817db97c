import { describeProblem } from '../policy/describe-problem.ts';
import { parsePolicy } from '../policy/parse.ts';
import { contentSecurityPolicy, ShieldError } from '../server/index.ts';
import { type ExitCode, type Io, PROBLEMS, UNUSABLE } from './io.ts';

export interface CspOptions {
  /** Print `<meta>` elements instead of a header. @default false */
  readonly meta?: boolean;
  /** Refuse nothing, report everything. @default false */
  readonly reportOnly?: boolean;
  /** Address that browsers send reports to. */
  readonly reportUri?: string;
  /** The site's own security policy. */
  readonly base?: string;
}

/** For an attribute in double quotes. */
const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Prints the header of a static site, which is the same for every visitor: the gate in the page does the rest. */
export function csp(file: string, options: CspOptions, io: Io): ExitCode {
  let text: string;
  try {
    text = io.readFile(file);
  } catch (error) {
    io.stderr(`bandeau: ${file} can't be read: ${error instanceof Error ? error.message : String(error)}\n`);
    return UNUSABLE;
  }
  const { policy, problems } = parsePolicy(text);
  if (!policy) {
    for (const problem of problems) io.stderr(`${describeProblem(problem)}\n\n`);
    return PROBLEMS;
  }
  const { meta = false, reportOnly = false, reportUri, base } = options;
  try {
    const { name, value, policies } = contentSecurityPolicy(policy, null, {
      meta,
      reportOnly,
      // A number on the command line is read as one.
      ...(reportUri !== undefined && { reportUri: String(reportUri) }),
      ...(base !== undefined && { base: String(base) }),
    });
    const elements = policies.map((one) => `<meta http-equiv="${name}" content="${escapeHtml(one)}">\n`);
    io.stdout(meta ? elements.join('') : `${name}: ${value}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ShieldError)) throw error;
    io.stderr(`${error.message}\n`);
    return UNUSABLE;
  }
}
