import { isCalendarDate } from '../policy/formats.ts';
import type { Policy } from '../types.ts';

/** The day that a policy was published, as it says itself; undefined where it does not. */
export function dateOf({ date, version, changes = [] }: Policy): string | undefined {
  const listed = changes.find((one) => one.version === version)?.date;
  return [date, version, listed].find((text) => text !== undefined && isCalendarDate(text));
}
