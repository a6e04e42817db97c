import { describe, expect, it } from 'vitest';
import { fill, formatDate, formatDuration, formatList, pick, plural } from '../../src/ui/format.ts';
import { plain, TEXTS } from '../fixtures/stage.tsx';

describe('formatDate', () => {
  it.each([
    ['fr', '15 janvier 2025'],
    ['fr-BE', '15 janvier 2025'],
    ['en', 'January 15, 2025'],
    ['en-GB', '15 January 2025'],
    ['nl', '15 januari 2025'],
    ['nl-BE', '15 januari 2025'],
  ])('in %s is %s', (locale, expected) => {
    expect(plain(formatDate('2025-01-15', locale))).toBe(expected);
  });

  it('keeps a bare date the same day in every time zone', () => {
    const zone = process.env['TZ'];
    try {
      for (const tz of ['America/Los_Angeles', 'Pacific/Kiritimati', 'UTC']) {
        process.env['TZ'] = tz;
        expect(formatDate('2025-01-15', 'en')).toBe('January 15, 2025');
      }
    } finally {
      process.env['TZ'] = zone ?? 'UTC';
    }
  });

  it.each(['3.1', 'v2', '2', '2025', '2025-99-99', 'winter', ''])(
    'leaves %j, which is no date, as it is',
    (text) => {
      expect(formatDate(text, 'fr')).toBe(text);
    },
  );
});

describe('formatDuration', () => {
  it.each([
    [6, 'month', 'fr', '6 mois'],
    [1, 'month', 'en', '1 month'],
    [13, 'month', 'en', '13 months'],
    [6, 'month', 'nl', '6 maanden'],
    [1, 'day', 'fr', '1 jour'],
    [30, 'day', 'fr', '30 jours'],
    [395, 'day', 'nl', '395 dagen'],
  ] as const)('%i %s in %s is %s', (count, unit, locale, expected) => {
    expect(plain(formatDuration(count, unit, locale))).toBe(expected);
  });
});

describe('plural', () => {
  it.each([
    ['fr', 0, '0 partenaire'],
    ['fr', 1, '1 partenaire'],
    ['fr', 2, '2 partenaires'],
    ['en', 0, '0 partners'],
    ['en', 1, '1 partner'],
    ['nl', 1, '1 partner'],
    ['nl', 5, '5 partners'],
  ] as const)('in %s for %i is %s', (locale, count, expected) => {
    expect(plural(TEXTS[locale].partners, count, locale)).toBe(expected);
  });

  it('falls back to other where the language has a form that the text has not', () => {
    expect(plural({ other: '{count} x' }, 1_000_000, 'fr')).toBe('1000000 x');
  });
});

describe('formatList', () => {
  it.each([
    ['fr', 'A, B et C'],
    ['en', 'A, B, and C'],
    ['nl', 'A, B en C'],
  ])('in %s is %s', (locale, expected) => {
    expect(formatList(['A', 'B', 'C'], locale)).toBe(expected);
  });
});

describe('fill', () => {
  it('puts values in their places, and nothing where there is none', () => {
    expect(fill('{a} and {b}{c}', { a: 1, b: 'two' })).toBe('1 and two');
  });

  it('does not fill what a value brings with it', () => {
    expect(fill('{a}', { a: '{b}', b: 'x' })).toBe('{b}');
  });
});

describe('pick', () => {
  const text = { fr: 'Français', 'fr-BE': 'Belge', en: 'English', nl: 'Nederlands' };

  it.each([
    ['fr', 'Français'],
    ['fr-BE', 'Belge'],
    ['fr-CH', 'Français'],
    ['nl-BE', 'Nederlands'],
    ['de', 'English'],
  ])('for %s is %s', (locale, expected) => {
    expect(pick(text, locale)).toBe(expected);
  });

  it('is the first text where neither the language nor English is there', () => {
    expect(pick({ it: 'Italiano' }, 'fr')).toBe('Italiano');
  });

  it.each([undefined, {}, ''])('is empty for %j', (nothing) => {
    expect(pick(nothing, 'fr')).toBe('');
  });

  it('is a plain text as it is', () => {
    expect(pick('Text', 'fr')).toBe('Text');
  });
});
