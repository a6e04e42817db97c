import Cookies from 'js-cookie';

/** One first-party cookie. Nothing here throws: where cookies are blocked, nothing is read and nothing kept. */
export interface CookieJar {
  /** The value as it is in the jar; empty when there is none or none may be read. */
  read(): string;
  /**
   * @param value must be cookie-safe; empty to remove the cookie
   * @param expires when the browser forgets it, in milliseconds since the epoch
   * @returns whether the browser kept it: it drops what is too large or not allowed without a word
   */
  write(value: string, expires: number): boolean;
}

/**
 * @param secure the page is on https
 * @param domain shared with the sub-domains of this domain; absent: this host only
 */
export function createCookieJar(name: string, secure: boolean, domain?: string): CookieJar {
  const asItIs = (value: string) => value;
  const jar = Cookies.withConverter<string>({ read: asItIs, write: asItIs });
  const read = () => {
    try {
      return jar.get(name) ?? '';
    } catch {
      // SecurityError: a sandboxed frame, or a browser that refuses cookies altogether.
      return '';
    }
  };
  const set = (value: string, expires: number, where: { path?: string; domain?: string | undefined }) => {
    try {
      // js-cookie leaves out what is undefined.
      const attributes = { expires: new Date(expires), secure, sameSite: 'Lax' as const, ...where };
      jar.set(name, value, attributes as typeof attributes & { domain: string });
    } catch {
      // As above; reading back tells.
    }
  };
  return {
    read,
    write(value, expires) {
      set(value, expires, { domain });
      if (read() === value) return true;
      // A twin of the same name, for another domain or path, is read in its stead: all that can be reached go.
      const { hostname, pathname } = location;
      const paths = pathname.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/') || '/');
      const domains = hostname.split('.').map((_, i, parts) => parts.slice(i).join('.'));
      for (const path of paths) for (const one of [undefined, ...domains]) set('', 0, { path, domain: one });
      set(value, expires, { domain });
      return read() === value;
    },
  };
}
