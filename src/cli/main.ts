import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { run } from './run.ts';

// Not process.exit(), which may cut off output that is still on its way to a pipe.
process.exitCode = await run(process.argv, {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  readFile: (path) => readFileSync(path, 'utf8'),
  readBuilt: (name) => readFileSync(new URL(name, import.meta.url), 'utf8'),
  exists: (path) => existsSync(path),
  isLink: (path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true,
  writeFile(path, content) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  },
  now: Date.now,
});
