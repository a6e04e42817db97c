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
});
