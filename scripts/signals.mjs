/**
 * `npm run signals -- --write`: the table of docs/signals.md, from the built signals and what is known about each in
 * docs/signals/facts/.
 */
import { readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const root = new URL('..', import.meta.url);
const START = '<!-- signals:start -->';
const END = '<!-- signals:end -->';

/** The most that a signal may weigh: bytes of brotli. */
export const MAX_BYTES = 500;

/** @typedef {{ name: string, tool: string, vendor: string, terms: Record<string, string>, options: Record<string, string>, calls: string, before: string, source: string[], checked: 'P' | 'S' | 'K', notes: string[] }} Facts */
/** @typedef {{ name: string, terms: Record<string, readonly string[] | 'advertising' | 'always'> }} Definition */

const CHECKED = {
  P: "the vendor's own text",
  S: 'what others write about it',
  K: 'nothing that we could check: try it before you rely on it',
};

/** @returns {Facts[]} */
export function readFacts() {
  const folder = new URL('docs/signals/facts/', root);
  return readdirSync(folder)
    .sort()
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
}

/** Names of the built signals. */
export const builtSignals = () =>
  readdirSync(new URL('dist/signals/', root))
    .filter((file) => file.endsWith('.js'))
    .map((file) => file.replace('.js', ''))
    .sort();

/**
 * What a built signal defines, with its size.
 * @param {string} name
 * @returns {Promise<Definition & { bytes: number }>}
 */
export async function readSignal(name) {
  const bytes = readFileSync(new URL(`dist/signals/${name}.js`, root));
  // In the place of what makes a signal of a definition stands what hands the definition over.
  const code = bytes
    .toString()
    .replace(
      /import\s*(\{[^}]*\})\s*from\s*"[^"]*";?/g,
      (_, names) => `const ${names.replaceAll(' as ', ':')}=kit;`,
    );
  const kit = 'const kit={defineSignal:(definition)=>definition};';
  const module = await import(`data:text/javascript,${encodeURIComponent(kit + code)}`);
  const { length } = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  return { ...module[name], bytes: length };
}

/** @param {Definition['terms'][string]} rule */
const grantedBy = (rule) =>
  rule === 'always'
    ? 'always'
    : rule === 'advertising'
      ? 'advertising'
      : rule.map((id) => `\`${id}\``).join(' and ');

/** The table and what belongs to it. */
export async function signalsTable() {
  const facts = readFacts();
  const signals = await Promise.all(facts.map(({ name }) => readSignal(name)));
  const rows = facts.map((one, index) => {
    const { terms, bytes } = /** @type {Definition & { bytes: number }} */ (signals[index]);
    const map = Object.entries(terms).map(([term, rule]) => `\`${term}\` ← ${grantedBy(rule)}`);
    const sources = one.source.map((url) => `[${new URL(url).host}](${url})`);
    const cells = [
      `[\`${one.name}\`](#${one.name})`,
      map.join('<br>'),
      one.before,
      one.calls,
      (bytes / 1000).toFixed(2),
      sources.join('<br>'),
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  const parts = facts.map((one) =>
    [
      `### ${one.name}`,
      `${one.tool}. Known from ${CHECKED[one.checked]}.`,
      Object.entries(one.terms)
        .map(([term, meaning]) => `- \`${term}\`: ${meaning}`)
        .join('\n'),
      ...Object.entries(one.options).map(([name, meaning]) => `Option \`${name}\`: ${meaning}`),
      ...one.notes,
    ].join('\n\n'),
  );
  return [
    '| Signal | Its terms, and what grants each | Before a choice | For each decision, and the one that a page begins with | kB | Source |',
    '| --- | --- | --- | --- | ---: | --- |',
    ...rows,
    '',
    parts.join('\n\n'),
  ].join('\n');
}

/**
 * @param {string} text of docs/signals.md
 * @param {string} table
 */
export function withTable(text, table) {
  const [before, rest = ''] = text.split(START);
  return `${before}${START}\n\n${table}\n\n${END}${rest.split(END)[1] ?? ''}`;
}

if (realpathSync(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  const file = new URL('docs/signals.md', root);
  const text = withTable(readFileSync(file, 'utf8'), await signalsTable());
  if (process.argv.includes('--write')) writeFileSync(file, text);
  else console.log(text);
}
