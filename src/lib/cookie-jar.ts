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
  return {
    read,
    write(value, expires) {
      try {
        // A twin for this host only, from before the domain was shared, would be read in its stead.
        if (domain) jar.remove(name);
        // js-cookie leaves out what is undefined.
        jar.set(name, value, {
          expires: new Date(expires),
          secure,
          sameSite: 'Lax',
          domain: domain as string,
        });
      } catch {
        // As above; reading back tells.
      }
      return read() === value;
    },
  };
}
