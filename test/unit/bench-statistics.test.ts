import { describe, expect, it } from 'vitest';
import { bestOfRound, eachRound, summarize } from '../../bench/speed/statistics.ts';

describe('summarize', () => {
  it('takes the middle of an odd number of rounds, and the mean of the two middles of an even one', () => {
    expect(summarize([9, 1, 4])).toEqual({ median: 4, min: 1, max: 9, count: 3 });
    expect(summarize([9, 1, 4, 6])).toEqual({ median: 5, min: 1, max: 9, count: 4 });
  });

  it('leaves out rounds without a number', () => {
    expect(summarize([null, 2, Number.NaN, 8, Number.POSITIVE_INFINITY])).toEqual({
      median: 5,
      min: 2,
      max: 8,
      count: 2,
    });
  });

  it('is null where no round has a number, and not zero', () => {
    expect(summarize([])).toBeNull();
    expect(summarize([null])).toBeNull();
  });
});

describe('eachRound', () => {
  it('combines the numbers of the same round', () => {
    expect(eachRound([10, 30], [5, 10], (own, other) => own / other)).toEqual([2, 3]);
  });

  it('has no number for a round in which one of them is missing', () => {
    expect(eachRound([10, null, 30], [null, 5], (own, other) => own - other)).toEqual([null, null, null]);
  });
});

describe('bestOfRound', () => {
  it('is the smallest of each round, not the round of the best contender', () => {
    expect(
      bestOfRound([
        [3, 9, null],
        [5, 2],
      ]),
    ).toEqual([3, 2, null]);
  });

  it('is empty without contenders', () => {
    expect(bestOfRound([])).toEqual([]);
  });
});
