import { contentSecurityPolicy, ShieldError } from '../server/index.ts';
import { escapeAttribute } from './escape-attribute.ts';
import { type ExitCode, type Io, UNUSABLE } from './io.ts';
import { readPolicyFile } from './read-policy-file.ts';

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

/** Prints the header of a static site, which is the same for every visitor: the gate in the page does the rest. */
export function csp(file: string, options: CspOptions, io: Io): ExitCode {
  const policy = readPolicyFile(file, io);
  if (typeof policy === 'number') return policy;
  const { meta = false, reportOnly = false, reportUri, base } = options;
  try {
    const { name, value, policies } = contentSecurityPolicy(policy, null, {
      meta,
      reportOnly,
      // A number on the command line is read as one.
      ...(reportUri !== undefined && { reportUri: String(reportUri) }),
      ...(base !== undefined && { base: String(base) }),
    });
    const elements = policies.map((one) => `<meta http-equiv="${name}" content="${escapeAttribute(one)}">\n`);
    io.stdout(meta ? elements.join('') : `${name}: ${value}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ShieldError)) throw error;
    io.stderr(`${error.message}\n`);
    return UNUSABLE;
  }
}
