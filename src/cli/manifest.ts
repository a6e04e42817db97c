import type { Io } from './io.ts';
import { reasonOf } from './read-policy-file.ts';

/** A file that pages load by an address, as `dist/manifest.json` describes it. */
export interface BuiltFile {
  /** The same under the name that it has for good. */
  readonly file: string;
  /** Of the file of that name. */
  readonly integrity: string;
  readonly plainIntegrity: string;
  /** Plain names, `*` for what is known at run time alone. */
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
}

/** By plain name. */
export type Manifest = ReadonlyMap<string, BuiltFile>;

/** The manifest of what was built beside the command. @returns a message where it can't be read */
export function readManifest(io: Io): Manifest | string {
  try {
    const { files }: { files: Record<string, BuiltFile> } = JSON.parse(io.readBuilt('manifest.json'));
    return new Map(Object.entries(files));
  } catch (error) {
    return `the manifest can't be read: ${reasonOf(error)}. Run: npm run build`;
  }
}

/** What a file imports, at once or also when it is wanted. */
function importsOf(manifest: Manifest, name: string, isDynamicToo: boolean): string[] {
  const { imports = [], dynamicImports = [] } = manifest.get(name) ?? {};
  const names = isDynamicToo ? [...imports, ...dynamicImports] : imports;
  return names.flatMap((one) => {
    if (!one.includes('*')) return one;
    const [before = '', ...rest] = one.split('*');
    const pattern = new RegExp(
      `^${[before, ...rest].map((text) => text.replaceAll('.', '\\.')).join('[^/]+')}$`,
    );
    return [...manifest.keys()].filter((name) => pattern.test(name));
  });
}

/**
 * What a page needs until it has a file: the shortest way to it from another, which may lead through parts that were
 * split off, with what each file on that way imports at once.
 * @returns nothing where no way leads there
 */
export function wayTo(manifest: Manifest, from: string, to: string): string[] {
  const reachedFrom = new Map<string, string | undefined>([[from, undefined]]);
  for (const name of reachedFrom.keys()) {
    for (const next of importsOf(manifest, name, true)) {
      if (!reachedFrom.has(next)) reachedFrom.set(next, name);
    }
  }
  const way: string[] = [];
  for (let at = reachedFrom.has(to) ? to : undefined; at && at !== from; at = reachedFrom.get(at))
    way.unshift(at);
  const needed = new Set(way);
  for (const name of needed) for (const one of importsOf(manifest, name, false)) needed.add(one);
  needed.delete(from);
  return [...needed];
}

/** The languages that there are texts of the banner for. */
export const languagesIn = (manifest: Manifest): string[] =>
  [...manifest.keys()].flatMap((name) => /^locales\/banner\/(\w+)\.js$/.exec(name)?.[1] ?? []).sort();
