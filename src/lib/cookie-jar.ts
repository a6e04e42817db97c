import Cookies from 'js-cookie';

/** First-party cookies. Nothing here throws: where cookies are blocked, nothing is read and nothing kept. */
export interface CookieJar {
  /** Names as they are in the jar, of every cookie that this page may see. */
  names(): string[];
  /**
   * Values as they are in the jar, of every cookie of that name: there may be one for each path and domain. An empty one
   * counts as none.
   */
  values(name: string): string[];
  /**
   * @param value must be cookie-safe; empty to remove the cookie
   * @param expires when the browser forgets it, in milliseconds since the epoch
   * @param domain shared with the sub-domains of this domain; `'auto'` for the widest that the browser allows; absent:
   * this host only
   * @returns whether the browser kept it: it drops what is too large or not allowed without a word
   */
  write(name: string, value: string, expires: number, domain?: string): boolean;
  /**
   * Removes a cookie for every path and parent domain that this page can reach, partitioned or not: where a
   * cookie was set is nowhere written (RFC 6265 § 5.3). The browser itself refuses public suffixes.
   * @param also the path and domain that it is known to have, where the page is not below them
   * @returns whether none of that name is to be seen any more
   */
  remove(name: string, also?: { readonly path?: string; readonly domain?: string }): boolean;
  /** Calls back when a cookie may have changed, also in another tab. Returns its stop. */
  watch(changed: () => void): () => void;
}

/** @param secure the page is on https */
export function createCookieJar(secure: boolean): CookieJar {
  const asItIs = (value: string) => value;
  const jar = Cookies.withConverter<string>({ read: asItIs, write: asItIs });
  /** SecurityError: a sandboxed frame, or a browser that refuses cookies altogether. */
  const quietly = <T>(act: () => T, otherwise: T): T => {
    try {
      return act();
    } catch {
      return otherwise;
    }
  };
  const pairs = () =>
    quietly(
      () => [...document.cookie.matchAll(/(?:^|; )([^=;]+)=([^;]*)/g)].map(([, ...pair]) => pair),
      [] as string[][],
    );
  const names = () => pairs().map(([name = '']) => name);
  const values = (wanted: string) =>
    pairs().flatMap(([name, value]) => (name === wanted && value ? value : []));
  const set = (name: string, value: string, expires: number, domain?: string) =>
    quietly(() => {
      // js-cookie leaves out what is undefined.
      const attributes = { expires: new Date(expires), secure, sameSite: 'Lax' as const, domain };
      jar.set(name, value, attributes as typeof attributes & { domain: string });
      return value ? values(name).includes(value) : !values(name)[0];
    }, false);
  const write = (name: string, value: string, expires: number, domain?: string) => {
    if (domain !== 'auto') return set(name, value, expires, domain);
    // Browsers refuse public suffixes, so that the widest that is kept is the site's own. An address in numbers has none.
    const labels = /[a-z]/i.test(location.hostname) ? location.hostname.split('.') : [];
    const domains = labels.map((_, i) => labels.slice(-i - 1).join('.'));
    return [...domains, undefined].some((one) => set(name, value, expires, one));
  };
  const remove: CookieJar['remove'] = (name, also = {}) => {
    const { hostname, pathname } = location;
    const parts = pathname.split('/').slice(1);
    const paths = parts.flatMap((_, i) => {
      const path = `/${parts.slice(0, i + 1).join('/')}`;
      return [path, `${path}/`];
    });
    const labels = hostname.split('.');
    const domains = ['', also.domain, ...labels.map((_, i) => labels.slice(i).join('.'))];
    for (const path of new Set([also.path ?? '/', '/', '', ...paths])) {
      for (const domain of domains) {
        for (const more of window.isSecureContext ? ['', '; secure', '; secure; partitioned'] : ['']) {
          const where = `${path && `; path=${path}`}${domain ? `; domain=${domain}` : ''}`;
          quietly(() => {
            // biome-ignore lint/suspicious/noDocumentCookie: js-cookie spells some names in another way than they are in the jar
            document.cookie = `${name}=; max-age=0${where}${more}`;
          }, undefined);
        }
      }
      if (!names().includes(name)) return true;
    }
    return false;
  };
  return {
    names,
    values,
    write(name, value, expires, domain) {
      if (write(name, value, expires, domain) && !values(name)[1]) return true;
      // A twin of the same name, for another domain or path, would be read as well.
      remove(name);
      return write(name, value, expires, domain);
    },
    remove,
    watch(changed) {
      const { cookieStore } = window;
      cookieStore?.addEventListener('change', changed);
      return () => cookieStore?.removeEventListener('change', changed);
    },
  };
}
