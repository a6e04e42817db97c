import { describe, expect, it } from 'vitest';
import { matchesKey } from '../../src/model/match-key.ts';

describe('a declared key', () => {
  it.each([
    ['mes', 'mes'],
    ['mes:*', 'mes:'],
    ['mes:*', 'mes:session\nid'],
    ['*:mes', 'a:b:mes'],
    ['a*b*c', 'a--b--c'],
    ['_hj.{x}[1]$', '_hj.{x}[1]$'],
  ])('%j takes %j', (declared, key) => {
    expect(matchesKey(declared, key)).toBe(true);
  });

  it.each([
    ['mes', 'mes2'],
    ['mes', 'Mes'],
    ['mes:*', 'xmes:1'],
    ['a.b', 'axb'],
    ['a*b', 'a'],
    ['', 'a'],
  ])('%j leaves %j', (declared, key) => {
    expect(matchesKey(declared, key)).toBe(false);
  });
});
