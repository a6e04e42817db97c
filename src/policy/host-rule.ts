/** The parts of an address that a rule looks at. As plain values: each part of a URL is slow to read. */
export type Address = Readonly<Pick<URL, 'protocol' | 'hostname' | 'port' | 'pathname'>>;

/**
 * An address as a browser would read it, without the final dot that a host may have.
 * @param base what a relative one is relative to
 * @returns undefined for what is no address
 */
export function parseAddress(address: string, base?: string): Address | undefined {
  try {
    const { protocol, hostname, port, pathname } = new URL(address, base);
    return { protocol, hostname: hostname.replace(/\.$/, ''), port, pathname };
  } catch {
    return undefined;
  }
}

/** `%61` is another spelling of `a`, and what can't be decoded is what it is. */
const decode = (path: string) =>
  path.replace(/%[2-7][\da-f]/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));

/**
 * Reads one entry of `Service.hosts`.
 *
 * - `host`: that host alone; `*.host`: every host below it and not itself; upper and lower case, a final dot
 *   and the two spellings of an international name are the same
 * - `:port`: that port alone; without, any
 * - `/path`: everything below it when it ends in `/`, else that path alone
 * @returns whether an address, from `parseAddress`, is meant, or with `anyPath` some address of its host.
 * False for schemes other than http, https, ws and wss, and always for an entry that can't be read
 */
export function hostRule(rule: string): (address: Address, anyPath?: boolean) => boolean {
  const [, below, rest = '', port, path] = /^(\*\.)?([^/@?#]*?(?::(\d+))?(\/.*)?)$/.exec(rule) ?? [];
  const { hostname = '', pathname = '' } = parseAddress(`https://${rest}`) ?? {};
  const wanted = decode(pathname);
  return (address, anyPath) =>
    // What tells most apart first: this is asked for each address and each rule.
    (below ? address.hostname.endsWith(`.${hostname}`) : address.hostname === hostname) &&
    /^(http|ws)s?:$/.test(address.protocol) &&
    (!port || (address.port || (/[ps]s:/.test(address.protocol) ? '443' : '80')) === port) &&
    (!path ||
      !!anyPath ||
      decode(address.pathname) === wanted ||
      (path.endsWith('/') && decode(address.pathname).startsWith(wanted)));
}
