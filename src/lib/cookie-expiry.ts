/**
 * When the browser forgets each cookie that this page may see, in milliseconds since the epoch: the earlier where there
 * are two of a name. Empty where the browser does not say.
 * Source: https://developer.mozilla.org/docs/Web/API/CookieStore/getAll (`expires`: Chromium, on https and localhost)
 */
export async function readCookieExpiries(): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  try {
    for (const cookie of (await window.cookieStore?.getAll()) ?? []) {
      const { name = '', expires } = cookie as typeof cookie & { readonly expires?: number | null };
      if (expires) found.set(name, Math.min(expires, found.get(name) ?? expires));
    }
  } catch {
    // SecurityError: a sandboxed frame.
  }
  return found;
}
