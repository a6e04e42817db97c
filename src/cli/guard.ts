import { escapeAttribute } from './escape-attribute.ts';
import { codeInside } from './inside-script.ts';
import { type ExitCode, type Io, UNUSABLE } from './io.ts';
import { readPolicyFile, reasonOf } from './read-policy-file.ts';

export interface GuardOptions {
  /** Nonce of the page's Content-Security-Policy, or what the server's template replaces by it. */
  readonly nonce?: string;
}

/** Prints the guard with the rules of one policy, as the element to paste first in `<head>`. */
export function guard(file: string, { nonce }: GuardOptions, io: Io): ExitCode {
  const policy = readPolicyFile(file, io);
  if (typeof policy === 'number') return policy;
  let script: string;
  try {
    script = io.readBuilt('bandeau-guard.js');
  } catch (error) {
    io.stderr(`bandeau: the guard can't be read: ${reasonOf(error)}. Run: npm run build\n`);
    return UNUSABLE;
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
  const withNonce = nonce === undefined ? '' : ` nonce="${escapeAttribute(String(nonce))}"`;
  io.stdout(
    `<script${withNonce} data-rules="${escapeAttribute(JSON.stringify(rules))}">${codeInside(script)}</script>\n`,
  );
  return 0;
}
