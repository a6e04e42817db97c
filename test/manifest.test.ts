import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { parseAst } from 'rollup/parseAst';
import { describe, expect, it } from 'vitest';
import { graphOf, readBuilt } from '../scripts/built-graph.mjs';
import { hashNames } from '../scripts/hash-names.mjs';
import { wayTo } from '../src/cli/manifest.ts';
import { runCli, SMALL_POLICY } from './support/cli.ts';

interface Entry {
  readonly file: string;
  readonly integrity: string;
  readonly bytes: number;
  readonly brotli: number;
  readonly imports: string[];
  readonly dynamicImports: string[];
  readonly plainIntegrity: string;
}

const DIST = new URL('../dist/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, DIST), 'utf8');
const manifest: { version: number; files: Record<string, Entry> } = JSON.parse(read('manifest.json'));
const entries = Object.entries(manifest.files);
const integrityOf = (text: string) => `sha384-${createHash('sha384').update(text).digest('base64')}`;

const named = (codes: Record<string, string>) => {
  const { files } = hashNames(new Map(Object.entries(codes)));
  return Object.fromEntries([...files].map(([plain, { name, code }]) => [plain, { name, code }]));
};
/** Those whose name is another one. */
const renamed = (before: Record<string, string>, after: Record<string, string>) => {
  const [then, now] = [named(before), named(after)];
  return Object.keys(then).filter((plain) => then[plain]?.name !== now[plain]?.name);
};

const CODES = {
  'bandeau.js': `import("./bandeau-a.js");import(\`./locales/\${x}/\${y}.js\`);import("./bandeau-s.js")`,
  'bandeau-a.js': 'import{b}from"./bandeau-b.js";export{c}from"./bandeau-b.js";export const a=b;',
  'bandeau-b.js': 'export const b=1,c=2;',
  'bandeau-alone.js': '0;\n//# sourceMappingURL=bandeau-alone.js.map\n',
  'bandeau-s.js': `import(\`./signals/\${n}.js\`);export const s=1;`,
  'signals/one.js': 'import{s}from"../bandeau-s.js";export const one=s;',
  'signals/two.js': 'import{s}from"../bandeau-s.js";export const two=s;',
  'locales/banner/fr.js': 'export default{};\n//# sourceMappingURL=fr.js.map\n',
  'locales/banner/en.js': 'export default{};',
};
const changed = (name: keyof typeof CODES) => renamed(CODES, { ...CODES, [name]: `${CODES[name]};0` });

describe('the names for good', () => {
  it('hold a hash, are imported by each other, and are the same for the same content', () => {
    const files = named(CODES);
    for (const [plain, { name }] of Object.entries(files)) {
      expect(name).toMatch(new RegExp(`^immutable/${plain.replace('.js', '\\.[0-9a-f]{8}\\.js')}$`));
    }
    const ofB = files['bandeau-b.js']?.name.replace('immutable/', './');
    expect(files['bandeau-a.js']?.code).toBe(`import{b}from"${ofB}";export{c}from"${ofB}";export const a=b;`);
    expect(named(Object.fromEntries(Object.entries(CODES).reverse()))).toEqual(files);
  });

  it.each<[keyof typeof CODES, string[]]>([
    ['bandeau.js', ['bandeau.js']],
    ['bandeau-b.js', ['bandeau-a.js', 'bandeau-b.js', 'bandeau.js']],
    ['bandeau-alone.js', ['bandeau-alone.js']],
    ['locales/banner/fr.js', ['bandeau.js', 'locales/banner/en.js', 'locales/banner/fr.js']],
    ['signals/one.js', ['bandeau-s.js', 'bandeau.js', 'signals/one.js', 'signals/two.js']],
  ])('change with %s where that is, or leads there, and nowhere else', (name, names) => {
    expect(changed(name).sort()).toEqual(names);
  });

  it('are one hash for what is imported by a name made at run time, and for files that import each other', () => {
    const files = named(CODES);
    const hashOf = (name: string) => /\.(\w{8})\.js$/.exec(files[name]?.name ?? '')?.[1];
    expect(hashOf('locales/banner/fr.js')).toBe(hashOf('locales/banner/en.js'));
    expect(hashOf('signals/one.js')).toBe(hashOf('bandeau-s.js'));
    expect(hashOf('signals/one.js')).not.toBe(hashOf('bandeau-a.js'));
    expect(files['bandeau.js']?.code).toContain(`./locales/\${x}/\${y}.${hashOf('locales/banner/fr.js')}.js`);
    expect(files['signals/one.js']?.code).toContain(`"../bandeau-s.${hashOf('bandeau-s.js')}.js"`);
  });

  it('lead to the map of the plain file', () => {
    const files = named(CODES);
    expect(files['bandeau-alone.js']?.code).toContain('=../bandeau-alone.js.map\n');
    expect(files['locales/banner/fr.js']?.code).toContain('=../../../locales/banner/fr.js.map\n');
  });

  it.each([
    ['a file that is not there', 'import("./bandeau-gone.js")'],
    ['a name that can’t be told', 'const a=x;import(a)'],
    ['a name made in another way', 'import("./bandeau-"+x+".js")'],
    ['a package', 'import"preact"'],
  ])('are not given where one imports %s', (_, code) => {
    expect(() => named({ ...CODES, 'bandeau.js': code })).toThrow('bandeau.js: nothing is known of import');
  });

  it('know the shortest way from the core to a file, with what that imports at once', () => {
    const graph = graphOf(new Map(Object.entries(CODES)));
    const described = [...graph].map(([name, { references }]) => {
      const to = (isDynamic: boolean) =>
        references.filter((one) => one.isDynamic === isDynamic).map((one) => one.to);
      const file = { file: '', integrity: '', plainIntegrity: '' };
      return [name, { ...file, imports: to(false), dynamicImports: to(true) }] as const;
    });
    const manifest = new Map(described);
    expect(wayTo(manifest, 'bandeau.js', 'bandeau-a.js')).toEqual(['bandeau-a.js', 'bandeau-b.js']);
    expect(wayTo(manifest, 'bandeau.js', 'bandeau-alone.js')).toEqual([]);
  });
});

describe('dist/manifest.json', () => {
  it('has every file that pages load by an address, and none of the others', () => {
    expect(manifest.version).toBe(1);
    const names = entries.map(([name]) => name);
    expect(names).toEqual([...readBuilt(DIST).keys()]);
    expect(names).toEqual(expect.arrayContaining(['bandeau.js', 'bandeau.all.js', 'bandeau.first.js']));
    expect(names.filter((name) => /^(bandeau-server|cli|es\/|types\/|immutable\/)/.test(name))).toEqual([]);
    expect(entries.length).toBeGreaterThan(300);
  });

  it('says the hash and weight of each, which are those of the file', () => {
    for (const [plain, { file, integrity, plainIntegrity, bytes }] of entries) {
      const text = read(file);
      expect({ integrity, bytes }, plain).toEqual({
        integrity: integrityOf(text),
        bytes: Buffer.byteLength(text),
      });
      expect(plainIntegrity).toBe(integrityOf(read(plain)));
    }
    expect(manifest.files['bandeau.js']?.brotli).toBe(
      brotliCompressSync(read(manifest.files['bandeau.js']?.file ?? '')).length,
    );
    expect(manifest.files['bandeau.js']?.integrity).not.toBe(manifest.files['bandeau.js']?.plainIntegrity);
  });

  it('leaves no file in the folder that it does not name', () => {
    const there = readdirSync(new URL('immutable/', DIST), { recursive: true })
      .map((name) => `immutable/${name}`.replaceAll('\\', '/'))
      .filter((name) => name.endsWith('.js'));
    expect(there.sort()).toEqual(entries.map(([, { file }]) => file).sort());
  });

  it('is of files that import each other by these names', () => {
    const codes = new Map(entries.map(([, { file }]) => [file, read(file)]));
    // It throws where an import leads nowhere.
    const graph = graphOf(codes);
    const plainOf = new Map(entries.map(([plain, { file }]) => [file, plain]));
    for (const [plain, { file, imports, dynamicImports }] of entries) {
      const files = (graph.get(file)?.references ?? []).flatMap((one) =>
        one.files.map((name) => plainOf.get(name)),
      );
      const listed = [...imports, ...dynamicImports].flatMap((name) => {
        const pattern = new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '[^/]+')}$`);
        return entries.map(([one]) => one).filter((one) => pattern.test(one));
      });
      expect([...new Set(files)].sort(), plain).toEqual([...new Set(listed)].sort());
    }
    expect(manifest.files['bandeau.js']?.imports).toEqual([]);
    expect(manifest.files['signals/google.js']?.imports).toEqual(['bandeau-load-signals.js']);
  });

  it('points at maps that are there', () => {
    const maps = entries.flatMap(([, { file }]) => {
      const [, map] = /^\/\/# sourceMappingURL=(.+)$/m.exec(read(file)) ?? [];
      return map ? posix.join(posix.dirname(file), map) : [];
    });
    expect(maps.length).toBeGreaterThan(20);
    expect(maps.filter((map) => !existsSync(new URL(map, DIST)))).toEqual([]);
  });
});

describe('what npx bandeau snippet prints of what was built', () => {
  const built = new Proxy<Record<string, string>>({}, { get: (_, name) => read(String(name)) });
  const print = (...args: string[]) => {
    const files = { 'policy.json': JSON.stringify(SMALL_POLICY) };
    const { code, stdout, stderr } = runCli(['snippet', '--policy', 'policy.json', ...args], files, built);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  };
  const listed = (text: string) =>
    (/f of\[(.*?)\]/.exec(text)?.[1] ?? '').split(',').map((one) => JSON.parse(one));

  it('names files of the build, the banner and its texts among them', () => {
    const args = ['--lang', 'fr', '--layout', 'bar', '--region', 'us-ca'];
    const plain = listed(print(...args));
    expect(plain).toEqual(
      expect.arrayContaining([
        'bandeau-banner.js',
        'bandeau-layouts.js',
        'bandeau-region.js',
        'locales/banner/fr.js',
        'locales/region/fr.js',
      ]),
    );
    const hashed = listed(print(...args, '--hashed'));
    expect(hashed).toEqual(plain.map((name) => manifest.files[name]?.file));
  });

  it.each([
    ['core', 'bandeau.js', []],
    ['core', 'bandeau.js', ['--hashed']],
    ['banner', 'bandeau.first.js', []],
    ['banner', 'bandeau.first.js', ['--hashed']],
  ])('has no address in it that a page would read as its own: %s of %s %j', (part, core, more) => {
    const printed = print('--inline', part, '--lang', 'fr', '--base', 'https://cdn.example/b/', ...more);
    const code = [...printed.matchAll(/<script>(.*?)<\/script>/gs)].at(-1)?.[1] ?? '';
    expect(code).not.toMatch(/sourceMappingURL/);
    expect(printed.match(/<script\b/g)?.length).toBe(printed.match(/<\/script>/g)?.length);
    // It is whole, and a classic script still.
    expect(parseAst(code).body.length).toBeGreaterThan(0);
    const folder = more[0] ? 'immutable/' : '';
    const addresses = [...code.matchAll(/\bimport\(\s*(["'`])(.*?)\1/g)].map(([, , address = '']) => address);
    const entry = manifest.files[core];
    expect(addresses.length).toBeGreaterThanOrEqual(entry?.dynamicImports.length ?? Number.NaN);
    expect(addresses.filter((one) => !one.startsWith(`https://cdn.example/b/${folder}`))).toEqual([]);
    expect(code.match(/\bimport\s*\(/g)).toHaveLength(addresses.length);
  });

  it('has the banner in the core of --inline banner, and asks for no file of a first visit', () => {
    const { dynamicImports = [] } = manifest.files['bandeau.first.js'] ?? {};
    expect(dynamicImports).not.toContain('bandeau-banner.js');
    expect(dynamicImports).toEqual(expect.arrayContaining(['bandeau-preferences.js', 'locales/*/*.js']));
    expect(print('--inline', 'banner', '--lang', 'fr')).not.toMatch(/rel:"preload"|rel="preload"/);
  });
});
