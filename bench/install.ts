import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { BENCH } from './peers/files.ts';

const versionOf = (manifest: string): string => JSON.parse(readFileSync(manifest, 'utf8')).version;

/** What the benchmarks need, by exact version. */
export const { dependencies: PACKAGES }: { dependencies: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(`${BENCH}package.json`, 'utf8'),
);

/** Installs below bench/ what is not there in the version that is asked for. */
export function installPackages(): void {
  const isInstalled = Object.entries(PACKAGES).every(([name, version]) => {
    const manifest = `${BENCH}node_modules/${name}/package.json`;
    return existsSync(manifest) && versionOf(manifest) === version;
  });
  if (isInstalled) return;
  const args = ['install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', args, { cwd: BENCH, stdio: 'inherit' });
  if (status !== 0) throw new Error('bench/: npm install failed');
}
