import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDoubledKey } from '../../src/policy/doubled-key.ts';
import { findJsonError } from '../../src/policy/json-error.ts';
import { parsePolicy } from '../../src/policy/parse.ts';

const POLICY = {
  version: '2025-03-01',
  controller: { name: 'Exemple SA', contact: 'info@example.org', privacyUrl: '/privacy' },
  scope: { sites: ['example.org'] },
  categories: [],
  services: [],
};

describe('parsePolicy', () => {
  it('takes no text that says something twice', () => {
    const text = JSON.stringify(POLICY).replace('"version":', '"version":"2025-01-01",\n"version":');
    expect(parsePolicy(text)).toEqual({
      problems: [
        {
          level: 'error',
          where: 'line 2, column 1',
          got: '"version" for the second time',
          expected: 'each key of an object once',
          fix: expect.stringMatching(/Remove one/),
        },
      ],
    });
  });
  it('returns the policy of a text without problem', () => {
    expect(parsePolicy(JSON.stringify(POLICY))).toEqual({ policy: POLICY, problems: [] });
  });
  it('skips a byte order mark', () => {
    expect(parsePolicy(`\ufeff${JSON.stringify(POLICY)}`)).toEqual({ policy: POLICY, problems: [] });
  });
  it('returns the policy along with mere warnings', () => {
    const { policy, problems } = parsePolicy(JSON.stringify({ ...POLICY, region: 'atlantis' }));
    expect(policy?.version).toBe('2025-03-01');
    expect(problems.map(({ level }) => level)).toEqual(['warning']);
  });
  it('returns no policy where there is an error', () => {
    const result = parsePolicy(JSON.stringify({ ...POLICY, version: 1 }));
    expect(result).not.toHaveProperty('policy');
    expect(result.problems).toMatchObject([{ level: 'error', where: 'version', got: '1' }]);
  });

  it.each([
    ['a comma too many', '{\n  "a": [1,\n  2,],\n}', 'line 3, column 5', '"],"', /comma/],
    ['a comma too few', '{"a": 1\n "b": 2}', 'line 2, column 2', '"\\"b\\": 2}"', /comma/],
    ['a comment', '{\n// note\n"a": 1}', 'line 2, column 1', '"// note"', /comment/],
    ['single quotes', "{'a': 1}", 'line 1, column 2', '"\'a\': 1}"', /straight double quotes/],
    ['curly quotes', '{“a”: 1}', 'line 1, column 2', '"“a”: 1}"', /straight double quotes/],
    ['a bare word', '{version: 1}', 'line 1, column 2', '"version: 1}"', /double quotes/],
    ['an end that comes too soon', '{"a": [\r\n1', 'line 2, column 2', 'the end of the text', /close/],
    ['nothing', '', 'line 1, column 1', 'the end of the text', /too early/],
    ['a line break in a text', '{"a": "x\ny"}', 'line 1, column 9', '"\\n"', /Correct/],
    ['a lone backslash', '{"a": "\\d"}', 'line 1, column 8', '"\\\\d\\"}"', /Correct/],
    ['two values', '{} {}', 'line 1, column 4', '"{}"', /Correct/],
    ['brackets that do not match', '{"a": [1}', 'line 1, column 9', '"}"', /Correct/],
  ])('tells line and column of %s', (_, text, where, got, fix) => {
    const { problems, policy } = parsePolicy(text);
    expect(policy).toBeUndefined();
    expect(problems).toEqual([
      { level: 'error', where, got, expected: expect.any(String), fix: expect.stringMatching(fix) },
    ]);
  });

  it('reports any text in one way or the other, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        expect(parsePolicy(text).problems.length).toBeGreaterThan(0);
      }),
    );
  });

  it('copes with megabytes', () => {
    for (const text of ['"'.padEnd(5_000_000, 'x'), '['.repeat(1_000_000), `[${'1,'.repeat(1_000_000)}`]) {
      const start = performance.now();
      expect(parsePolicy(text).problems).toHaveLength(1);
      expect(performance.now() - start).toBeLessThan(3000);
    }
  });
});

describe('findJsonError', () => {
  const isJson = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };

  it('finds an error exactly where JSON.parse does', () => {
    const tokens = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"',
        '\\',
        '0',
        '01',
        '-',
        '1.5e3',
        '1.',
        'true',
        'nul',
        ' ',
        '\n',
        '\u00a0',
      ],
    );
    const almostJson = fc.array(tokens, { maxLength: 8 }).map((parts) => parts.join(''));
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.string({ maxLength: 1 }))
      .map(([json, position, inserted]) => {
        const cut = position % (json.length + 1);
        return json.slice(0, cut) + inserted + json.slice(cut + 1);
      });
    fc.assert(
      fc.property(fc.oneof(almostJson, damaged, fc.json()), (text) => {
        expect([text, findJsonError(text) === undefined]).toEqual([text, isJson(text)]);
      }),
      { numRuns: 20_000 },
    );
  });

  it('leaves a text before the error that could still become JSON', () => {
    expect(findJsonError('{"a": [1, 2}')?.offset).toBe(11);
    expect(findJsonError('[truth]')?.offset).toBe(1);
    expect(findJsonError('[true]')).toBeUndefined();
  });
});

describe('findDoubledKey', () => {
  it.each([
    ['{"a":1,"a":1}', 7, 'a'],
    ['{"a":1, "b":[{"c":{},"c" :2}]}', 21, 'c'],
    ['{"a":{"b":1},"a":2}', 13, 'a'],
    ['{"a":1,"\\u0061":2}', 7, 'a'],
    ['{"":1,"":2}', 6, ''],
    ['{"__proto__":1,"__proto__":2}', 15, '__proto__'],
    ['{"a}\\"":[],"a}\\"":2}', 11, 'a}"'],
  ])('finds the second one in %s', (text, offset, key) => {
    expect(JSON.parse(text)).toBeTypeOf('object');
    expect(findDoubledKey(text)).toEqual({ offset, key });
  });

  it.each(['{"a":"a","b":["a","a",{"a":1}],"c":{"a":"b"}}', '["a","a"]', '"a"', '1', '[{"a":1},{"a":1}]'])(
    'finds none in %s',
    (text) => {
      expect(findDoubledKey(text)).toBeUndefined();
    },
  );

  it('finds none in what was written from an object, and is not slow or deep', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(findDoubledKey(text)).toBeUndefined();
      }),
    );
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    expect(findDoubledKey(deep)).toBeUndefined();
    expect(findDoubledKey(JSON.stringify({ a: 'x'.repeat(5_000_000) }))).toBeUndefined();
  });
});
