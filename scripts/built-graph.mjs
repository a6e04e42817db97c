import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rollup/parseAst';

/**
 * A place in a built file that names others.
 * @typedef {object} Reference
 * @property {number} start of the name's ending, where a hash can be put before it
 * @property {boolean} isDynamic
 * @property {string} to the file that is named, or, with `*` for what is known at run time alone, all of them
 * @property {string[]} files
 *
 * @typedef {{ code: string, references: Reference[] }} Built
 */

const ENDING = '.js';

/** What a page loads by an address: neither the server's nor the command line's, nor what bundlers read. */
const isOfPage = (/** @type {string} */ name) =>
  /^(bandeau[^/]*|locales\/.+|signals\/.+)\.js$/.test(name) && name !== 'bandeau-server.js';

/** @param {import('rollup').AstNode | unknown} node @param {(node: any) => void} visit */
function walk(node, visit) {
  if (!node || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const one of node) walk(one, visit);
    return;
  }
  if ('type' in node) visit(node);
  for (const value of Object.values(node)) walk(value, visit);
}

/**
 * The name as it is written, `*` for what is put in at run time.
 * @returns {string | null} nothing where it can't be told
 */
function nameIn(/** @type {any} */ source) {
  if (source.type === 'Literal') return source.value;
  if (source.type !== 'TemplateLiteral') return null;
  return source.quasis.map((/** @type {any} */ { value }) => value.cooked).join('*');
}

/**
 * What each built file imports, statically and when it is wanted.
 * @param {Map<string, string>} codes by name, below the folder of the build
 * @returns {Map<string, Built>}
 * @throws where an import can't be followed
 */
export function graphOf(codes) {
  const names = [...codes.keys()];
  const read = (/** @type {string} */ name, /** @type {string} */ code) => {
    /** @type {Reference[]} */
    const references = [];
    walk(parseAst(code), (node) => {
      const isDynamic = node.type === 'ImportExpression';
      if (!node.source || !(isDynamic || /^(Import|Export)\w*Declaration$/.test(node.type))) return;
      const written = nameIn(node.source);
      const to = written && posix.join(posix.dirname(name), written);
      const pattern = to && new RegExp(`^${to.replace(/[.$+()]/g, '\\$&').replaceAll('*', '[^/]+')}$`);
      const files = pattern ? names.filter((one) => pattern.test(one)) : [];
      if (!written?.endsWith(ENDING) || !to || files.length === 0) {
        throw new Error(`${name}: nothing is known of import ${code.slice(node.start, node.end)}`);
      }
      // Before the quote that closes it.
      references.push({ start: node.source.end - 1 - ENDING.length, isDynamic, to, files });
    });
    return { code, references: references.sort((a, b) => a.start - b.start) };
  };
  return new Map([...codes].map(([name, code]) => [name, read(name, code)]));
}

/**
 * Every file that a page loads by an address.
 * @param {URL} dist with a trailing slash
 */
export function readBuilt(dist) {
  const names = readdirSync(fileURLToPath(dist), { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter(isOfPage)
    .sort();
  return new Map(names.map((name) => [name, readFileSync(new URL(name, dist), 'utf8')]));
}
