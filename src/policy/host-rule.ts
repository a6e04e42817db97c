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

/**
 * Reads one entry of `Service.hosts`.
 *
 * - `host`: that host alone; `*.host`: every host below it and not itself; upper and lower case, a final dot
 *   and the two spellings of an international name are the same
 * - `:port`: that port alone; without, any
 * - `/path`: everything below it when it ends in `/`, else that path alone
 * @returns whether an address, from `parseAddress`, is meant. False for schemes other than http, https, ws
 * and wss, and always for an entry that can't be read
 */
export function hostRule(rule: string): (address: Address) => boolean {
  const [, below, rest = '', port, path = '/'] = /^(\*\.)?([^/@?#]*?(?::(\d+))?(\/.*)?)$/.exec(rule) ?? [];
  const { hostname = '', pathname = '' } = parseAddress(`https://${rest}`) ?? {};
  // `unescape` takes what can't be decoded for what it is, where its successors throw.
  const start = unescape(pathname) + (path.endsWith('/') ? '' : '\n');
  return (address) =>
    // What tells most apart first: this is asked for each address and each rule.
    (below ? address.hostname.endsWith(`.${hostname}`) : address.hostname === hostname) &&
    /^(http|ws)s?:$/.test(address.protocol) &&
    (!port || (address.port || (/[ps]s:/.test(address.protocol) ? '443' : '80')) === port) &&
    `${unescape(address.pathname)}\n`.startsWith(start);
}
