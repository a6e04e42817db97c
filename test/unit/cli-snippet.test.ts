import { createHash } from 'node:crypto';
import vm from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { GOOGLE_DEFAULTS } from '../../src/policy/signal-terms.ts';
import { type GoogleOptions, google } from '../../src/signals/google.ts';
import type { Policy } from '../../src/types.ts';
import { cleanGlobals, openPage } from '../fixtures/signals.ts';
import { runCli, SMALL_POLICY } from '../support/cli.ts';

const ADS = { id: 'ads', title: 'Publicité', description: 'Annonces d’autres sociétés.' };
const policyOf = (settings: object): Policy => ({
  ...SMALL_POLICY,
  categories: [...SMALL_POLICY.categories, ADS],
  services: [
    ...SMALL_POLICY.services,
    { id: 'regie', category: 'ads', vendor: { name: 'Régie SA' }, purpose: 'Choisit les annonces.' },
  ],
  signals: [{ name: 'google', ...settings }],
});
const bandeau = (...args: string[]) => runCli(args, {});
const withPolicy = (policy: unknown, ...more: string[]) =>
  runCli(['snippet', 'google', '--policy', 'policy.json', ...more], {
    'policy.json': JSON.stringify(policy),
  });

/** What is between the tags. */
const scriptOf = (stdout: string) => /^<script>(.*)<\/script>\n$/s.exec(stdout)?.[1] ?? '';
/** As it stands in the list: Google's tags tell a call from data by what it is. */
const shown = (list: unknown) =>
  Array.from(list as ArrayLike<unknown>, (entry) => ({
    isCall: Object.prototype.toString.call(entry) === '[object Arguments]',
    words: JSON.parse(JSON.stringify(Array.from(entry as ArrayLike<unknown>))),
  }));
const run = (stdout: string, window: Record<string, unknown> = {}) => {
  vm.runInNewContext(scriptOf(stdout), { window });
  return window;
};

/** What the signal has put there by itself at its start, before anything of the visitor is known. */
function signalPuts(options: Partial<GoogleOptions>): unknown {
  openPage(google(options));
  return Reflect.get(globalThis, options.dataLayer ?? 'dataLayer');
}

const CASES: [string, Partial<GoogleOptions>][] = [
  ['nothing', {}],
  ['another time to wait', { waitForUpdate: 2000 }],
  ['no redaction', { adsDataRedaction: false }],
  ['ids in addresses', { urlPassthrough: true }],
  ['another list', { dataLayer: 'layer' }],
  ['tags that load before the choice', { advanced: true }],
];

cleanGlobals('dataLayer', 'layer');

