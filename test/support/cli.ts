import { run } from '../../src/cli/run.ts';

/** The smallest policy without a problem. */
export const SMALL_POLICY = {
  version: '2025-03-01',
  controller: { name: 'Exemple SA', contact: 'info@example.org', privacyUrl: '/privacy' },
  scope: { sites: ['example.org'] },
  categories: [{ id: 'analytics' }],
  services: [
    {
      id: 'audience',
      category: 'analytics',
      vendor: { name: 'Mesure SARL' },
      purpose: 'Compte les pages lues.',
    },
  ],
};

/**
 * Runs a command line over made-up files.
 * @param built text of the guard, as it was built; without, it was not
 */
export function runCli(args: readonly string[], files: Readonly<Record<string, string>>, built?: string) {
  let stdout = '';
  let stderr = '';
  const read = (text: string | undefined) => {
    if (text === undefined) throw new Error('no such file');
    return text;
  };
  const code = run(['node', 'bandeau', ...args], {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    readFile: (path) => read(files[path]),
    readBuilt: () => read(built),
  });
  return { code, stdout, stderr };
}
