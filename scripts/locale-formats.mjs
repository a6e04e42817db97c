/**
 * How a language writes a day and a number of months, taken from `Intl` while we build. The first use of `Intl`'s
 * formatters takes a browser longer than everything else of the banner; words that come with the texts take nothing.
 */

/** Long enough for a policy: no decision holds longer (R29). */
const MAX_MONTHS = 13;
/** Regions that write a day as their language does without one, where not all do: tested against the region. */
const REGIONS = { ar: '^$', de: '^(?!AT|IT)', en: '^US$' };

/**
 * @param {string} language ISO 639-1
 * @returns {{ date: string, months: string[], duration: Record<string, string>, regions?: string }} `date` with
 * `{day}`, `{month}` and `{year}`; the months as they stand in it, January first; `duration` by plural form with
 * `{count}`, those forms alone that 1 to 13 have
 */
export function formatsOf(language) {
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  const parts = (month) => day.formatToParts(Date.UTC(2025, month, 15));
  const date = parts(0)
    .map(({ type, value }) => (type === 'literal' ? value : `{${type}}`))
    .join('');
  const months = Array.from(
    { length: 12 },
    (_, month) => parts(month).find(({ type }) => type === 'month')?.value ?? '',
  );
  const rules = new Intl.PluralRules(language);
  const unit = new Intl.NumberFormat(language, { style: 'unit', unit: 'month', unitDisplay: 'long' });
  const duration = Object.fromEntries(
    Array.from({ length: MAX_MONTHS }, (_, i) => i + 1).map((count) => [
      rules.select(count),
      unit.format(count).replace(`${count}`, '{count}'),
    ]),
  );
  const regions = REGIONS[language];
  return { date, months, duration, ...(regions && { regions }) };
}

/** Puts them into the texts of the first layer. */
export const localeFormats = {
  name: 'locale-formats',
  transform(code, id) {
    const [, language] = /locales\/banner\/(\w+)\.json$/.exec(id) ?? [];
    if (!language) return null;
    return { code: JSON.stringify({ ...JSON.parse(code), formats: formatsOf(language) }), map: null };
  },
};
