import { isCalendarDate } from '../policy/formats.ts';
import { type RequestHeaders, readHeader } from './read-header.ts';
import { ShieldError } from './shield-error.ts';

/**
 * Whether the visitor's browser sends Global Privacy Control: `Sec-GPC: 1`, and nothing else. It takes nothing but
 * trust in the visitor, whose wish it is.
 *
 * Source: https://www.w3.org/TR/gpc/
 */
export const readGpc = (headers: RequestHeaders): boolean => readHeader(headers, 'sec-gpc') === '1';

/**
 * The text of `/.well-known/gpc.json`, by which a site says that it heeds Global Privacy Control. Serve it as
 * `application/json`.
 * @param date day of the statement, such as `'2025-10-01'`
 * @throws {ShieldError} when it is no day of the calendar
 */
export function gpcDocument(date: string): string {
  if (typeof date !== 'string' || !isCalendarDate(date)) {
    throw new ShieldError('date', date, 'a day of the calendar, year first', 'Write it as "2025-10-01".');
  }
  return `${JSON.stringify({ gpc: true, lastUpdate: date })}\n`;
}
