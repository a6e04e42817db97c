import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../src/policy/parse.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('shows a policy in which the validator finds no problem', () => {
    const [, policy = ''] = /data-bandeau-policy>\s*(\{.*?\})\s*<\/script>/s.exec(readme) ?? [];
    expect(parsePolicy(policy).problems).toEqual([]);
    expect(parsePolicy(policy.replace('"purpose"', '"porpose"')).problems).not.toEqual([]);
  });

  it('leads to files that are there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => path);
    expect(links.length).toBeGreaterThan(4);
    expect(links.filter((path) => !existsSync(new URL(`../${path}`, import.meta.url)))).toEqual([]);
  });
});
