// Two ways in, from the same source: ES modules for npm, where dependencies stay outside; and script-tag
// files, where the core is a classic script that imports the interface from beside its own address.
import { readdirSync, readFileSync } from 'node:fs';
import json from '@rollup/plugin-json';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import replace from '@rollup/plugin-replace';
import terser from '@rollup/plugin-terser';
import { bundle } from 'lightningcss';
import esbuild from 'rollup-plugin-esbuild';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

/** A style sheet becomes its minified text. */
const css = {
  name: 'css',
  load: (id) =>
    id.endsWith('.css')
      ? `export default ${JSON.stringify(
          bundle({
            filename: id,
            minify: true,
            targets: { chrome: 112 << 16, firefox: 117 << 16, safari: (16 << 16) | (5 << 8) },
          }).code.toString(),
        )}`
      : null,
};

const plugins = [
  css,
  json({ include: 'locales/**', namedExports: false }),
  json({ exclude: 'locales/**', preferConst: true }),
  nodeResolve({ extensions: ['.ts', '.tsx', '.mjs', '.js'] }),
  // nanostores asks which build it is in, and a page has no `process`; it shares a counter between its copies
  // by a global of its own, and a page gets one global from us.
  replace({
    delimiters: ['', ''],
    values: { 'process.env.NODE_ENV': '"production"', 'globalThis.nanostoresGlobal ||= ': '' },
  }),
  esbuild({ target: 'es2022', jsx: 'automatic' }),
];
const minify = (options) =>
  terser({
    ecma: 2020,
    compress: { passes: 3, unsafe_arrows: true },
    format: { comments: false },
    ...options,
  });

/** Where each lazy part stands beside the script-tag core. */
const chunkOf = (id) => {
  const [, locale] = /locales\/([\w/]+)\.json$/.exec(id) ?? [];
  if (locale) return `./locales/${locale}.js`;
  const [, part] = /src\/(?:ui\/)?(banner|notice|preferences|debug)\.tsx?$/.exec(id) ?? [];
  return part && `./bandeau-${part}.js`;
};
const outside = (isInside = () => false) => ({
  external: (id, importer, isResolved) => isResolved && !!chunkOf(id) && !!importer && !isInside(chunkOf(id)),
});
const part = (input, file, format = 'es') => ({
  input,
  plugins: [...plugins, minify({ module: true })],
  output: { file, format, sourcemap: true },
});

export default [
  {
    input: ['src/index.ts', 'src/index.development.ts', 'src/validate.ts'],
    external: Object.keys(dependencies).map((name) => new RegExp(`^${name}(/|$)`)),
    plugins: [...plugins, minify({ module: true })],
    output: {
      dir: 'dist/es',
      format: 'es',
      sourcemap: true,
      preserveModules: true,
      preserveModulesRoot: 'src',
    },
  },
  {
    ...outside(),
    input: 'src/script.ts',
    plugins: [...plugins, minify()],
    output: { file: 'dist/bandeau.js', format: 'iife', sourcemap: true, paths: chunkOf },
  },
  {
    ...outside((chunk) => /bandeau-(banner|notice|preferences)|\/(en|fr)\.js$/.test(chunk)),
    input: 'src/script.ts',
    plugins: [...plugins, minify()],
    output: {
      file: 'dist/bandeau.all.js',
      format: 'iife',
      sourcemap: true,
      inlineDynamicImports: true,
      paths: chunkOf,
    },
  },
  part('src/ui/banner.tsx', 'dist/bandeau-banner.js'),
  part('src/ui/notice.tsx', 'dist/bandeau-notice.js'),
  part('src/ui/preferences.tsx', 'dist/bandeau-preferences.js'),
  part('src/debug.ts', 'dist/bandeau-debug.js'),
  ...readdirSync('locales', { recursive: true })
    .filter((file) => file.endsWith('.json'))
    .map((file) => part(`locales/${file}`, `dist/locales/${file.replace('json', 'js')}`)),
  {
    ...part('src/cli/main.ts', 'dist/cli.js'),
    external: /^node:/,
    plugins,
    output: { file: 'dist/cli.js', format: 'es', banner: '#!/usr/bin/env node' },
  },
];
