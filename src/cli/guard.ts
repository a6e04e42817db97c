import { countProblems, describeProblem } from '../policy/describe-problem.ts';
import { parsePolicy } from '../policy/parse.ts';
import { type ExitCode, type Io, PROBLEMS, UNUSABLE } from './io.ts';

export interface GuardOptions {
  /** Nonce of the page's Content-Security-Policy, or what the server's template replaces by it. */
  readonly nonce?: string;
}

const attribute = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Inside of a script, as the parser of HTML and older ones of JavaScript read it. */
const code = (text: string) =>
  text
    .replace(/<(?=\/script|script|!--)/gi, '\\x3c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .trim();

/** Prints the guard with the rules of one policy, as the element to paste first in `<head>`. */
export function guard(file: string, { nonce }: GuardOptions, io: Io): ExitCode {
  let text: string;
  let script: string;
  try {
    text = io.readFile(file);
    script = io.readBuilt('bandeau-guard.js');
  } catch (error) {
    io.stderr(
      `bandeau: ${file} or the guard can't be read: ${error instanceof Error ? error.message : error}\n`,
    );
    return UNUSABLE;
  }
  const { policy, problems } = parsePolicy(text);
  if (!policy) {
    const all = problems.map((problem) => `${describeProblem(problem)}\n`);
    io.stderr([`${file}: ${countProblems(problems)}\n`, ...all].join('\n'));
    return PROBLEMS;
  }
  const rules = {
    categories: policy.categories.map(({ id, required }) => ({ id, required })),
    services: policy.services.map(({ id, category, hosts, cookies }) => ({
      id,
      category,
      hosts,
      cookies: cookies?.map(({ name, pattern }) => ({ name, pattern })),
    })),
  };
  const withNonce = nonce === undefined ? '' : ` nonce="${attribute(String(nonce))}"`;
  io.stdout(
    `<script${withNonce} data-rules="${attribute(JSON.stringify(rules))}">${code(script)}</script>\n`,
  );
  return 0;
}
