// Two ways in, from the same source: ES modules for npm, where dependencies stay outside; and script-tag
// files, where the core is a classic script that imports the interface from beside its own address.
import { readdirSync, readFileSync } from 'node:fs';
import dynamicImportVars from '@rollup/plugin-dynamic-import-vars';
import json from '@rollup/plugin-json';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import replace from '@rollup/plugin-replace';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import { bundleCss } from './scripts/bundle-css.mjs';
import { formatsOf, localeFormats } from './scripts/locale-formats.mjs';

const { dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

/** A style sheet becomes its minified text. */
const css = {
  name: 'css',
  load: (id) => (id.endsWith('.css') ? `export default ${JSON.stringify(bundleCss(id))}` : null),
};

/** Imports whose name is made at run time: each text and signal has its own file beside the script-tag core. */
const NAMED = ['src/effects/load-ui/languages.ts', 'src/effects/signals/load-signals.ts'];
const namedBeside = replace({
  include: NAMED,
  preventAssignment: true,
  delimiters: ['', ''],
  values: {
    '../../../locales/': './locales/',
    '.json`': '.js`',
    'import(`../../signals/': 'import(`./signals/',
    '}.ts`': '}.js`',
  },
});
/** The same as one import for each file, which bundlers can follow. */
const namedListed = dynamicImportVars({ include: NAMED, errorWhenNoFilesFound: true });

/** Texts are looked for in the page before they are imported. */
const namedInPage = {
  name: 'texts-in-page',
  transform(code, id) {
    if (!id.endsWith('load-ui/languages.ts')) return null;
    const changed = code.replace(
      /import\(`[./]*\/locales\/([^`]+)\.json`\)/,
      '(textsInPage(`$1`) ?? import(`./locales/$1.js`))',
    );
    if (changed === code) this.error('no import of texts was found');
    return { code: `import { textsInPage } from './texts-in-page.ts';\n${changed}`, map: null };
  },
};
/** What a first visit shows: the parts that are in one file with the core where a page has both inlined. */
const isOnFirstVisit = (chunk) => /bandeau-(load-ui|banner)\.js$/.test(chunk);

/** What the command line writes declarations, histories and pages with: the core finds code beside it, not data. */
const cliTexts = {
  name: 'cli-texts',
  generateBundle() {
    // English where a language has no texts of a layer.
    const find = (layer, file) =>
      readdirSync(`locales/${layer}`).includes(file)
        ? `locales/${layer}/${file}`
        : `locales/${layer}/en.json`;
    const read = (layer, file) => JSON.parse(readFileSync(find(layer, file), 'utf8'));
    const layers = ['banner', 'notice', 'updates', 'preferences', 'placeholders', 'declaration', 'region'];
    const texts = readdirSync('locales/declaration').map((file) => {
      const language = file.replace('.json', '');
      const words = Object.fromEntries(layers.map((layer) => [layer, read(layer, file)]));
      return [language, { ...words, formats: formatsOf(language) }];
    });
    this.emitFile({
      type: 'asset',
      fileName: 'cli-texts.json',
      source: JSON.stringify(Object.fromEntries(texts)),
    });
  },
};

const plugins = [
  css,
  localeFormats,
  json({ include: 'locales/**', namedExports: false }),
  json({ exclude: 'locales/**', preferConst: true }),
  nodeResolve({ extensions: ['.ts', '.tsx', '.mjs', '.js'] }),
  // nanostores asks which build it is in, and a page has no `process`; it shares a counter between its copies
  // by a global of its own, and a page gets one global from us.
  replace({
    preventAssignment: true,
    delimiters: ['', ''],
    values: { 'process.env.NODE_ENV': '"production"', 'globalThis.nanostoresGlobal ||= ': '' },
  }),
  esbuild({ target: 'es2022', jsx: 'automatic' }),
];
/**
 * Asks V8 to compile every function while the file is still coming, off the main thread: most of these files runs at once,
 * and would be parsed twice. Source: https://github.com/WICG/explicit-javascript-compile-hints-file-based
 */
const EAGERLY = '//# allFunctionsCalledOnLoad';
const minify = (preamble) =>
  terser({
    ecma: 2020,
    module: true,
    compress: { passes: 3, unsafe_arrows: true },
    format: { comments: false, preamble },
  });

/** What the core, and what the parts themselves, load when it is wanted. */
const PARTS =
  /src\/(?:ui\/|effects\/gate\/|effects\/(?:carry-over|records|signals)\/|effects\/load-ui\/(?=parts|updates|compare|load-ui))?(banner|load-ui|notice|region|update|preferences|rights|placeholders|declaration|button|layouts|own-texts|parts|later|updates|compare-with-shown|report|carry-over|load-signals|replay|debug)\.tsx?$/;
/** Where each lazy part stands beside the script-tag core. */
const chunkOf = (id) => {
  const [, locale] = /locales\/([\w/]+)\.json$/.exec(id) ?? [];
  if (locale) return `./locales/${locale}.js`;
  const [, part] = PARTS.exec(id) ?? [];
  return part && `./bandeau-${part}.js`;
};
const outside = (isInside = () => false) => ({
  external: (id, importer, isResolved) => isResolved && !!chunkOf(id) && !!importer && !isInside(chunkOf(id)),
});
const build = (input, output, options) => ({
  input,
  plugins: [...plugins, minify()],
  output: { format: 'es', sourcemap: true, ...output },
  ...options,
});
const part = (input, file, more = [], preamble) =>
  build(
    input,
    { file: `dist/${file}`, paths: chunkOf },
    { plugins: [...plugins, ...more, minify(preamble)], ...outside() },
  );
const eagerPart = (input, file) => part(input, file, [], EAGERLY);
const script = (file, texts, output, isInside) =>
  build(
    'src/script.ts',
    { file, format: 'iife', paths: chunkOf, ...output },
    { plugins: [...plugins, texts, minify(EAGERLY)], ...outside(isInside) },
  );

/** Every text by the name of its file beside the script-tag core, without the ending. */
const texts = Object.fromEntries(
  readdirSync('locales', { recursive: true })
    .filter((file) => file.endsWith('.json'))
    .map((file) => [`locales/${file.replace('.json', '')}`, `locales/${file}`]),
);

/** One for each tool that hears the choice; what they share is a folder. */
const signals = readdirSync('src/signals').filter((file) => /^(?!index).*\.ts$/.test(file));
/** One for each tool; what they share is no entry. */
const importers = readdirSync('src/import')
  .filter((file) => file !== 'importer.ts')
  .map((file) => `src/import/${file}`);

export default [
  build(
    [
      'src/index.ts',
      'src/index.development.ts',
      'src/validate.ts',
      'src/server/index.ts',
      'src/guard/index.ts',
      'src/markup/index.ts',
      ...importers,
      'src/signals/index.ts',
      // In a folder of its own, where no import by name finds it: it wants a package that most sites have not.
      'src/signals/gpp/index.ts',
      'src/tcf/index.ts',
      ...signals.map((file) => `src/signals/${file}`),
    ],
    { dir: 'dist/es', preserveModules: true, preserveModulesRoot: 'src' },
    {
      plugins: [...plugins, namedListed, minify()],
      external: Object.keys({ ...dependencies, ...peerDependencies }).map(
        (name) => new RegExp(`^${name}(/|$)`),
      ),
    },
  ),
  script('dist/bandeau.js', namedBeside),
  script('dist/bandeau.all.js', namedListed, { inlineDynamicImports: true }, (chunk) =>
    /bandeau-(?!debug)|\/(en|fr)\.js$/.test(chunk),
  ),
  // Made to be pasted into a page, where it has no file beside it.
  build(
    'src/guard/script.ts',
    { file: 'dist/bandeau-guard.js', format: 'iife', sourcemap: false },
    { plugins: [...plugins, minify()] },
  ),
  // Stands before the core, which finds what it has marked.
  build(
    'src/markup/script.ts',
    { file: 'dist/bandeau-markup.js', format: 'iife' },
    { plugins: [...plugins, minify()] },
  ),
  eagerPart('src/ui/banner.tsx', 'bandeau-banner.js'),
  eagerPart('src/effects/load-ui/load-ui.ts', 'bandeau-load-ui.js'),
  part('src/ui/notice.tsx', 'bandeau-notice.js'),
  part('src/ui/region.tsx', 'bandeau-region.js'),
  eagerPart('src/ui/preferences.tsx', 'bandeau-preferences.js'),
  part('src/ui/rights.tsx', 'bandeau-rights.js'),
  part('src/ui/update.tsx', 'bandeau-update.js'),
  part('src/later.ts', 'bandeau-later.js'),
  part('src/effects/load-ui/updates.ts', 'bandeau-updates.js'),
  part('src/effects/load-ui/compare-with-shown.ts', 'bandeau-compare-with-shown.js'),
  part('src/effects/records/report.ts', 'bandeau-report.js'),
  part('src/ui/placeholders.tsx', 'bandeau-placeholders.js'),
  part('src/ui/declaration.tsx', 'bandeau-declaration.js'),
  part('src/ui/button.tsx', 'bandeau-button.js'),
  part('src/ui/layouts.ts', 'bandeau-layouts.js'),
  part('src/effects/load-ui/parts.ts', 'bandeau-parts.js'),
  part('src/effects/carry-over/carry-over.ts', 'bandeau-carry-over.js'),
  part('src/ui/own-texts.ts', 'bandeau-own-texts.js'),
  part('src/debug.ts', 'bandeau-debug.js'),
  part('src/effects/gate/replay.ts', 'bandeau-replay.js'),
  // One file with nothing to import, for an edge function without a bundler.
  part('src/server/index.ts', 'bandeau-server.js'),
  part('src/effects/signals/load-signals.ts', 'bandeau-load-signals.js', [namedBeside]),
  // What they share is in the part that loads them.
  ...signals.map((file) =>
    build(
      `src/signals/${file}`,
      {
        file: `dist/signals/${file.replace('.ts', '.js')}`,
        paths: () => '../bandeau-load-signals.js',
        sourcemap: false,
      },
      { external: (_, importer, isResolved) => isResolved && !!importer },
    ),
  ),
  // In one build: each costs more than all of these files do.
  build(texts, { dir: 'dist', entryFileNames: '[name].js' }),
  build(
    'src/cli/main.ts',
    { file: 'dist/cli.js', sourcemap: false, banner: '#!/usr/bin/env node' },
    { external: /^(node:|playwright-core$)/, plugins: [...plugins, cliTexts] },
  ),
  // The core and the banner in one, made to be pasted into a page.
  build(
    'src/script.ts',
    { file: 'dist/bandeau.first.js', format: 'iife', paths: chunkOf, inlineDynamicImports: true },
    { plugins: [namedInPage, ...plugins, namedBeside, minify()], ...outside(isOnFirstVisit) },
  ),
];
