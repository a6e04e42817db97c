import { describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { SMALL_POLICY as POLICY, runCli } from '../support/cli.ts';

const FILES: Record<string, string> = {
  'policy.json': JSON.stringify(POLICY),
  'warning.json': JSON.stringify({ ...POLICY, lifetimeMonths: 12 }),
  'error.json': JSON.stringify({ ...POLICY, version: '', legitimateInterest: true }),
  'broken.json': '{"version": }',
  '--odd.json': JSON.stringify(POLICY),
};

const bandeau = (...args: string[]) => runCli(args, FILES);

describe('bandeau check', () => {
  it('says in one line that a policy is fine', () => {
    expect(bandeau('check', 'policy.json')).toEqual({
      code: 0,
      stdout: 'policy.json: no problem (1 category, 1 service)\n',
      stderr: '',
    });
  });

  it('prints each problem on aligned lines, and fails', () => {
    expect(bandeau('check', 'error.json')).toEqual({
      code: 1,
      stderr: '',
      stdout: `error.json: 2 errors

error       legitimateInterest
  got       true
  expected  no such key: legitimate interest is no basis for storing or reading on a device
  fix       Remove it. The visitor is asked, or the service is one that the site cannot work without.
  rule      R51

error       version
  got       ""
  expected  a text of 1 to 40 characters
  fix       Write the date that the policy page shows, such as "2025-01-15".
`,
    });
  });

  it('lets warnings pass, but prints them', () => {
    const { code, stdout } = bandeau('check', 'warning.json');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^warning\.json: 1 warning \(1 category, 1 service\)\n\nwarning {5}lifetimeMonths\n/,
    );
  });
  it('fails on warnings with --strict, and only then on those', () => {
    expect(bandeau('check', 'warning.json', '--strict').code).toBe(1);
    expect(bandeau('check', '--strict', 'policy.json').code).toBe(0);
  });

  it('tells where the JSON of a file ends', () => {
    const { code, stdout } = bandeau('check', 'broken.json');
    expect(code).toBe(1);
    expect(stdout).toContain('line 1, column 13');
  });

  it('checks every file, also after one that fails', () => {
    const { code, stdout } = bandeau('check', 'error.json', 'policy.json', 'warning.json');
    expect(code).toBe(1);
    expect(stdout.match(/^\S+\.json: .*/gm)).toEqual([
      'error.json: 2 errors',
      'policy.json: no problem (1 category, 1 service)',
      'warning.json: 1 warning (1 category, 1 service)',
    ]);
  });
  it('takes a file after -- whatever its name', () => {
    expect(bandeau('check', '--', '--odd.json')).toMatchObject({ code: 0, stderr: '' });
    expect(bandeau('check', 'error.json', '--', '--odd.json').code).toBe(1);
  });

  it('reports an unreadable file on stderr, and the others all the same', () => {
    const { code, stdout, stderr } = bandeau('check', 'missing.json', 'error.json');
    expect(code).toBe(2);
    expect(stderr).toBe("bandeau: missing.json can't be read: no such file\n");
    expect(stdout).toMatch(/^error\.json: 2 errors\n/);
  });

  it('prints no report when no file could be read', () => {
    expect(bandeau('check', 'missing.json')).toMatchObject({ code: 2, stdout: '' });
  });

  it('prints nothing but JSON with --json', () => {
    const { code, stdout, stderr } = bandeau('check', '--json', 'policy.json', 'warning.json', 'error.json');
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      files: [
        { file: 'policy.json', ok: true, problems: [], categories: 1, services: 1 },
        {
          file: 'warning.json',
          ok: true,
          problems: [{ level: 'warning', where: 'lifetimeMonths', rule: 'R28' }],
        },
        { file: 'error.json', ok: false, problems: [{ rule: 'R51' }, { where: 'version' }] },
      ],
    });
  });
  it('says in JSON what --strict and unreadable files changed', () => {
    const strict = JSON.parse(bandeau('check', '--json', '--strict', 'warning.json').stdout);
    expect(strict).toMatchObject({ ok: false, files: [{ ok: false }] });
    const missing = bandeau('check', '--json', 'missing.json');
    expect(missing.code).toBe(2);
    expect(JSON.parse(missing.stdout)).toEqual({
      ok: false,
      files: [{ file: 'missing.json', ok: false, problems: [], unreadable: 'no such file' }],
    });
  });
});

describe('bandeau', () => {
  it.each([
    ['without a command', [], /a command is missing/],
    ['with another command', ['chekc', 'policy.json'], /no command "chekc"/],
    ['with check and no file', ['check'], /at least one policy file/],
    ['with an option that does not exist', ['check', 'policy.json', '--quiet'], /Unknown option `--quiet`/],
  ])('%s explains itself on stderr and exits with 2', (_, args, message) => {
    const { code, stdout, stderr } = bandeau(...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr).toContain('npx bandeau --help');
  });

  it.each([['--help'], ['-h'], ['check', '--help'], ['check', 'missing.json', '-h']])(
    'prints its help on stdout: %s %s',
    (...args) => {
      const { code, stdout, stderr } = bandeau(...args.filter((arg) => arg !== undefined));
      expect([code, stderr]).toEqual([0, '']);
      for (const word of ['check <policy.json>', '--json', '--strict', '--version'])
        expect(stdout).toContain(word);
    },
  );

  it.each(['--version', '-v'])('prints the version of the package: %s', (option) => {
    expect(bandeau(option)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});
