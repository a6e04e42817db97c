import { existsSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { BENCH } from '../../peers/files.ts';
import type { File } from '../contender.ts';

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css' };

/** A file of an installed package. */
export function packageFile(path: string): File | undefined {
  const file = `${BENCH}node_modules/${path}`;
  const type = TYPES[extname(path)];
  return type && existsSync(file) ? { body: readFileSync(file), type } : undefined;
}
