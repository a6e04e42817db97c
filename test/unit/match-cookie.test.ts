import { describe, expect, it } from 'vitest';
import { matchesCookie } from '../../src/model/match-cookie.ts';

describe('a cookie declared by name', () => {
  it('is exactly that cookie', () => {
    expect(matchesCookie({ name: '_pk_id' }, '_pk_id')).toBe(true);
  });

  it.each(['_pk_id.1', '_PK_ID', '_pk_i', 'x_pk_id', ''])('is not %j', (name) => {
    expect(matchesCookie({ name: '_pk_id' }, name)).toBe(false);
  });

  it('is not read as a pattern', () => {
    expect(matchesCookie({ name: '_pk.*' }, '_pk_id')).toBe(false);
    expect(matchesCookie({ name: '_pk.*' }, '_pk.*')).toBe(true);
  });
});

describe('a cookie declared by pattern', () => {
  it('matches the whole name', () => {
    expect(matchesCookie({ pattern: '_ga_[A-Z0-9]+' }, '_ga_AB12')).toBe(true);
  });

  it.each(['x_ga_AB12', '_ga_AB12x', '_ga_', '_ga_AB12\n'])('does not match a part of %j', (name) => {
    expect(matchesCookie({ pattern: '_ga_[A-Z0-9]+' }, name)).toBe(false);
  });

  it('matches the whole name by each of its alternatives', () => {
    expect(matchesCookie({ pattern: 'a|b' }, 'b')).toBe(true);
    expect(matchesCookie({ pattern: 'a|b' }, 'ax')).toBe(false);
    expect(matchesCookie({ pattern: 'a|b' }, 'xb')).toBe(false);
  });

  it.each(['(', '[', '*', '(?<', '\\'])(
    'matches nothing by %j, which is no regular expression',
    (pattern) => {
      expect(matchesCookie({ pattern }, pattern)).toBe(false);
      expect(matchesCookie({ pattern }, '_ga')).toBe(false);
    },
  );

  it('is not matched by its name too', () => {
    expect(matchesCookie({ name: 'a', pattern: 'b' }, 'a')).toBe(false);
  });
});

it('matches nothing where neither is declared', () => {
  expect(matchesCookie({}, '')).toBe(false);
  expect(matchesCookie({}, 'undefined')).toBe(false);
});
