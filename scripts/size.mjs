/**
 * `npm run size`: what a visitor downloads, against a budget. `npm run size -- --write` writes the same
 * numbers into the README.
 */
import { readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = new URL('..', import.meta.url);
const START = '<!-- size:start -->';
const END = '<!-- size:end -->';

/**
 * The promises: files that travel together, and the most they may weigh in kB (1000 bytes) of brotli. Each
 * file is compressed on its own, as a server does.
 */
export const BUDGETS = [
  { name: 'Core', files: ['bandeau.js'], kB: 12.5 },
  {
    name: 'First visit',
    files: ['bandeau.js', 'bandeau-load-ui.js', 'bandeau-banner.js', 'locales/banner/fr.js'],
    kB: 18.2,
  },
  { name: 'Preferences', files: ['bandeau-preferences.js'], kB: 9.2 },
  // The longest language: both layers of it.
  { name: 'Texts', files: ['locales/banner/el.js', 'locales/preferences/el.js'], kB: 1.7 },
  { name: 'Guard', files: ['bandeau-guard.js'], kB: 3.4 },
];

/** Measured for information, when they are built. */
const OTHERS = [
  'bandeau-parts.js',
  'bandeau-placeholders.js',
  'bandeau-declaration.js',
  'bandeau-button.js',
  'bandeau-layouts.js',
  'bandeau-own-texts.js',
  'bandeau-replay.js',
  'bandeau-notice.js',
  'bandeau-region.js',
  'bandeau-later.js',
  'bandeau-report.js',
  'bandeau-compare-with-shown.js',
  'bandeau-updates.js',
  'bandeau-rights.js',
  'bandeau-update.js',
  'bandeau-carry-over.js',
  'bandeau-load-signals.js',
  'bandeau-markup.js',
  'bandeau.all.js',
  'bandeau.first.js',
  'bandeau-debug.js',
  'bandeau-server.js',
];

/** @typedef {{ file: string, raw: number, gzip: number, brotli: number }} Row bytes */

/** @param {URL} dist */
function locales(dist) {
  return readdirSync(new URL('locales/', dist), { recursive: true })
    .filter((name) => name.endsWith('.js'))
    .sort()
    .map((name) => `locales/${name}`);
}

/**
 * @param {URL} dist
 * @param {string} file
 * @returns {Row}
 */
function weigh(dist, file) {
  const bytes = readFileSync(new URL(file, dist));
  return {
    file,
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  };
}

/**
 * Weighs the built files: those with a budget, the others that were built, and every locale.
 * @param {URL} [dist] folder of the build, with a trailing slash
 * @returns {Row[]}
 * @throws when a file with a budget is not there
 */
export function measure(dist = new URL('dist/', root)) {
  const budgeted = new Set(BUDGETS.flatMap((budget) => budget.files));
  try {
    const built = new Set(readdirSync(dist));
    const files = [...budgeted, ...OTHERS.filter((file) => built.has(file)), ...locales(dist)];
    return [...new Set(files)].map((file) => weigh(dist, file));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    throw new Error(`${error.path} is missing: run \`npm run build\` first`, { cause: error });
  }
}

/**
 * Each budget with the bytes of brotli that its files weigh.
 * @param {Row[]} rows
 * @returns {{ name: string, files: string[], kB: number, bytes: number, ok: boolean }[]}
 */
export function checkBudgets(rows) {
  return BUDGETS.map((budget) => {
    const bytes = rows
      .filter((row) => budget.files.includes(row.file))
      .reduce((total, row) => total + row.brotli, 0);
    return { ...budget, bytes, ok: bytes <= budget.kB * 1000 };
  });
}

/**
 * @param {number} bytes
 * @param {number} digits
 */
function kB(bytes, digits) {
  return `${(bytes / 1000).toFixed(digits)} kB`;
}

/**
 * The README's table. The languages of a layer are one row with the heaviest values, since a visitor downloads
 * one of them.
 * One decimal only: compressed sizes differ by a few bytes between versions of zlib and brotli.
 * @param {Row[]} [rows]
 */
export function readmeTable(rows = measure()) {
  const layerOf = (/** @type {Row} */ row) => /^locales\/(\w+)\//.exec(row.file)?.[1];
  const largest = [...new Set(rows.map(layerOf))].filter(Boolean).map((layer) => {
    const ofLayer = rows.filter((row) => layerOf(row) === layer);
    const most = (/** @type {'raw' | 'gzip' | 'brotli'} */ column) =>
      Math.max(...ofLayer.map((row) => row[column]));
    const weights = { raw: most('raw'), gzip: most('gzip'), brotli: most('brotli') };
    return { file: `locales/${layer}/*.js (the longest)`, ...weights };
  });
  const lines = [...rows.filter((row) => !layerOf(row)), ...largest].map(
    (row) => `| \`${row.file}\` | ${kB(row.raw, 1)} | ${kB(row.gzip, 1)} | ${kB(row.brotli, 1)} |`,
  );
  return ['| File | Raw | gzip | brotli |', '| --- | ---: | ---: | ---: |', ...lines].join('\n');
}

/**
 * The README with the table put between its two markers.
 * @param {string} readme
 * @param {string} table
 * @throws when a marker is missing
 */
export function withTable(readme, table) {
  const start = readme.indexOf(START);
  const end = readme.indexOf(END);
  if (start < 0 || end < start) throw new Error(`README.md must hold ${START} and, after it, ${END}`);
  return `${readme.slice(0, start + START.length)}\n${table}\n${readme.slice(end)}`;
}

/** @param {Row[]} rows */
function print(rows) {
  const cells = rows.map((row) => [
    row.file,
    ...[row.raw, row.gzip, row.brotli].map((bytes) => `${bytes} B  ${kB(bytes, 2).padStart(9)}`),
  ]);
  const table = [['File', 'Raw', 'gzip -9', 'brotli 11'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table) {
    console.log(
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('   '),
    );
  }
}

function main() {
  const rows = measure();
  print(rows);
  console.log('');
  const budgets = checkBudgets(rows);
  for (const { name, files, kB: limit, bytes, ok } of budgets) {
    const verdict = ok ? 'ok  ' : 'OVER';
    console.log(`${verdict} ${name}: ${bytes} B of ${limit * 1000} B brotli (${files.join(' + ')})`);
  }
  if (process.argv.includes('--write')) {
    const readme = new URL('README.md', root);
    writeFileSync(readme, withTable(readFileSync(readme, 'utf8'), readmeTable(rows)));
    console.log('\nREADME.md updated');
  }
  process.exitCode = budgets.every((budget) => budget.ok) ? 0 : 1;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    main();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