describe('bandeau snippet google', () => {
  it.each(CASES)('pushes what the signal itself would: %s', (_, options) => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { code, stdout, stderr } = withPolicy(policyOf(options));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const window = run(stdout);
    const pushed = shown(window[options.dataLayer ?? 'dataLayer']);
    expect(pushed).toEqual(shown(signalPuts(options)));
    expect(pushed.map(({ words }) => words.slice(0, 2).join(' '))).toEqual([
      'consent default',
      'set ads_data_redaction',
      'set url_passthrough',
    ]);
    expect(pushed.every(({ isCall }) => isCall)).toBe(true);
  });

  it.each(CASES)('leaves nothing to say to the signal that comes after it: %s', (_, options) => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const list = options.dataLayer ?? 'dataLayer';
    Reflect.set(globalThis, list, run(withPolicy(policyOf(options)).stdout)[list]);
    const before = shown(Reflect.get(globalThis, list));
    expect(shown(signalPuts(options))).toEqual(before);
  });

  it('begins with the defaults of regions, which the signal would be too late with', () => {
    const regions = [
      { region: ['US-CA'], granted: ['analytics_storage'] },
      { region: ['US', 'US-TX'], granted: ['analytics_storage', 'ad_storage'] },
    ];
    const pushed = shown(run(withPolicy(policyOf({ regions })).stdout)['dataLayer']);
    expect(pushed.slice(0, 2).map(({ words }) => words)).toEqual([
      ['consent', 'default', { ...GOOGLE_DEFAULTS, analytics_storage: 'granted', region: ['US-CA'] }],
      [
        'consent',
        'default',
        {
          ...GOOGLE_DEFAULTS,
          analytics_storage: 'granted',
          ad_storage: 'granted',
          region: ['US', 'US-TX'],
        },
      ],
    ]);
    expect(pushed.slice(2)).toEqual(shown(signalPuts({})));
    expect(pushed.every(({ isCall }) => isCall)).toBe(true);
  });

  it('tells of a drift: another default is not what the signal pushes', () => {
    const window = run(withPolicy(policyOf({ waitForUpdate: 501 })).stdout);
    expect(shown(window['dataLayer'])).not.toEqual(shown(signalPuts({})));
  });

  it('denies everything but security, with no file, and for a policy without settings for Google', () => {
    const { code, stdout } = bandeau('snippet', 'google');
    expect(code).toBe(0);
    expect(shown(run(stdout)['dataLayer'])[0]?.words).toEqual([
      'consent',
      'default',
      {
        ad_storage: 'denied',
        ad_user_data: 'denied',
        ad_personalization: 'denied',
        analytics_storage: 'denied',
        functionality_storage: 'denied',
        personalization_storage: 'denied',
        security_storage: 'granted',
        wait_for_update: 500,
      },
    ]);
    for (const signals of [undefined, [], ['google'], ['uet'], [{ name: 'uet', dataLayer: 'other' }]]) {
      expect(withPolicy({ ...policyOf({}), signals }).stdout).toBe(stdout);
    }
  });

  it('goes on with a list that is there, and leaves one global and no other', () => {
    const dataLayer = [{ first: true }];
    const window = run(bandeau('snippet', 'google').stdout, { dataLayer });
    expect(window['dataLayer']).toBe(dataLayer);
    expect(dataLayer).toHaveLength(4);
    expect(Object.keys(window)).toEqual(['dataLayer']);
  });

  it('assigns nothing where there is something: it may be more than a list', () => {
    const dataLayer: unknown[] = [];
    let assigned = 0;
    const window = Object.defineProperty({}, 'dataLayer', {
      get: () => dataLayer,
      set: () => {
        assigned += 1;
      },
    });
    run(bandeau('snippet', 'google').stdout, window as Record<string, unknown>);
    expect({ assigned, pushed: dataLayer.length }).toEqual({ assigned: 0, pushed: 3 });
  });

  it('is one line that works in old browsers too, and that nothing in it can end', () => {
    const { stdout } = withPolicy(policyOf({ dataLayer: 'layer' }));
    expect(stdout.match(/<\/?script|<!--/gi)).toEqual(['<script', '</script']);
    expect(scriptOf(stdout)).not.toMatch(/=>|\b(?:let|const)\b|`|[<>&\n]/);
  });

  it.each([
    ['a list that would end the script', { dataLayer: 'x</script><script>alert(1)' }],
    ['a list that the window has already', { dataLayer: 'location' }],
    ['a list that every object has already', { dataLayer: '__proto__' }],
    ['a list that would end the text', { dataLayer: "x'];alert(1);['" }],
    ['a region that would', { regions: [{ region: ['US</script>'], granted: [] }] }],
    ['a term that would', { regions: [{ region: ['US'], granted: ['</script>'] }] }],
    ['a region where nothing is granted unasked', { regions: [{ region: ['FR'], granted: ['ad_storage'] }] }],
  ])('is not made of a policy with %s', (_, settings) => {
    const { code, stdout, stderr } = withPolicy(policyOf(settings));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('signals[0]');
  });

  it('has a hash by which a security policy allows it', () => {
    const { stdout } = withPolicy(policyOf({}));
    const hash = createHash('sha256').update(scriptOf(stdout)).digest('base64');
    expect(withPolicy(policyOf({}), '--csp')).toMatchObject({
      code: 0,
      stdout: `'sha256-${hash}'\n`,
      stderr: '',
    });
    expect(withPolicy(policyOf({ waitForUpdate: 1 }), '--csp').stdout).not.toBe(`'sha256-${hash}'\n`);
  });

  it.each([
    [['snippet', 'google', 'uet'], 'snippet needs the name of one tool'],
    [['snippet', 'uet'], 'no snippet for "uet"'],
    [['snippet', 'google', '--policy', 'missing.json'], "missing.json can't be read"],
    [['snippet', 'google', '--policy', 'a.json', '--policy', 'b.json'], '--policy takes one value'],
    [['snippet', 'google', '--nonce', 'x'], 'nonce'],
    [['snippet', 'google', '--base', '/x/'], 'snippet google knows no option base'],
  ])('%j is refused with the reason', (args, reason) => {
    const { code, stdout, stderr } = bandeau(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
  });
});

describe('bandeau gpc', () => {
  it('prints the document of the day, or of another', () => {
    expect(bandeau('gpc')).toMatchObject({
      code: 0,
      stdout: '{"gpc":true,"lastUpdate":"2025-10-01"}\n',
      stderr: '',
    });
    expect(bandeau('gpc', '--date', '2024-02-29').stdout).toBe('{"gpc":true,"lastUpdate":"2024-02-29"}\n');
  });

  it.each([
    [['gpc', '--date', '2025-02-29'], 'expected a day of the calendar'],
    [['gpc', '--date', '2025'], 'got "2025"'],
    [['gpc', 'policy.json'], 'gpc takes no file'],
  ])('%j is refused with the reason', (args, reason) => {
    const { code, stdout, stderr } = bandeau(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
  });

  it('is in the help, as the snippet is', () => {
    const { stdout } = bandeau('--help');
    expect(stdout).toContain('bandeau gpc');
    expect(stdout).toContain('bandeau snippet google');
  });
});
