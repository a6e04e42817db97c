import { type HostSource, overlaps, readHostSource } from '../policy/host-source.ts';
import { ShieldError } from './shield-error.ts';

/** A security policy of the site's own: as it stands in a header, or its sources by directive. */
export type SitePolicy = string | Readonly<Record<string, readonly string[]>>;

/** Sources by directive, in the order given. */
export type Directives = Map<string, readonly string[]>;

/** Keywords, nonces and hashes; and schemes of which nothing leaves the page. */
const HOSTLESS = /^('[\w+/=-]+'|(data|blob|mediastream):)$/i;

/** Directives that say from where something may be fetched. */
export const FETCHES = /-src(-elem|-attr)?$/;

/**
 * Takes a policy apart and refuses what would make a shield useless: a source that allows every host, and, where
 * `held` are given, a host that a service declares which may be denied.
 * @param held hosts of services that may be denied
 * @throws {ShieldError}
 */
export function readSitePolicy(base: SitePolicy, held: readonly HostSource[]): Directives {
  const lists =
    typeof base === 'string'
      ? base.split(';').map((text) => text.split(/[\t\n\f\r ]+/).filter(Boolean))
      : Object.entries(base).map(([name, sources]) => [name, ...[sources].flat()]);
  const directives: Directives = new Map();
  for (const [key, ...sources] of lists) {
    if (key === undefined) continue;
    const name = key.toLowerCase();
    const where = `options.base ${name}`;
    if (!/^[a-z-]+$/.test(name)) {
      throw new ShieldError('options.base', key, 'the name of a directive', 'Such as "img-src".');
    }
    for (const source of sources) {
      if (typeof source !== 'string' || !/^[!#-+\--:<-~]+$/.test(source)) {
        throw new ShieldError(
          where,
          source,
          'a source without spaces, commas, semicolons and double quotes',
          'Give one policy; send a second one as a header of its own.',
        );
      }
      if (FETCHES.test(name) && !HOSTLESS.test(source)) refuseWide(where, source, held);
    }
    // A browser goes by the first of its name.
    if (!directives.has(name)) directives.set(name, sources);
  }
  return directives;
}

function refuseWide(where: string, source: string, held: readonly HostSource[]): void {
  const own = readHostSource(source.replace(/^(https?|wss?):\/\//i, ''));
  if (!own) {
    throw new ShieldError(
      where,
      source,
      'hosts by name, since anything undeclared could load from it',
      "Name the site's own hosts; those of services come from the policy.",
    );
  }
  if (held.some((host) => overlaps(own, host))) {
    throw new ShieldError(
      where,
      source,
      'no host of a service that can be denied',
      'Remove it: it is added once the service is granted.',
    );
  }
}

/** Lists to which a host would add nothing, or take their meaning away. */
const CLOSED = /'(none|nonce-|sha\d|strict-dynamic)/i;

/**
 * The site's own policy with hosts added where it lists sources.
 * @param hosts sources of the services that are allowed
 * @param nonce for inline scripts
 * @param isMeta leaves out what browsers ignore in a `<meta>`
 */
export function mergeSitePolicy(
  own: Directives,
  hosts: readonly string[],
  nonce: string | undefined,
  isMeta = false,
): string[][] {
  const merged: Directives = new Map(own);
  if (nonce && !merged.has('script-src')) merged.set('script-src', own.get('default-src') ?? ["'self'"]);
  return [...merged]
    .filter(([name]) => !(isMeta && /^(frame-ancestors|sandbox|report-(uri|to))$/.test(name)))
    .map(([name, sources]) => [
      name,
      ...sources,
      ...(FETCHES.test(name) && sources.length > 0 && !CLOSED.test(`${sources}`) ? hosts : []),
      ...(nonce && /^script-src(-elem)?$/.test(name) ? [`'nonce-${nonce}'`] : []),
    ]);
}
