import { describe, expect, it } from 'vitest';
import { newestReceipt } from '../../src/model/newest-receipt.ts';
import { encodeReceipt } from '../../src/model/receipt.ts';
import { ACCEPTED, NOW, REFUSED, receiptOf } from '../fixtures/policy.ts';

const at = (wanted: typeof ACCEPTED, seconds: number) =>
  encodeReceipt(receiptOf(wanted, { now: NOW + seconds * 1000 }));
const isGranting = (texts: readonly string[], isUsable?: Parameters<typeof newestReceipt>[1]) =>
  Object.values(newestReceipt(texts, isUsable)?.services ?? {}).includes('granted');

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

  it('one that is not usable, of 2099 say, does not take the place of one that is', () => {
    const forged = at(ACCEPTED, 70 * 365 * 86_400);
    const isUsable = ({ time }: { time: string }) => Date.parse(time) < NOW + 864e5;
    expect(isGranting([forged, at(REFUSED, 0)], isUsable)).toBe(false);
    expect(newestReceipt([forged, at(REFUSED, 0)], isUsable)?.time).toBe('2025-03-15T12:00:00.000Z');
  });

  it('none that can be read is none', () => {
    expect(newestReceipt(['', '1:x', 'x'])).toBeNull();
  });
});
