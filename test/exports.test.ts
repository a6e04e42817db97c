import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rollup/parseAst';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const script = readFileSync(join(ROOT, 'dist/bandeau.js'), 'utf8');

const run = (command: string, args: readonly string[], cwd: string) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}`, stdout };
};
// `prepack` would build in the middle of other tests: what is packed is what is there.
const pack = (...args: string[]) =>
  JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', ...args], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  )[0] as {
    filename: string;
    files: { path: string }[];
  };

/** Every file that a value of package.json `exports` names. */
function targets(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(targets) : [];
}

const SERVER = [
  'ShieldError',
  'collectReports',
  'contentSecurityPolicy',
  'gpcDocument',
  'readGpc',
  'readReceipt',
  'regionOf',
];

describe('the public surface', () => {
  it.each<[string, string[]]>([
    ['dist/es/index.js', ['ConsentError', 'InvalidChoiceError', 'createConsent', 'isConsentError']],
    [
      'dist/es/index.development.js',
      ['ConsentError', 'InvalidChoiceError', 'createConsent', 'isConsentError'],
    ],
    ['dist/es/validate.js', ['parsePolicy', 'validatePolicy']],
    ['dist/es/server/index.js', SERVER],
    ['dist/bandeau-server.js', SERVER],
    ['dist/es/guard/index.js', ['startGuard']],
    ['dist/es/markup/index.js', ['readMarkup']],
    ['dist/es/tcf/index.js', ['followTcf']],
    ['dist/es/signals/gpp/index.js', ['gpp']],
    ['dist/es/import/axeptio.js', ['fromAxeptio']],
    ['dist/es/import/c15t.js', ['fromC15t']],
    ['dist/es/import/cookiebot.js', ['fromCookiebot']],
    ['dist/es/import/cookieyes.js', ['fromCookieYes']],
    ['dist/es/import/klaro.js', ['fromKlaro']],
    ['dist/es/import/onetrust.js', ['fromOneTrust']],
    ['dist/es/import/tarteaucitron.js', ['fromTarteaucitron']],
    ['dist/es/import/vanilla-cookieconsent.js', ['fromVanillaCookieConsent']],
  ])('of %s is exactly %j', async (file, names) => {
    expect(Object.keys(await import(/* @vite-ignore */ join(ROOT, file))).sort()).toEqual(names);
  });

  it('of package.json is exactly this', () => {
    expect(Object.keys(manifest.exports)).toEqual([
      '.',
      './validate',
      './server',
      './guard',
      './markup',
      './import/axeptio',
      './import/c15t',
      './import/cookiebot',
      './import/cookieyes',
      './import/klaro',
      './import/onetrust',
      './import/tarteaucitron',
      './import/vanilla-cookieconsent',
      './signals',
      './signals/*',
      './signals/gpp',
      './signals/kit/*',
      './tcf',
      './dist/*',
      './package.json',
    ]);
  });

  it('leads to files that are there', () => {
    const files = [...targets(manifest.exports), manifest.types, manifest.bin.bandeau].filter(
      (path) => !path.includes('*'),
    );
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('has types first in every condition, or TypeScript would not read them', () => {
    const entries = Object.keys(manifest.exports).filter((entry) => !/dist|package|kit/.test(entry));
    expect(entries.length).toBeGreaterThan(10);
    for (const entry of entries) expect(Object.keys(manifest.exports[entry])[0]).toBe('types');
  });

  it('names as side effects exactly the files that have some', () => {
    expect(manifest.sideEffects).toEqual([
      './dist/bandeau.js',
      './dist/bandeau.all.js',
      './dist/bandeau.first.js',
      './dist/bandeau-guard.js',
      './dist/bandeau-markup.js',
      './dist/cli.js',
    ]);
  });
});

describe('the script-tag file', () => {
  it('is a classic script of ES2022, without imports of its own', () => {
    const program = parseAst(script);
    expect(program.body.map(({ type }) => type).filter((type) => /^(Import|Export)/.test(type))).toEqual([]);
    const later = /\busing\s|#\w+ in \b.*=>|\bimport\s+defer\b|\(\?[ims]+-?[ims]*:|\/v\b/;
    expect(script).not.toMatch(later);
    expect('const a = (?i:x)').toMatch(later);
  });

  /** Names that are assigned on window, under its own name or the one that the minifier gave it. */
  const globalsOf = (code: string) => {
    const aliases = [...code.matchAll(/\b(\w+)=window\b(?![.[])/g)].map(([, name]) => name as string);
    return [
      ...new Set(
        ['window', 'globalThis', 'self', ...aliases].flatMap((name) =>
          [
            ...code.matchAll(
              new RegExp(`(?<![\\w.$])${name}\\.([\\w$]+)\\s*(?:\\?\\?|\\|\\||&&)?=(?!=)`, 'g'),
            ),
          ].map(([, key]) => key),
        ),
      ),
    ];
  };

  it('leaves exactly one global: bandeau', () => {
    expect(globalsOf(script)).toEqual(['bandeau']);
  });

  it('declares nothing at its top level, which in a classic script would be a global too', () => {
    expect(
      parseAst(script)
        .body.map(({ type }) => type)
        .filter((type) => /Declaration$/.test(type)),
    ).toEqual([]);
  });

  it('would be seen leaving two', () => {
    expect(globalsOf('const w=window;w.bandeau=1;w.other??=2;a.w.no=1;w.x==1')).toEqual(['bandeau', 'other']);
  });

  it('does not ask for a process, which a page does not have', () => {
    for (const file of readdirSync(join(ROOT, 'dist')).filter((name) => /^bandeau.*\.js$/.test(name))) {
      expect(readFileSync(join(ROOT, 'dist', file), 'utf8'), file).not.toMatch(/\bprocess\.env\b/);
    }
  });
});

describe('the package', () => {
  const { files } = pack('--dry-run');
  const paths = files.map(({ path }) => path);

  it.each([
    'package.json',
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
    'dist/bandeau.js',
    'dist/bandeau.all.js',
    'dist/bandeau-banner.js',
    'dist/bandeau-notice.js',
    'dist/bandeau-preferences.js',
    'dist/bandeau-debug.js',
    'dist/bandeau-server.js',
    'dist/bandeau-guard.js',
    'dist/bandeau-markup.js',
    'dist/bandeau-carry-over.js',
    'dist/es/import/klaro.js',
    'dist/types/import/klaro.d.ts',
    'dist/types/markup/index.d.ts',
    'dist/bandeau-placeholders.js',
    'dist/bandeau-parts.js',
    'dist/bandeau-layouts.js',
    'dist/bandeau-own-texts.js',
    'dist/locales/banner/en.js',
    'dist/locales/notice/nl.js',
    'dist/locales/preferences/fr.js',
    'dist/locales/placeholders/de.js',
    'dist/locales/declaration/ar.js',
    'dist/es/locales/banner/fr.json.js',
    'dist/es/index.js',
    'dist/es/index.development.js',
    'dist/es/validate.js',
    'dist/es/server/index.js',
    'dist/es/guard/index.js',
    'dist/types/guard/index.d.ts',
    'dist/types/index.d.ts',
    'dist/types/server/index.d.ts',
    'dist/cli.js',
    'dist/cli-texts.json',
  ])('holds %s', (path) => {
    expect(paths).toContain(path);
  });

  it('holds no tests, sources, demos or settings', () => {
    const strange = paths.filter(
      (path) => !/^(dist\/|docs\/|(package\.json|(README|ARCHITECTURE|CHANGELOG)\.md|LICENSE)$)/.test(path),
    );
    expect(strange).toEqual([]);
    expect(paths.filter((path) => /\.test\.|(?<!\.d)\.tsx?$|\.ci\//.test(path))).toEqual([]);
  });
});

describe('the package, installed in another project', () => {
  let folder = '';
  const inFolder = (path: string) => join(folder, path);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bandeau-consumer-'));
    const { filename } = pack('--pack-destination', folder);
    mkdirSync(inFolder('node_modules/bandeau'), { recursive: true });
    execFileSync('tar', [
      '-xzf',
      inFolder(filename),
      '-C',
      inFolder('node_modules/bandeau'),
      '--strip-components=1',
    ]);
    // What npm would install beside it, without asking the network.
    for (const name of Object.keys(manifest.dependencies)) {
      symlinkSync(join(ROOT, 'node_modules', name), inFolder(`node_modules/${name}`), 'dir');
    }
    // As npm does with every `bin`.
    chmodSync(inFolder('node_modules/bandeau/dist/cli.js'), 0o755);
    mkdirSync(inFolder('node_modules/.bin'));
    symlinkSync('../bandeau/dist/cli.js', inFolder('node_modules/.bin/bandeau'));
    writeFileSync(
      inFolder('package.json'),
      JSON.stringify({ name: 'consumer', type: 'module', private: true }),
    );
    writeFileSync(inFolder('policy.json'), readFileSync(new URL('./fixtures/policy.json', import.meta.url)));
    writeFileSync(
      inFolder('app.ts'),
      `import { createConsent, InvalidChoiceError, type Consent, type Policy } from 'bandeau';
       import { parsePolicy, validatePolicy, type Problem } from 'bandeau/validate';
       import { fromKlaro } from 'bandeau/import/klaro';
       import { contentSecurityPolicy, readReceipt, type Shield } from 'bandeau/server';
       const policy = {
         version: '1',
         controller: { name: 'x', contact: 'x', privacyUrl: '/x' },
         scope: { sites: ['example.org'] },
         categories: [{ id: 'analytics' }],
         services: [],
       } as const satisfies Policy;
       const consent: Consent<'analytics'> = createConsent({ policy });
       consent.isGranted('analytics');
       consent.$choices.subscribe((choices) => choices.analytics satisfies 'granted' | 'denied' | undefined);
       // @ts-expect-error a mistyped category
       consent.isGranted('analytic');
       export const problems: Problem[] = validatePolicy(policy);
       const visitor = readReceipt('bandeau=1', policy);
       visitor.isGranted('analytics');
       // @ts-expect-error a mistyped category
       visitor.isGranted('analytic');
       export const shield: Shield = contentSecurityPolicy(policy, visitor, { mode: 'strict' });
       createConsent({ policy, importers: [fromKlaro({ matomo: 'analytics' })] });
       export { InvalidChoiceError, parsePolicy };`,
    );
    // Packing waits for the disk of a busy machine.
  }, 60_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['bandeau', 'bandeau/validate', 'bandeau/server', 'bandeau/guard', 'bandeau/package.json'])(
    'resolves %s',
    (name) => {
      const { status, output } = run(process.execPath, ['-e', `require.resolve('${name}')`], folder);
      // Both entries are ES modules; require.resolve reads the same exports.
      expect(output).toBe('');
      expect(status).toBe(0);
    },
  );

  it.each([
    ['bandeau', 'ConsentError,InvalidChoiceError,createConsent,isConsentError'],
    ['bandeau/validate', 'parsePolicy,validatePolicy'],
    ['bandeau/server', SERVER.join()],
    ['bandeau/guard', 'startGuard'],
    ['bandeau/markup', 'readMarkup'],
    ['bandeau/import/klaro', 'fromKlaro'],
  ])('imports %s in node', (name, names) => {
    const code = `import('${name}').then((m) => console.log(Object.keys(m).sort().join()))`;
    expect(run(process.execPath, ['-e', code], folder).output.trim()).toBe(names);
  });

  it('starts in node and denies everything', () => {
    const code = `import { createConsent } from 'bandeau';
      import { readFileSync } from 'node:fs';
      const consent = createConsent({ policy: JSON.parse(readFileSync('policy.json', 'utf8')) });
      console.log(consent.isGranted('analytics'), consent.isGranted('essential'));`;
    expect(run(process.execPath, ['--input-type=module', '-e', code], folder).output.trim()).toBe(
      'false true',
    );
  });

  it('leaves no global behind in node, but for the one of nanostores', () => {
    const code = `const before = new Set(Object.getOwnPropertyNames(globalThis));
      await import('bandeau');
      console.log(Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name)).join());`;
    const left = run(process.execPath, ['--input-type=module', '-e', code], folder).output.trim();
    expect(['', 'nanostoresGlobal']).toContain(left);
  });

  it('gives no way in beside its exports', () => {
    const code = "import('bandeau/src/index.ts').catch((error) => console.log(error.code))";
    expect(run(process.execPath, ['-e', code], folder).output.trim()).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  it('writes no history through a link, whether it leads anywhere or not', () => {
    const bin = inFolder('node_modules/.bin/bandeau');
    const add = () => run(process.execPath, [bin, 'history', 'add', 'policy.json', '--dir', '1e3'], folder);
    mkdirSync(inFolder('1e3'));
    symlinkSync(inFolder('outside.json'), inFolder('1e3/index.json'));
    expect(add()).toMatchObject({ status: 1, output: expect.stringContaining('1e3/index.json is a link') });
    expect(existsSync(inFolder('outside.json'))).toBe(false);
    writeFileSync(inFolder('outside.json'), '[]');
    expect(add().status).toBe(1);
    expect(readFileSync(inFolder('outside.json'), 'utf8')).toBe('[]');
    rmSync(inFolder('1e3/index.json'));
    expect(add()).toMatchObject({ status: 0, output: expect.stringContaining('is in 1e3/') });
  });

  describe.each(['bundler', 'nodenext'])('with moduleResolution %s', (moduleResolution) => {
    const compile = (skipLibCheck: boolean) => {
      writeFileSync(
        inFolder('tsconfig.json'),
        JSON.stringify({
          compilerOptions: {
            target: 'ES2022',
            module: moduleResolution === 'bundler' ? 'ESNext' : 'NodeNext',
            moduleResolution,
            lib: ['ES2022', 'DOM', 'DOM.Iterable'],
            types: [],
            strict: true,
            noEmit: true,
            exactOptionalPropertyTypes: true,
            noUncheckedIndexedAccess: true,
            verbatimModuleSyntax: true,
            skipLibCheck,
          },
          files: ['app.ts'],
        }),
      );
      return run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder], folder);
    };

    it.each([true, false])('a strict consumer compiles, skipLibCheck %s', (skipLibCheck) => {
      const { output, status } = compile(skipLibCheck);
      expect(output.split('\n').slice(0, 10).join('\n')).toBe('');
      expect(status).toBe(0);
    });

    it('would not compile with a wrong choice', () => {
      const app = readFileSync(inFolder('app.ts'), 'utf8');
      writeFileSync(inFolder('app.ts'), `${app}\nconsent.save({ analytics: 'yes' });`);
      const { output } = compile(true);
      writeFileSync(inFolder('app.ts'), app);
      expect(output).toContain('"yes"');
    });
  });

  describe('npx bandeau', () => {
    const bandeau = (...args: string[]) => run('npx', ['--no-install', 'bandeau', ...args], folder);

    it('check says that a good policy is good', () => {
      const { status, stdout } = bandeau('check', 'policy.json');
      expect(stdout).toContain('policy.json: ');
      expect(stdout).toContain('3 categories, 1 service');
      expect(status).toBe(0);
    });

    it('check fails on a bad one', () => {
      writeFileSync(inFolder('bad.json'), '{ "version": "" }');
      const { status, stdout } = bandeau('check', 'bad.json');
      expect(status).toBe(1);
      expect(stdout).toContain('controller');
    });

    it('--version is the version of the package', () => {
      expect(bandeau('--version').stdout.trim()).toBe(manifest.version);
    });
  });
});
