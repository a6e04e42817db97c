/**
 * Bundles the app to demo/app/dist, as a project that did `npm install bandeau` would. The package is
 * found in this repository's own build, so run `npm run build` first.
 */
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Chunk names carry a hash, so those of an earlier build would pile up.
await rm(here('dist'), { recursive: true, force: true });

await build({
  entryPoints: [here('src/main.ts')],
  outdir: here('dist'),
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  sourcemap: true,
  // The files themselves stand beside; those of the dependencies are not ours to repeat.
  sourcesContent: false,
  alias: { bandeau: here('../../dist/es/index.js') },
  // nanostores reads it, and browsers have no `process`.
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'info',
});
