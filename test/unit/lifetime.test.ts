import { describe, expect, it } from 'vitest';
import { addMonths } from '../../src/model/lifetime.ts';

const after = (time: string, months: number) => new Date(addMonths(time, months)).toISOString();

describe('addMonths', () => {
  it.each([
    ['2025-01-15T12:00:00.000Z', 6, '2025-07-15T12:00:00.000Z'],
    ['2025-03-15T23:59:59.000Z', 6, '2025-09-15T23:59:59.000Z'],
    ['2025-08-31T10:00:00.000Z', 6, '2026-02-28T10:00:00.000Z'],
    ['2023-08-31T10:00:00.000Z', 6, '2024-02-29T10:00:00.000Z'],
    ['2023-08-30T10:00:00.000Z', 6, '2024-02-29T10:00:00.000Z'],
    ['2023-08-29T10:00:00.000Z', 6, '2024-02-29T10:00:00.000Z'],
    ['2024-02-29T00:00:00.000Z', 12, '2025-02-28T00:00:00.000Z'],
    ['2024-02-29T00:00:00.000Z', 6, '2024-08-29T00:00:00.000Z'],
    ['2025-10-31T00:00:00.000Z', 1, '2025-11-30T00:00:00.000Z'],
    ['2025-12-31T00:00:00.000Z', 13, '2027-01-31T00:00:00.000Z'],
    ['2025-11-30T00:00:00.000Z', 3, '2026-02-28T00:00:00.000Z'],
    ['2025-05-31T00:00:00.000Z', 0, '2025-05-31T00:00:00.000Z'],
  ])('%s and %i months is %s', (time, months, expected) => {
    expect(after(time, months)).toBe(expected);
  });

  it('is never shorter than 180 days for six months', () => {
    for (let day = 0; day < 1461; day++) {
      const start = Date.UTC(2024, 0, 1 + day);
      expect(addMonths(new Date(start).toISOString(), 6) - start).toBeGreaterThanOrEqual(180 * 864e5);
    }
  });

  it('is NaN where the time is none, which no clock is before', () => {
    expect(addMonths('soon', 6)).toBeNaN();
    expect(addMonths('2025-01-15T12:00:00Z', Number.NaN)).toBeNaN();
    expect(Date.UTC(2025, 0) < addMonths('soon', 6)).toBe(false);
  });
});
