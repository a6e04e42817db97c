import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../../test/support/root.ts';
import type { Absent, Contender } from '../contender.ts';
import { json } from '../markup.ts';
import { contentOf } from '../situation.ts';
import { bandeauHeld, bandeauSelectors, bandeauVersion, distFile, policyOf } from './bandeau.ts';

/** What `npx bandeau snippet` says to these options, for that policy. */
function snippet(policy: unknown, options: readonly string[]): { text: string } | { problem: string } {
  const folder = mkdtempSync(join(tmpdir(), 'bandeau-bench-'));
  try {
    const file = join(folder, 'policy.json');
    writeFileSync(file, JSON.stringify(policy));
    const args = [join(ROOT, 'dist/cli.js'), 'snippet', '--policy', file, ...options];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return status === 0 ? { text: stdout } : { problem: stderr.trim().split('\n', 1)[0] ?? '' };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The built files behind what the command line prints for the head of the page. */
function withSnippet(name: string, options: readonly string[]): Contender | Absent {
  const base = `/${name}/`;
  const ask = (policy: unknown) => snippet(policy, [...options, '--base', base]);
  const first = ask(policyOf(contentOf({ services: 5, scripts: 0 })));
  if ('problem' in first)
    return { name, reason: `\`npx bandeau snippet ${options.join(' ')}\`: ${first.problem}` };
  return {
    name,
    version: bandeauVersion,
    file: distFile,
    compose(content) {
      const policy = policyOf(content);
      const printed = ask(policy);
      if ('problem' in printed) throw new Error(`${name}: ${printed.problem}`);
      return {
        head: `<script type="application/json" data-bandeau-policy>${json(policy)}</script>\n${printed.text}`,
        body: bandeauHeld(content),
      };
    },
    ...bandeauSelectors,
  };
}

/** docs/loading.md: core and banner travel at the same time. */
export const createBandeauStarter = () => withSnippet('bandeau-starter', []);

/** docs/loading.md: core and banner are part of the page. */
export const createBandeauInlined = () =>
  withSnippet('bandeau-inlined', ['--inline', 'banner', '--lang', 'en']);
