import { describe, expect, it } from 'vitest';
import { newestReceipt } from '../../src/model/newest-receipt.ts';
import { encodeReceipt } from '../../src/model/receipt.ts';
import { ACCEPTED, NOW, normalized, REFUSED, receiptOf } from '../fixtures/policy.ts';

const at = (wanted: typeof ACCEPTED, seconds: number) =>
  encodeReceipt(receiptOf(wanted, { now: NOW + seconds * 1000 }));
const newest = (texts: readonly string[], now = NOW + 60_000) => newestReceipt(texts, normalized(), now);
const isGranting = (texts: readonly string[]) =>
  Object.values(newest(texts)?.services ?? {}).includes('granted');

describe('of several cookies of one name', () => {
  it.each([
    ['a later refusal', [at(ACCEPTED, 0), at(REFUSED, 5)], false],
    ['a later refusal, whatever the order', [at(REFUSED, 5), at(ACCEPTED, 0)], false],
    ['a later acceptance', [at(REFUSED, 0), at(ACCEPTED, 5)], true],
    ['the refusal of two of the same second', [at(ACCEPTED, 0), at(REFUSED, 0)], false],
    ['the one that can be read', [at(ACCEPTED, 0), '1:damaged'], true],
  ])('%s holds', (_, texts, expected) => {
    expect(isGranting(texts)).toBe(expected);
    expect(isGranting([...texts].reverse())).toBe(expected);
  });

  it('one of 2099 does not take the place of one of today, and is read where there is no other', () => {
    const forged = at(ACCEPTED, 70 * 365 * 86_400);
    expect(isGranting([forged, at(REFUSED, 0)])).toBe(false);
    expect(newest([forged, at(REFUSED, 0)])?.time).toBe('2025-03-15T12:00:00.000Z');
    expect(isGranting([forged])).toBe(true);
  });

  it('one that is expired does not take the place of one that is from a clock an hour ahead', () => {
    const yearLater = NOW + 365 * 864e5;
    const today = at(REFUSED, 365 * 86_400 + 3600);
    expect(newest([at(ACCEPTED, 0), today], yearLater)?.time).toBe('2026-03-15T13:00:00.000Z');
  });

  it('none that can be read is none', () => {
    expect(newest(['', '1:x', 'x'])).toBeNull();
  });
});
