/**
 * The same day of the month, a number of calendar months later, in UTC; the last day where that month is
 * shorter. Calendar months, because 180 days are less than the six months that Italy asks for (R28).
 * @param time ISO 8601
 * @returns milliseconds since the epoch; NaN where the time is none
 */
export function addMonths(time: string, months: number): number {
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months);
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return +date;
}

/** A time that lies ahead by more than a wrong clock explains: a decision of then would never expire. */
export const isFromFuture = (time: string, now: number): boolean => Date.parse(time) > now + 864e5;
