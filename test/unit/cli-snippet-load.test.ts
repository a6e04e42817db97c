import { createHash } from 'node:crypto';
import vm from 'node:vm';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { chooseLocale } from '../../src/effects/load-ui/languages.ts';
import { languageOf } from '../../src/policy/language-of.ts';
import { BUILT_TEXTS, runCli, SMALL_POLICY, TEXTS } from '../support/cli.ts';

const LANGUAGES =
  'ar bg ca cs da de el en es et eu fi fr ga gl he hr hu is it ja lt lv mt nb nl pl pt ro sk sl sv tr uk zh'.split(
    ' ',
  );

/** A build with a part between the core and the banner, and one that the banner imports at once. */
const IMPORTS: Record<string, [imports: string[], dynamicImports: string[]]> = {
  'bandeau.js': [
    [],
    [
      'bandeau-ask.js',
      'bandeau-debug.js',
      'bandeau-load-signals.js',
      'bandeau-own-texts.js',
      'bandeau-later.js',
    ],
  ],
  'bandeau.first.js': [
    [],
    ['bandeau-layouts.js', 'bandeau-own-texts.js', 'bandeau-region.js', 'locales/*/*.js'],
  ],
  'bandeau-ask.js': [
    [],
    [
      'bandeau-banner.js',
      'bandeau-layouts.js',
      'bandeau-region.js',
      'bandeau-preferences.js',
      'locales/*/*.js',
    ],
  ],
  'bandeau-banner.js': [['bandeau-drawing.js'], []],
  'bandeau-drawing.js': [[], ['bandeau-debug.js']],
  'bandeau-load-signals.js': [[], ['signals/*.js']],
  'signals/google.js': [['bandeau-load-signals.js'], []],
  ...Object.fromEntries(
    ['debug', 'layouts', 'own-texts', 'region', 'preferences', 'later'].map((name) => [
      `bandeau-${name}.js`,
      [[], []],
    ]),
  ),
  ...Object.fromEntries(
    LANGUAGES.flatMap((one) => ['banner', 'region'].map((layer) => [`locales/${layer}/${one}.js`, [[], []]])),
  ),
};
const hashed = (name: string) =>
  `immutable/${name.replace(/\.js$/, name.startsWith('locales/') ? '.feedbeef.js' : '.0123abcd.js')}`;
const CORE = `const a="</script><!--";import("./bandeau-ask.js");import(\`./locales/\${a}.js\`);\n//# sourceMappingURL=bandeau.js.map\n`;
const BUILT = {
  'manifest.json': JSON.stringify({
    version: 1,
    files: Object.fromEntries(
      Object.entries(IMPORTS).map(([name, [imports, dynamicImports]]) => [
        name,
        {
          file: hashed(name),
          integrity: `sha384-hashed`,
          plainIntegrity: `sha384-plain`,
          imports,
          dynamicImports,
        },
      ]),
    ),
  }),
  'cli-texts.json': BUILT_TEXTS,
  'bandeau.js': CORE,
  'bandeau.first.js': CORE,
  [hashed('bandeau.js')]: CORE.replaceAll('.js', '.0123abcd.js'),
};

const snippet = (
  args: readonly string[],
  policy: object = SMALL_POLICY,
  built: Record<string, string> = BUILT,
) => runCli(['snippet', ...args], { 'site/policy.json': JSON.stringify(policy) }, built);
const WITH_POLICY = ['--policy', 'site/policy.json'];
const lines = (args: readonly string[], policy?: object) => {
  const { code, stdout, stderr } = snippet(args, policy);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trimEnd().split('\n');
};
/** What runs, in the order of the page. */
const scriptsIn = (text: string) =>
  [...text.matchAll(/<script(?! type)[^>]*>(.+?)<\/script>/gs)].map(([, code = '']) => code);

interface Visit {
  readonly cookie?: string;
  readonly lang?: string;
  readonly languages?: readonly string[];
}

/** The links that the first script makes on a page. */
function linksOf(
  args: readonly string[],
  { cookie = '', lang = 'fr', languages = ['fr'] }: Visit = {},
  policy?: object,
) {
  const [starter = ''] = scriptsIn(lines(args, policy).join('\n'));
  const links: Record<string, string>[] = [];
  const document = {
    cookie,
    documentElement: { lang },
    currentScript: { nonce: 'of-the-page' },
    createElement: (name: string) => ({ name }),
    head: { append: (link: Record<string, string>) => links.push({ ...link }) },
  };
  vm.runInNewContext(starter, { document, navigator: { languages } });
  return links;
}
const filesOf = (...args: Parameters<typeof linksOf>) => linksOf(...args).map(({ href }) => href);

