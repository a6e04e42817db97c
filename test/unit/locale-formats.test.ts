import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatsOf } from '../../scripts/locale-formats.mjs';
import { formatDate, formatDuration, formatMonths } from '../../src/ui/format.ts';
import { ROOT } from '../support/root.ts';

const LANGUAGES = readdirSync(`${ROOT}locales/banner`).map((file) => file.slice(0, 2));
const REGIONS =
  'AD AT AU BE BG CA CH CY CZ DE DK EE EG ES FI FR GB GR HR HU IE IL IN IS IT LI LT LU LV MA MC MT MX NL NO NZ PL PT RO SE SI SK TR UA US'.split(
    ' ',
  );
const days = (step: number) =>
  Array.from({ length: 366 / step }, (_, i) =>
    new Date(Date.UTC(2028, 0, 1 + i * step)).toISOString().slice(0, 10),
  );
/** ICU puts a no-break space where some of its parts have a common one. */
const spaced = (text: string) => text.replace(/\s/g, ' ');

describe.each(LANGUAGES)('%s, from the formats that the build takes along', (language) => {
  const formats = formatsOf(language);

  it('writes every day of a year as Intl does', () => {
    for (const day of days(1)) {
      expect(spaced(formatDate(day, language, formats))).toBe(spaced(formatDate(day, language)));
    }
  });

  it('writes no day in another way than Intl does in a region', () => {
    for (const region of REGIONS) {
      const locale = `${language}-${region}`;
      for (const day of days(30)) {
        expect(spaced(formatDate(day, locale, formats)), locale).toBe(spaced(formatDate(day, locale)));
      }
    }
  });

  it('writes every number of months that a decision can hold as Intl does', () => {
    for (let count = 1; count <= 13; count++) {
      expect(formatMonths(count, { formats }, language)).toBe(formatDuration(count, 'month', language));
    }
  });
});

describe('without Intl', () => {
  const formats = { date: '{day}/{month}/{year}', months: 'abcdefghijkl'.split(''), duration: {} };

  it('a day is what the build took along, not what Intl says', () => {
    expect(formatDate('2025-01-15', 'fr', formats)).toBe('15/a/2025');
    expect(formatDate('2025-12-31', 'fr-BE', formats)).toBe('31/l/2025');
  });

  it('a region that writes it in another way is asked of Intl', () => {
    expect(formatDate('2025-01-15', 'fr-BE', { ...formats, regions: '^FR$' })).toBe('15 janvier 2025');
    expect(formatDate('2025-01-15', 'fr-FR', { ...formats, regions: '^FR$' })).toBe('15/a/2025');
  });

  it('an instant is the day that it is where the visitor is', () => {
    const noon = new Date(2025, 0, 15, 12).toISOString();
    expect(formatDate(noon, 'fr', formats)).toBe('15/a/2025');
    const midnight = new Date(2025, 0, 15, 0, 0, 1).toISOString();
    expect(formatDate(midnight, 'fr', formats)).toBe('15/a/2025');
  });

  it('what is no date stays as it is', () => {
    expect(formatDate('3.1', 'fr', formats)).toBe('3.1');
    expect(formatDate('2025-13-45', 'fr', formats)).toBe('2025-13-45');
  });

  it('a form that is missing is asked of Intl', () => {
    expect(formatMonths(6, { formats }, 'fr')).toBe('6\u00a0mois');
  });
});
