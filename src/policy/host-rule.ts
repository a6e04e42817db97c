/**
 * An address as a browser would read it.
 * @param base what a relative one is relative to
 * @returns undefined for what is no address
 */
export function parseAddress(address: string, base?: string): URL | undefined {
  try {
    return new URL(address, base);
  } catch {
    return undefined;
  }
}

const withoutFinalDot = (host?: string) => host?.replace(/\.$/, '');

/**
 * Reads one entry of `Service.hosts`.
 *
 * - `host`: that host alone; `*.host`: every host below it and not itself; upper and lower case, a final dot
 *   and the two spellings of an international name are the same
 * - `:port`: that port alone; without, any
 * - `/path`: a beginning when it ends in `/`, else that path and what is below it
 * @returns whether an address is meant. False for schemes other than http, https, ws and wss, and always
 * for an entry that can't be read
 */
export function hostRule(rule: string): (address: URL) => boolean {
  const [, below, rest = '', port, path] = /^(\*\.)?([^/@?#]*?(?::(\d+))?(\/.*)?)$/.exec(rule) ?? [];
  const { hostname, pathname = '' } = parseAddress(`https://${rest}`) ?? {};
  const host = withoutFinalDot(hostname);
  return (address) => {
    const actual = withoutFinalDot(address.hostname);
    return (
      !!host &&
      /^(http|ws)s?:$/.test(address.protocol) &&
      (below ? !!actual?.endsWith(`.${host}`) : actual === host) &&
      (!port || (address.port || (/s:/.test(address.protocol) ? '443' : '80')) === port) &&
      (!path || address.pathname === pathname || address.pathname.startsWith(pathname.replace(/\/?$/, '/')))
    );
  };
}
