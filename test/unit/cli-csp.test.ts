import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';

const POLICY = JSON.parse(readFileSync(new URL('../fixtures/policy.json', import.meta.url), 'utf8'));

const FILES: Record<string, string> = {
  'policy.json': JSON.stringify(POLICY),
  'ampersand.json': JSON.stringify({
    ...POLICY,
    services: [{ ...POLICY.services[0], hosts: ['stats.example.net/a&b/'] }],
  }),
  'error.json': JSON.stringify({ ...POLICY, version: '' }),
};

const bandeau = (...args: string[]) => runCli(args, FILES);

const SHIELD =
  "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: example.org wss://example.org stats.example.net wss://stats.example.net";

describe('bandeau csp', () => {
  it('prints a header line', () => {
    expect(bandeau('csp', 'policy.json')).toEqual({
      code: 0,
      stdout: `Content-Security-Policy: ${SHIELD}\n`,
      stderr: '',
    });
  });

  it('prints one <meta> for each policy, without what browsers ignore there', () => {
    const base = "img-src 'self'; frame-ancestors 'none'";
    expect(bandeau('csp', 'policy.json', '--meta', '--base', base).stdout).toBe(
      `<meta http-equiv="Content-Security-Policy" content="${SHIELD}">
<meta http-equiv="Content-Security-Policy" content="img-src 'self' stats.example.net">
`,
    );
  });

  it('writes HTML that means the same', () => {
    expect(bandeau('csp', 'ampersand.json', '--meta').stdout).toContain('stats.example.net/a&amp;b/');
    expect(bandeau('csp', 'ampersand.json').stdout).toContain('stats.example.net/a&b/');
  });

  it('prints a header that reports only', () => {
    expect(bandeau('csp', 'policy.json', '--report-only', '--report-uri', '/csp-reports').stdout).toBe(
      `Content-Security-Policy-Report-Only: ${SHIELD}; report-uri /csp-reports\n`,
    );
  });

  it.each([
    ['no file', [], 2, /csp needs one policy file/],
    ['two files', ['policy.json', 'policy.json'], 2, /csp needs one policy file/],
    ['a file that is not there', ['missing.json'], 2, /missing.json can't be read: no such file/],
    ['a policy with an error', ['error.json'], 1, /error {7}version/],
    ['a base of two policies', ['policy.json', '--base', 'img-src *, img-src *'], 2, /options.base/],
    ['a base that is a number', ['policy.json', '--base', '7'], 2, /options.base/],
    ['reports for a meta', ['policy.json', '--meta', '--report-only'], 2, /options.meta/],
    ['reports for a meta by address', ['policy.json', '--meta', '--report-uri', '/x'], 2, /options.meta/],
  ] as const)('prints nothing on stdout for %s', (_, args, code, message) => {
    expect(bandeau('csp', ...args)).toEqual({ code, stdout: '', stderr: expect.stringMatching(message) });
  });
});

describe('the examples of a static host', () => {
  const example = (file: string) =>
    readFileSync(new URL(`../../examples/server/${file}`, import.meta.url), 'utf8');

  it('hold what the command prints of their policy', () => {
    FILES['example.json'] = example('policy.json');
    expect(example('static/_headers')).toContain(`  ${bandeau('csp', 'example.json').stdout}`);
    expect(example('static/index.html')).toContain(bandeau('csp', 'example.json', '--meta').stdout);
    expect(bandeau('check', '--strict', 'example.json').code).toBe(0);
  });
});
