/**
 * After the build: every file that a page loads by an address has a twin in `dist/immutable/` whose name holds the hash
 * of its content, and which imports such twins; `dist/manifest.json` says which. A folder of its own, so that one rule of
 * a server is enough to let them be kept forever.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { graphOf, readBuilt } from './built-graph.mjs';

const FOLDER = 'immutable/';
const HASH_DIGITS = 8;

/** @typedef {import('./built-graph.mjs').Built} Built */

const digest = (/** @type {string} */ text) =>
  createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS);
const integrityOf = (/** @type {string} */ text) =>
  `sha384-${createHash('sha384').update(text).digest('base64')}`;

/**
 * Which files share a hash: those that import each other, and those that are imported by one name made at run time, into
 * which one hash only can be written. What a group imports comes before it (Tarjan 1972).
 * @param {Map<string, Built>} graph
 * @returns {string[][]}
 */
function groupsOf(graph) {
  /** @type {Map<string, Set<string>>} */
  const edges = new Map(
    [...graph].map(([name, { references }]) => [name, new Set(references.flatMap((one) => one.files))]),
  );
  for (const { references } of graph.values()) {
    for (const { to, files } of references) {
      if (to.includes('*'))
        files.forEach((file, i) => void edges.get(file)?.add(files[(i + 1) % files.length]));
    }
  }
  /** @type {Map<string, { index: number, low: number, isOpen: boolean }>} */
  const visited = new Map();
  /** @type {string[]} */
  const open = [];
  /** @type {string[][]} */
  const groups = [];
  const visit = (/** @type {string} */ name) => {
    const own = { index: visited.size, low: visited.size, isOpen: true };
    visited.set(name, own);
    open.push(name);
    for (const to of edges.get(name) ?? []) {
      const other = visited.get(to) ?? visit(to);
      if (other.isOpen) own.low = Math.min(own.low, other.low);
    }
    if (own.low < own.index) return own;
    const group = open.splice(open.indexOf(name));
    for (const one of group) Object.assign(visited.get(one) ?? {}, { isOpen: false });
    groups.push(group.sort());
    return own;
  };
  for (const name of graph.keys()) if (!visited.has(name)) visit(name);
  return groups;
}

/** `bandeau.js` with a hash: `bandeau.3f2a9c1b.js`. */
const withHash = (/** @type {string} */ name, /** @type {string} */ hash) =>
  name.replace(/(?=\.js$)/, `.${hash}`);

/**
 * The files by the names that they have for good.
 * @param {Map<string, string>} codes by plain name
 * @returns {{ files: Map<string, { name: string, code: string }>, graph: Map<string, Built> }} by plain name
 */
export function hashNames(codes) {
  const graph = graphOf(codes);
  /** @type {Map<string, string>} */
  const hashes = new Map();
  // What has no hash yet, of the same group, keeps its plain name.
  const rewrite = (/** @type {string} */ name) => {
    const { code, references } = /** @type {Built} */ (graph.get(name));
    let at = 0;
    let rewritten = '';
    for (const { start, files } of references) {
      const hash = hashes.get(files[0]);
      rewritten += code.slice(at, start) + (hash ? `.${hash}` : '');
      at = start;
    }
    return rewritten + code.slice(at);
  };
  for (const group of groupsOf(graph)) {
    const hash = digest(JSON.stringify(group.map((name) => [name, rewrite(name)])));
    for (const name of group) hashes.set(name, hash);
  }
  const upwards = (/** @type {string} */ name) => '../'.repeat(name.split('/').length);
  const files = [...hashes].map(([name, hash]) => {
    // The map is the plain file's, which is the same but for names.
    const code = rewrite(name).replace(
      /^(\/\/# sourceMappingURL=)(.+)$/m,
      (_, start, map) => `${start}${upwards(name)}${posix.join(posix.dirname(name), map)}`,
    );
    return /** @type {const} */ ([name, { name: `${FOLDER}${withHash(name, hash)}`, code }]);
  });
  return { files: new Map(files.sort(([a], [b]) => (a < b ? -1 : 1))), graph };
}

const weigh = (/** @type {string} */ text) =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

/**
 * What `dist/manifest.json` holds: by plain name, the file for good with its hash for `integrity` and its weight, what it
 * imports at once and when it is wanted (`*` stands for what is known at run time alone), and the hash of the plain file.
 * @param {Map<string, string>} codes by plain name
 * @param {ReturnType<typeof hashNames>} hashed
 */
export function manifestOf(codes, { files, graph }) {
  const namesOf = (/** @type {string} */ plain, /** @type {boolean} */ isDynamic) => {
    const { references } = /** @type {Built} */ (graph.get(plain));
    return [...new Set(references.filter((one) => one.isDynamic === isDynamic).map(({ to }) => to))].sort();
  };
  const entries = [...files].map(([plain, { name, code }]) => [
    plain,
    {
      file: name,
      integrity: integrityOf(code),
      bytes: Buffer.byteLength(code),
      brotli: weigh(code),
      imports: namesOf(plain, false),
      dynamicImports: namesOf(plain, true),
      plainIntegrity: integrityOf(/** @type {string} */ (codes.get(plain))),
    },
  ]);
  return { version: 1, files: Object.fromEntries(entries) };
}

/** @param {URL} dist with a trailing slash */
export function writeHashed(dist) {
  const codes = readBuilt(dist);
  const hashed = hashNames(codes);
  // Those of another build would be served for good, too.
  rmSync(new URL(FOLDER, dist), { recursive: true, force: true });
  for (const { name, code } of hashed.files.values()) {
    const path = fileURLToPath(new URL(name, dist));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code);
  }
  writeFileSync(new URL('manifest.json', dist), `${JSON.stringify(manifestOf(codes, hashed), null, 1)}\n`);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  writeHashed(new URL('../dist/', import.meta.url));
}
