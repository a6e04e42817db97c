/** Ids become keys of plain objects, so none is a name that every object has already, such as `constructor`. */
export function isId(text: string): boolean {
  return /^[A-Za-z][\w-]{0,63}$/.test(text) && !(text in {});
}

/** `2025-02-28`, and a day that the calendar has. */
export function isCalendarDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (!year) return false;
  const date = new Date(0);
  // Not Date.UTC, which reads the years 0 to 99 as 1900 to 1999.
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  );
}

/**
 * A host name without scheme, port or path: with a dot, or `localhost`, or an IPv4 address. ASCII only,
 * because that is how browsers spell hosts.
 * Source: RFC 1123 section 2.1
 */
export function isHost(text: string): boolean {
  if (text.length > 253) return false;
  if (text.toLowerCase() === 'localhost') return true;
  const labels = text.split('.');
  // Browsers read a name that ends in a number as an address.
  if (/^\d+$/.test(labels.at(-1) as string)) return isIpv4(text);
  return labels.length > 1 && labels.every((label) => /^[a-z0-9_](?:[\w-]{0,61}[a-z0-9_])?$/i.test(label));
}

/** True when `host` is `domain` or below it. */
export function isWithin(host: string, domain: string): boolean {
  const [inner, outer] = [host.toLowerCase(), domain.toLowerCase()];
  return inner === outer || inner.endsWith(`.${outer}`);
}

/** An address that a link may safely have: http(s), or from the root of the site itself. */
export function isSafeAddress(text: string): boolean {
  if (text.length > 2048) return false;
  // Browsers drop tabs and newlines inside of an address, and read a backslash as a slash.
  if (/[\s\\\p{Cc}]/u.test(text)) return false;
  return /^https?:\/\/[^/?#]+(?:[/?#]|$)/i.test(text) || /^\/(?!\/)/.test(text);
}

/** What a cookie may be named. Source: RFC 6265 section 4.1.1, RFC 7230 section 3.2.6 (token). */
export function isCookieName(text: string): boolean {
  return text.length <= 256 && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text);
}

/** A language tag such as `fr` or `nl-BE`. Source: RFC 5646 section 2.1, without its oldest exceptions. */
export function isLanguageTag(text: string): boolean {
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,4}$/i.test(text);
}

/** False for a tag that is well-formed and names no language, such as `ge`. */
export const isKnownLanguage = (tag: string): boolean => {
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  return names.of(tag.split('-')[0] ?? '') !== undefined;
};
