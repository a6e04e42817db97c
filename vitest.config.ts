import { dirname, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { bundleCss } from './scripts/bundle-css.mjs';

/**
 * The source imports a stylesheet as its text, with what it imports in turn, minified: as in the build. The
 * name given to the module does not end in `.css`, or vite's own handling of stylesheets would take over.
 */
function cssAsText(): Plugin {
  const PREFIX = '\0css-text:';
  return {
    name: 'css-as-text',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.endsWith('.css') || !importer) return null;
      return `${PREFIX}${resolve(dirname(importer), source)}.js`;
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const filename = id.slice(PREFIX.length, -'.js'.length);
      this.addWatchFile(filename);
      return `export default ${JSON.stringify(bundleCss(filename))}`;
    },
  };
}

/** Files that take minutes: begun last, one of them would run alone at the end. */
const LONG = ['gate-cases', 'guard', 'guard-engines', 'keyboard'].map((name) => `/browser/${name}.test.ts`);
const rank = ({ moduleId }: TestSpecification): number => {
  const index = LONG.findIndex((end) => moduleId.endsWith(end));
  return index < 0 ? LONG.length : index;
};

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  plugins: [cssAsText()],
  // As in the build: the own JSX runtime has no development twin.
  oxc: { jsx: { development: false } },
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          testTimeout: 30_000,
          include: ['test/unit/**/*.test.{ts,tsx}'],
          environment: 'node',
          isolate: false,
          setupFiles: ['test/support/unit-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'ui',
          testTimeout: 30_000,
          include: ['test/ui/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          setupFiles: ['test/support/ui-setup.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'root', include: ['test/*.test.{ts,tsx}'], environment: 'node', testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          environment: 'node',
          // Each file drives one browser at a time, and waits for it more than it computes: three keep two
          // cores busy. They run after everything else (a later group), so that nothing quick waits for them.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // A machine with a browser on each core is slow to answer.
          expect: { poll: { timeout: 5_000 } },
        },
      },
    ],
  },
});
