import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '../../test/support/servers.ts';

export const BENCH = fileURLToPath(new URL('..', import.meta.url));

const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css' };

/** A file of an installed peer, as a page of the site. */
export function peerFile(path: string): Page {
  const type = TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  return { body: readFileSync(`${BENCH}node_modules/${path}`, 'utf8'), type };
}

/** Every file of a folder of a peer, below `/peers/`. */
export function peerFolder(folder: string): Record<string, Page> {
  return Object.fromEntries(
    readdirSync(`${BENCH}node_modules/${folder}`)
      .filter((name) => /\.(js|css)$/.test(name))
      .map((name) => [`/peers/${folder}/${name}`, peerFile(`${folder}/${name}`)]),
  );
}
