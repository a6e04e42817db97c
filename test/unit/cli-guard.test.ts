import { describe, expect, it } from 'vitest';
import { runCli, SMALL_POLICY } from '../support/cli.ts';

const [audience] = SMALL_POLICY.services;
const POLICY = {
  ...SMALL_POLICY,
  services: [
    {
      ...audience,
      hosts: ['stats.example.net'],
      cookies: [{ pattern: '_a_[<>"&]+', lifetimeDays: 30, purpose: 'Compter.' }],
    },
  ],
};

function bandeau(args: string[], guard: string | null = '(()=>{})();\n', policy: unknown = POLICY) {
  // Whatever file is named holds the policy.
  const files = Object.fromEntries(args.map((name) => [name, JSON.stringify(policy)]));
  return runCli(args, files, guard ?? undefined);
}

/** What the parser makes of an attribute. */
const rulesOf = (stdout: string) =>
  JSON.parse(
    (/data-rules="([^"]*)"/.exec(stdout)?.[1] ?? '')
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
  );

describe('bandeau guard', () => {
  it('prints one script element with the rules and nothing else of the policy', () => {
    const { code, stdout, stderr } = bandeau(['guard', 'policy.json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^<script data-rules="[^"<>]*">\(\(\)=>\{\}\)\(\);<\/script>\n$/);
    expect(rulesOf(stdout)).toEqual({
      categories: [{ id: 'analytics' }],
      services: [
        {
          id: 'audience',
          category: 'analytics',
          hosts: ['stats.example.net'],
          cookies: [{ pattern: '_a_[<>"&]+' }],
        },
      ],
    });
    expect(stdout).not.toContain('Compt');
  });

  it('has nothing in it that ends or hides the element, or that older JavaScript takes for a line', () => {
    const { stdout } = bandeau(['guard', 'p.json'], 'x("</script><!--<SCRIPT>\u2028\u2029")');
    expect(stdout.match(/<\/?script|<!--/gi)).toEqual(['<script', '</script']);
    expect(stdout).not.toMatch(/[\u2028\u2029]/);
    expect(stdout).toContain('x("\\x3c/script>\\x3c!--\\x3cSCRIPT>\\u2028\\u2029")');
  });

  it('writes a nonce, made safe', () => {
    expect(bandeau(['guard', 'p.json', '--nonce', 'a"b']).stdout).toMatch(
      /^<script nonce="a&quot;b" data-rules=/,
    );
  });

  it('prints no guard for a policy with errors, and names them', () => {
    const { code, stdout, stderr } = bandeau(['guard', 'p.json'], '', { ...POLICY, version: '' });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('version');
  });

  it.each([
    [['guard'], 'guard needs a policy file'],
    [['guard', 'p.json'], "can't be read: no such file"],
  ])('%j is refused with the reason', (args, reason) => {
    const { code, stderr } = bandeau(args, null);
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
  });
});
