import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const STYLES = readdirSync(new URL('../src/ui/styles', import.meta.url)).map((file) =>
  read(`../src/ui/styles/${file}`),
);
const properties = (text: string) => [...new Set(text.match(/--bandeau-[\w-]+/g))].sort();

describe('docs/theming.md', () => {
  const [, table = ''] = /## Custom properties\n\n(.*?)\n\n/s.exec(read('../docs/theming.md')) ?? [];
  const rows = [...table.matchAll(/^\| `(--[\w-]+)`/gm)].map(([, name]) => name);

  it('has each custom property that the styles read, once, and no other', () => {
    expect(rows.length).toBeGreaterThan(5);
    expect([...rows].sort()).toEqual(properties(STYLES.join()));
  });

  it('says the defaults that the styles have', () => {
    const base = STYLES.join();
    for (const row of table.split('\n').slice(2)) {
      const [name = '', ...values] = [
        ...row
          .split('|')
          .slice(1, 3)
          .join()
          .matchAll(/`([^`]+)`/g),
      ].map(([, code = '']) => code);
      for (const value of values) {
        const [, rest = ''] =
          new RegExp(`var\\(${name},(.*)`).exec(
            base
              .split('\n')
              .filter((line) => line.includes(`var(${name}`))
              .join(' '),
          ) ?? [];
        expect(rest, name).toContain(value);
      }
    }
  });

  it('is what the ready themes are made of', () => {
    for (const theme of ['papier', 'nuit', 'net']) {
      const used = properties(read(`../demo/themes/${theme}.css`));
      expect(used.length, theme).toBeGreaterThan(2);
      expect(
        used.filter((name) => !rows.includes(name)),
        theme,
      ).toEqual([]);
    }
  });
});