describe('bandeau snippet', () => {
  it('prints a script, the policy ahead of its use, and the core, which nothing waits for', () => {
    const [starter, ...rest] = lines(WITH_POLICY);
    expect(starter).toMatch(/^<script>try\{.*\}<\/script>$/);
    expect(rest).toEqual([
      '<link rel="preload" href="/policy.json" crossorigin as="fetch">',
      '<script async src="/bandeau/bandeau.js" data-policy="/policy.json"></script>',
    ]);
  });

  it('lets a first visit load all that leads to the banner, what that imports at once, and its texts', () => {
    expect(linksOf(WITH_POLICY)[0]).toEqual({
      name: 'link',
      rel: 'preload',
      as: 'script',
      crossOrigin: '',
      href: '/bandeau/bandeau-ask.js',
    });
    expect(filesOf(WITH_POLICY)).toEqual([
      '/bandeau/bandeau-ask.js',
      '/bandeau/bandeau-banner.js',
      '/bandeau/bandeau-drawing.js',
      '/bandeau/locales/banner/fr.js',
    ]);
  });

  it.each(['bandeau=1.abc', 'a=b; bandeau=x', 'bandeau=x; a=b'])(
    'loads nothing ahead where there is %j',
    (cookie) => {
      expect(filesOf(WITH_POLICY, { cookie })).toEqual([]);
    },
  );

  it.each(['xbandeau=1', 'bandeau2=1', 'a=bandeau=1', 'bandeau=', 'bandeau=; a=b'])(
    'takes %j for no decision',
    (cookie) => {
      expect(filesOf(WITH_POLICY, { cookie })).toHaveLength(4);
    },
  );

  it('is silent where a page may not ask for its cookies', () => {
    const document = {
      get cookie() {
        throw new Error('SecurityError');
      },
    };
    const [starter = ''] = scriptsIn(lines(WITH_POLICY).join('\n'));
    expect(() => vm.runInNewContext(starter, { document })).not.toThrow();
  });

  it('goes by the name of the cookie that the policy gives, whatever it is made of', () => {
    const policy = { ...SMALL_POLICY, scope: { sites: ['example.org'], cookieName: 'a.b|$c' } };
    expect(filesOf(WITH_POLICY, { cookie: 'a.b|$c=1' }, policy)).toEqual([]);
    expect(filesOf(WITH_POLICY, { cookie: 'axb|$c=1; bandeau=1' }, policy)).toHaveLength(4);
  });

  const tags = ['', 'fr', 'FR', 'fr-BE', 'fr_BE', 'no', 'nn-NO', 'iw', 'fil', 'eo', 'zh-Hant', 'x'];
  it.each(tags)('chooses the texts that the core will, on a page in %j', (lang) => {
    for (const languages of [[], ['nl-BE', 'fr'], ['eo', 'NO'], ['fil', 'eo']]) {
      const chosen = languageOf(chooseLocale([lang, ...languages]));
      expect(filesOf([], { lang, languages })).toContain(`/bandeau/locales/banner/${chosen}.js`);
    }
  });

  it('knows of one language, or of a site’s own, without a list of all', () => {
    expect(filesOf(['--lang', 'nl'], { lang: 'fr' })).toContain('/bandeau/locales/banner/nl.js');
    const last = (lang: string) => filesOf(['--lang', 'fr,no,en'], { lang, languages: ['en'] }).at(-1);
    expect(['nb-NO', 'no', 'EN', 'en-GB', 'de', ''].map(last)).toEqual(
      ['nb', 'nb', 'en', 'en', 'fr', 'fr'].map((one) => `/bandeau/locales/banner/${one}.js`),
    );
  });

  it('is at most 0.4 kB: for one language as it is written, for any in brotli', () => {
    const [one = '', any = ''] = [['--lang', 'fr'], []].map(
      (more) => scriptsIn(lines([...WITH_POLICY, ...more])[0] ?? '')[0],
    );
    expect(one.length).toBeLessThanOrEqual(400);
    expect(any.length).toBeGreaterThan(400);
    expect(brotliCompressSync(any).length).toBeLessThanOrEqual(400);
  });

  it.each<[string, string[], object, string[]]>([
    ['a layout', ['--layout', 'bar'], {}, ['bandeau-layouts.js']],
    ['a position', ['--position', 'top end'], {}, ['bandeau-layouts.js']],
    ['a page that waits', ['--modal'], {}, ['bandeau-layouts.js']],
    ['words of the site', [], { texts: { 'banner.title': 'Cookies' } }, ['bandeau-own-texts.js']],
    ['a region with other rules', ['--region', 'us-ca'], {}, ['bandeau-region.js', 'locales/region/fr.js']],
    ['a region with the usual ones', ['--region', 'fr'], {}, []],
  ])('adds what %s needs', (_, args, more, files) => {
    const plain = filesOf(WITH_POLICY);
    const all = filesOf([...WITH_POLICY, ...args], {}, { ...SMALL_POLICY, ...more });
    expect(all.filter((file) => !plain.includes(file)).sort()).toEqual(
      files.map((file) => `/bandeau/${file}`),
    );
    expect(plain.filter((file) => !all.includes(file))).toEqual([]);
  });

  it('loads ahead on every visit what a policy tells the choice to', () => {
    const google = { ...SMALL_POLICY, signals: ['google'] };
    const links = lines(WITH_POLICY, google).filter((line) => line.includes('as="script"'));
    expect(links).toEqual(
      ['bandeau-load-signals.js', 'signals/google.js'].map(
        (file) => `<link rel="preload" href="/bandeau/${file}" crossorigin as="script">`,
      ),
    );
  });

  it('has nothing to load ahead where a policy asks nothing', () => {
    const policy = { ...SMALL_POLICY, categories: [{ id: 'essential' }], services: [] };
    expect(lines(WITH_POLICY, policy)).toHaveLength(2);
    expect(snippet([...WITH_POLICY, '--csp'], policy).stdout).toBe('\n');
  });

  it('writes the attributes that the core reads', () => {
    const args = ['--layout', 'bar', '--position', 'top end', '--modal', '--region', 'us-ca', '--blocking'];
    expect(lines([...args, '--policy-url', '/p?a=1&b=2']).at(-1)).toBe(
      '<script src="/bandeau/bandeau.js" data-policy="/p?a=1&amp;b=2" data-layout="bar" data-position="top end" data-modal data-region="us-ca"></script>',
    );
  });

  it('names files by their hash, and says the hash of the core', () => {
    const args = [...WITH_POLICY, '--hashed', '--base', 'https://cdn.example/b'];
    expect(filesOf(args, { lang: 'nl' })).toEqual([
      'https://cdn.example/b/immutable/bandeau-ask.0123abcd.js',
      'https://cdn.example/b/immutable/bandeau-banner.0123abcd.js',
      'https://cdn.example/b/immutable/bandeau-drawing.0123abcd.js',
      'https://cdn.example/b/immutable/locales/banner/nl.feedbeef.js',
    ]);
    expect(lines(args).at(-1)).toContain(
      'src="https://cdn.example/b/immutable/bandeau.0123abcd.js" integrity="sha384-hashed" crossorigin="anonymous"',
    );
    expect(lines(['--integrity']).at(-1)).toContain(
      'src="/bandeau/bandeau.js" integrity="sha384-plain" crossorigin="anonymous"',
    );
    expect(lines([]).at(-1)).not.toContain('integrity');
  });

  it('writes a nonce to each element, made safe, and the script gives its own to what it makes', () => {
    const google = { ...SMALL_POLICY, signals: ['google'] };
    const printed = lines([...WITH_POLICY, '--nonce', 'a"<b'], google);
    expect(
      printed
        .filter((line) => !line.includes('as="fetch"'))
        .every((line) => line.includes('nonce="a&quot;&lt;b"')),
    ).toBe(true);
    expect(linksOf(['--nonce', 'x']).map(({ nonce }) => nonce)).toEqual(Array(4).fill('of-the-page'));
    expect(linksOf([]).map(({ nonce }) => nonce)).toEqual(Array(4).fill(undefined));
  });

  it.each([[[]], [['--lang', 'fr']], [['--inline', 'core']], [['--inline', 'banner', '--lang', 'fr']]])(
    'has hashes by which a security policy allows its scripts: %j',
    (args) => {
      const printed = lines([...WITH_POLICY, ...args]).join('\n');
      const hashes = scriptsIn(printed).map(
        (code) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`,
      );
      expect(hashes.length).toBeGreaterThan(0);
      expect(snippet([...WITH_POLICY, ...args, '--csp']).stdout).toBe(`${hashes.join(' ')}\n`);
    },
  );

  it.each<[string[], string]>([
    [['--base', 'assets/'], '--base is the address of a folder'],
    [['--base', '/a"b/'], '--base is the address of a folder'],
    [['--base', 'javascript:alert(1)'], '--base is the address of a folder'],
    [['--policy-url', 'a b'], '--policy-url is an address'],
    [['--inline', 'all'], '--inline is core or banner; got "all"'],
    [['--inline', 'banner'], '--inline banner needs --lang'],
    [['--inline', 'core', '--blocking'], '--blocking is for a core that is no part of the page'],
    [['--inline', 'core', '--integrity'], '--integrity is for a core that is no part of the page'],
    [['--lang', 'fr,eo'], '--lang has no texts in "eo"'],
    [['--layout', 'round'], '--layout is box, bar or center'],
    [['--position', 'left'], '--position is an edge and a corner'],
    [['--region', 'California'], '--region is a code'],
    [['--policy', 'missing.json'], "missing.json can't be read"],
    [['--lang', 'fr', '--lang', 'en'], '--lang takes one value'],
    [['--async'], 'async'],
  ])('%j is refused with the reason', (args, reason) => {
    const { code, stdout, stderr } = snippet(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
  });

  it.each<[string, string[]]>([
    ['manifest.json', []],
    ['bandeau.js', ['--inline', 'core']],
    ['cli-texts.json', ['--inline', 'banner', '--lang', 'fr']],
  ])('says that %s was not built', (name, args) => {
    const { [name]: _, ...others } = BUILT as Record<string, string>;
    const { code, stdout, stderr } = snippet(args, SMALL_POLICY, others);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('npm run build');
  });

  it('is made of no policy with errors', () => {
    const { code, stdout, stderr } = snippet(WITH_POLICY, { ...SMALL_POLICY, version: '' });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('version');
  });
});

describe('bandeau snippet --inline', () => {
  const dataIn = (text: string, name: string) =>
    JSON.parse(
      new RegExp(`<script type="application/json" ${name}>(.*?)</script>`).exec(text)?.[1] ?? 'null',
    );

  it('puts the policy and the core into the page, with addresses for what they import', () => {
    const hostile = { ...SMALL_POLICY, controller: { ...SMALL_POLICY.controller, name: 'A < B' } };
    const printed = lines([...WITH_POLICY, '--inline', 'core', '--base', '/b/'], hostile).join('\n');
    expect(dataIn(printed, 'data-bandeau-policy')).toEqual(hostile);
    const core = scriptsIn(printed).at(-1) ?? '';
    expect(core).toBe(
      `const a="\\x3c/script>\\x3c!--";import("/b/bandeau-ask.js");import(\`/b/locales/\${a}.js\`);`,
    );
    expect(printed).toContain('A \\u003c B');
    expect(printed.match(/<\/script|<!--/g)).toHaveLength(3);
    expect(printed).not.toContain('data-policy');
  });

  it('imports by their hash what stands beside a core that is named by its own', () => {
    const core = scriptsIn(lines(['--inline', 'core', '--hashed']).join('\n')).at(-1);
    expect(core).toContain('import("/bandeau/immutable/bandeau-ask.0123abcd.js")');
  });

  it('leaves the policy where it is when that is asked for', () => {
    const printed = lines([...WITH_POLICY, '--inline', 'core', '--policy-url', '/p.json']).join('\n');
    expect(printed).toContain('<link rel="preload" href="/p.json" crossorigin as="fetch">');
    expect(printed).toContain('<script data-policy="/p.json">');
    expect(printed).not.toContain('data-bandeau-policy');
  });

  it('still lets a first visit load the banner ahead; with the banner in the page, only what is not', () => {
    expect(filesOf([...WITH_POLICY, '--inline', 'core'])).toHaveLength(4);
    const inPage = [...WITH_POLICY, '--inline', 'banner', '--lang', 'fr'];
    expect(scriptsIn(lines(inPage).join('\n'))).toHaveLength(1);
    expect(filesOf([...inPage, '--layout', 'bar'])).toEqual(['/bandeau/bandeau-layouts.js']);
  });

  it('puts in the texts of each language that is named, and of a region where its rules are others', () => {
    const texts = (...args: string[]) =>
      dataIn(lines([...WITH_POLICY, '--inline', 'banner', ...args]).join('\n'), 'data-bandeau-texts');
    expect(texts('--lang', 'fr,nl')).toEqual({ 'banner/fr': TEXTS.fr.banner, 'banner/nl': TEXTS.nl.banner });
    expect(texts('--lang', 'fr', '--region', 'us-ca')).toEqual({
      'banner/fr': TEXTS.fr.banner,
      'region/fr': TEXTS.fr.region,
    });
  });
});
