/**
 * An address as a browser would read it, without the final dot that a host may have.
 * @param base what a relative one is relative to
 * @returns undefined for what is no address
 */
export function parseAddress(address: string, base?: string): URL | undefined {
  try {
    const url = new URL(address, base);
    if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
    return url;
  } catch {
    return undefined;
  }
}

/**
 * Reads one entry of `Service.hosts`.
 *
 * - `host`: that host alone; `*.host`: every host below it and not itself; upper and lower case, a final dot
 *   and the two spellings of an international name are the same
 * - `:port`: that port alone; without, any
 * - `/path`: a beginning when it ends in `/`, else that path and what is below it
 * @returns whether an address, from `parseAddress`, is meant. False for schemes other than http, https, ws
 * and wss, and always for an entry that can't be read
 */
export function hostRule(rule: string): (address: URL) => boolean {
  const [, below, rest = '', port, path] = /^(\*\.)?([^/@?#]*?(?::(\d+))?(\/.*)?)$/.exec(rule) ?? [];
  const { hostname = '', pathname = '' } = parseAddress(`https://${rest}`) ?? {};
  return (address) =>
    // What tells most apart first: this is asked for each address and each rule.
    (below ? address.hostname.endsWith(`.${hostname}`) : address.hostname === hostname) &&
    /^(http|ws)s?:$/.test(address.protocol) &&
    (!port || (address.port || (/[ps]s:/.test(address.protocol) ? '443' : '80')) === port) &&
    (!path || address.pathname === pathname || address.pathname.startsWith(pathname.replace(/\/?$/, '/')));
}
