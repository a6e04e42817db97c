import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../../test/support/root.ts';
import type { Absent, Addition, Contender, File } from '../contender.ts';
import { type Content, contentOf } from '../situation.ts';
import { bandeauHeld, bandeauSelectors, bandeauVersion, distFile, policyOf } from './bandeau.ts';

const POLICY = /^policy-(\d+)\.json$/;

/** What `npx bandeau snippet` prints for a policy, as a file that the page finds at `policyUrl`. */
function snippet(policy: unknown, options: readonly string[]): { text: string } | { problem: string } {
  const folder = mkdtempSync(join(tmpdir(), 'bandeau-bench-'));
  try {
    const file = join(folder, 'policy.json');
    writeFileSync(file, JSON.stringify(policy));
    const args = [join(ROOT, 'dist/cli.js'), 'snippet', '--policy', file, '--lang', 'en', ...options];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return status === 0 ? { text: stdout } : { problem: stderr.trim().split('\n', 1)[0] ?? '' };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Way {
  readonly name: string;
  optionsOf(base: string, services: number): readonly string[];
  place(printed: string, held: string): Addition;
}

/** The built files behind what the command line prints. Absent where it can't print that. */
function loadedBy({ name, optionsOf, place }: Way): Contender | Absent {
  const base = `/${name}/`;
  const print = ({ services }: Pick<Content, 'services'>) =>
    snippet(policyOf({ services }), ['--base', base, ...optionsOf(base, services.length)]);
  const first = print(contentOf({ services: 5, scripts: 0 }));
  if ('problem' in first) return { name, reason: `\`npx bandeau snippet\` says: ${first.problem}` };

  const policyFile = (services: number): File => ({
    body: Buffer.from(JSON.stringify(policyOf(contentOf({ services, scripts: 0 })))),
    type: 'application/json',
  });
  return {
    name,
    version: bandeauVersion,
    file(path) {
      const services = POLICY.exec(path)?.[1];
      return services === undefined ? distFile(path) : policyFile(Number(services));
    },
    compose(content) {
      const printed = print(content);
      if ('problem' in printed) throw new Error(`${name}: ${printed.problem}`);
      return place(printed.text, bandeauHeld(content));
    },
    ...bandeauSelectors,
    isVariant: true,
  };
}

/** docs/loading.md: core, policy and banner travel at the same time. First in the head. */
export const createBandeauStarter = () =>
  loadedBy({
    name: 'bandeau-starter',
    optionsOf: (base, services) => ['--policy-url', `${base}policy-${services}.json`],
    place: (printed, held) => ({ first: printed, body: held }),
  });

/** docs/loading.md: core and banner are part of the page. Last in the body. */
export const createBandeauInlined = () =>
  loadedBy({
    name: 'bandeau-inlined',
    optionsOf: () => ['--inline', 'banner'],
    place: (printed, held) => ({ body: `${held}\n${printed}` }),
  });
