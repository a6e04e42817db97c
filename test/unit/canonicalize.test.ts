import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalize } from '../../src/policy/canonicalize.ts';

describe('canonicalize', () => {
  // RFC 8785 § 3.2.2 and § 3.2.3.
  it('writes the first example of the RFC as the RFC does', () => {
    const text = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    expect(canonicalize(JSON.parse(text))).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts the names of the RFC as the RFC does', () => {
    const text = String.raw`{
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis"
    }`;
    const values = [...canonicalize(JSON.parse(text)).matchAll(/:"([^"]+)"/g)].map(([, value]) => value);
    expect(values).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  // RFC 8785 appendix B.
  it.each([
    [0, '0'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [9.999999999999997e22, '9.999999999999997e+22'],
    [1e23, '1e+23'],
    [333333333.3333332, '333333333.3333332'],
    [0.000001, '0.000001'],
    [1e-7, '1e-7'],
  ])('writes the number %d as %s', (number, text) => {
    expect(canonicalize(number)).toBe(text);
  });

  it('sorts at each depth, and names that look like numbers too', () => {
    expect(canonicalize({ b: [{ d: 1, c: 2 }], a: { 10: 'x', 9: 'y', '': 'z' } })).toBe(
      '{"a":{"":"z","10":"x","9":"y"},"b":[{"c":2,"d":1}]}',
    );
  });

  it('keeps the order of a list', () => {
    expect(canonicalize(['b', 'a'])).toBe('["b","a"]');
  });

  it('leaves out of objects what JSON has no text for, and writes it as null in lists', () => {
    expect(canonicalize({ a: undefined, b: () => 1, c: Symbol('c'), d: null })).toBe('{"d":null}');
    expect(canonicalize([undefined, () => 1, null])).toBe('[null,null,null]');
    expect(canonicalize(undefined)).toBe('null');
  });

  it('keeps a member that is named as what every object has', () => {
    expect(canonicalize(JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}'))).toBe(
      '{"__proto__":{"a":1},"constructor":2}',
    );
  });

  it('is the same for every order of the members, and reads as the same value', () => {
    const reversed = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(reversed)
        : value && typeof value === 'object'
          ? Object.fromEntries(
              Object.entries(value)
                .map(([name, member]) => [name, reversed(member)] as const)
                .reverse(),
            )
          : value;
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalize(value);
        expect(canonicalize(reversed(value))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
