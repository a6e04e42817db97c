import type { LocalizedText, Policy } from '../types.ts';
import type { Formats, Plural, Texts } from './contract.ts';

/** Puts values in the place of `{names}`. */
export const fill = (template: string, values: Readonly<Record<string, string | number>>): string =>
  `${template}`.replace(/\{(\w+)\}/g, (_, name: string) => `${values[name] ?? ''}`);

/** The form of a text for a number, with the number and other values in it. */
export function plural(
  forms: Plural,
  count: number,
  locale: string,
  values: Readonly<Record<string, string>> = {},
): string {
  return fill(forms[new Intl.PluralRules(locale).select(count)] ?? forms.other, { count, ...values });
}

/** A text in the locale, else in its language, else in English, else in the first one there is. */
export function pick(text: LocalizedText | undefined, locale: string): string {
  // Also null, which policies that come from JSON may hold.
  if (typeof text === 'string' || !text) return text || '';
  return text[locale] ?? text[locale.slice(0, 2)] ?? text['en'] ?? Object.values(text)[0] ?? '';
}

/** An address of the policy; empty where it would run code instead of leading somewhere. */
export function pickUrl(given: LocalizedText | undefined, locale: string): string {
  const url = pick(given, locale);
  // No other scheme: browsers ignore what stands around and inside of `javascript:`, but never its colon.
  return /^(https?:|[/.?#]|[^:]*$)/i.test(url) ? url : '';
}

/**
 * `15 janvier 2025`; the given words where they are no date.
 * @param formats spare a page the first use of `Intl`, which costs more than all the rest of a banner
 */
export function formatDate(iso: string, locale: string, formats?: Formats): string {
  const date = new Date(iso);
  // Date parses `2` and `v3.1` too.
  if (!/^\d{4}-\d\d-\d\d/.test(iso) || Number.isNaN(+date)) return iso;
  // A bare date is a day, not an instant: it must not move with the visitor's time zone.
  const isDay = iso.length === 10;
  const region = locale.slice(3);
  if (!formats || (region && formats.regions && !new RegExp(formats.regions).test(region))) {
    return new Intl.DateTimeFormat(locale, {
      dateStyle: 'long',
      ...(isDay && { timeZone: 'UTC' }),
    }).format(date);
  }
  const local = isDay ? date : new Date(+date - date.getTimezoneOffset() * 60_000);
  return fill(formats.date, {
    day: local.getUTCDate(),
    month: formats.months[local.getUTCMonth()] ?? '',
    year: local.getUTCFullYear(),
  });
}

/** `6 mois`, `13 jours`. */
export const formatDuration = (count: number, unit: 'month' | 'day', locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);

/** `6 mois`, for as long as a decision holds. */
export function formatMonths(count: number, { formats }: Pick<Texts, 'formats'>, locale: string): string {
  const form = formats?.duration[new Intl.PluralRules(locale).select(count)];
  return form ? fill(form, { count }) : formatDuration(count, 'month', locale);
}

/** How long a cookie stays: `180 jours`, or the words for one that goes with the browser's session. */
export const formatLifetime = (days: number, session: string, locale: string): string =>
  days ? formatDuration(days, 'day', locale) : session;

/** `France` for `FR`; the code itself where it is none, which `Intl` throws at. */
export function formatRegion(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** `A, B et C`. */
export const formatList = (items: readonly string[], locale: string): string =>
  items[1] ? new Intl.ListFormat(locale).format(items.map(String)) : `${items[0] ?? ''}`;

/** Title and one-line description of a category: the site's own words, else the locale's. */
export function describeCategory(policy: Policy, id: string, texts: Texts, locale: string) {
  const own = policy.categories.find((category) => category.id === id);
  const builtIn = texts.categories[id];
  return {
    title: pick(own?.title, locale) || builtIn?.title || id,
    description: pick(own?.description, locale) || builtIn?.description || '',
  };
}

/** `version du 15 janvier 2025`, `version 3.1 (15 janvier 2025)` or `version 3.1`. */
export function describeVersion({ version, date }: Policy, texts: Texts, locale: string): string {
  const named = formatDate(version, locale, texts.formats);
  const words = fill(named === version ? texts.version : texts.versionOf, { version: named });
  return date && date !== version ? `${words} (${formatDate(date, locale, texts.formats)})` : words;
}
