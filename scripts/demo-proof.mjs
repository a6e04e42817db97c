/**
 * `npm run demo:proof`: keeps the three policies of the demo site Clairpas and takes the pictures of each, with the
 * commands that a site would use.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const site = 'demo/clairpas';

/** @param {string[]} args */
function bandeau(...args) {
  const { status } = spawnSync(process.execPath, ['dist/cli.js', ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

for (const folder of ['policy-history', 'proof']) {
  rmSync(`${root}/${site}/${folder}`, { recursive: true, force: true });
}
const versions = ['policy', 'policy-v2', 'policy-v3'];
for (const [i, name] of versions.entries()) {
  const file = `${site}/${name}.json`;
  const previous = i > 0 ? ['--previous', `${site}/${versions[i - 1]}.json`] : [];
  bandeau('history', 'add', file, '--dir', `${site}/policy-history`);
  bandeau('proof', file, '--out', `${site}/proof/${name}`, '--locales', 'fr', ...previous);
}
