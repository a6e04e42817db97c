/**
 * Runs in the page, before it. The browser ends a cookie by the time that it is, and the page writes one by the time
 * that its clock is set to: what is not removed by the date of 1970 lasts as long as the visit.
 */
export function sessionCookies(): void {
  const own = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
  if (!own) return;
  Object.defineProperty(Document.prototype, 'cookie', {
    ...own,
    set(this: Document, text: string) {
      own.set?.call(
        this,
        text.replace(/; *expires=([^;]*)/i, (all, date) => (Date.parse(date) > 0 ? '' : all)),
      );
    },
  });
}
