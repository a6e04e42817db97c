import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  builtSignals,
  MAX_BYTES,
  readFacts,
  readSignal,
  signalsTable,
  withTable,
} from '../scripts/signals.mjs';
import { ROOT } from './support/root.ts';

const facts = readFacts();

describe('what is known about signals', () => {
  it('is there for each that is built, and for no other', () => {
    expect(facts.map(({ name }) => name)).toEqual(builtSignals());
  });

  it('is what docs/signals.md says: `npm run signals -- --write`', async () => {
    const text = readFileSync(join(ROOT, 'docs/signals.md'), 'utf8');
    expect(text).toBe(withTable(text, await signalsTable()));
  });
});

/** The names in the interface of a signal's options, as its source has it. */
function optionsIn(source: string): string[] {
  const [, body = ''] = /^export interface \w+Options \{\n(.*?)^\}/ms.exec(source) ?? [];
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??[:(]/gm)].flatMap(([, name = '']) => name);
}

it('options are read from a source, and nothing else of it', () => {
  const source = `/** Of { it. */
export interface ToolOptions {
  /** Such as { a: 1 }. */
  readonly first: readonly { readonly inner: string }[];
  second?(): void;
}

interface Tool {
  other: string;
}
`;
  expect(optionsIn(source)).toEqual(['first', 'second']);
  expect(optionsIn('interface Tool {\n  other: string;\n}\n')).toEqual([]);
});

describe.each(facts.map((one) => [one.name, one] as const))('%s', (name, one) => {
  let signal: Awaited<ReturnType<typeof readSignal>>;
  beforeAll(async () => {
    signal = await readSignal(name);
  });

  it(`weighs at most ${MAX_BYTES} bytes`, () => {
    expect(signal.bytes).toBeLessThanOrEqual(MAX_BYTES);
  });

  it('says what each of its terms means, and where that is from', () => {
    expect(signal.name).toBe(name);
    expect(Object.keys(one.terms)).toEqual(Object.keys(signal.terms));
    for (const text of [one.tool, one.vendor, one.calls, one.before, ...Object.values(one.terms)]) {
      expect(text).toMatch(/\S/);
    }
    expect(one.source.every((url) => /^https:\/\//.test(url))).toBe(true);
    expect(one.source).not.toEqual([]);
  });

  it('says what each of its options means, and its default', () => {
    const source = readFileSync(join(ROOT, `src/signals/${name}.ts`), 'utf8');
    expect(Object.keys(one.options)).toEqual(optionsIn(source));
    for (const meaning of Object.values(one.options)) expect(meaning).toMatch(/\S.*\bDefault(?:: | `)\S/s);
    expect(optionsIn(source).length > 0).toBe(/Partial<\w+Options>/.test(source));
  });
});
