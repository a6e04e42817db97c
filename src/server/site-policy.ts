import { ShieldError } from './shield-error.ts';

/** A security policy of the site's own: as it stands in a header, or its sources by directive. */
export type SitePolicy = string | Readonly<Record<string, readonly string[]>>;

/** The words of each directive, its name first. */
export type Directives = readonly (readonly string[])[];

/** Lists to which a host would add nothing, or take their meaning away. */
const CLOSED = /'(none|nonce-|sha\d|strict-dynamic)/i;

/** The hosts as sources of one directive, each once. A host without a scheme stands for no socket, in any browser. */
export function sourcesFor(directive: string, hosts: readonly string[]): string[] {
  return [...new Set(hosts)].flatMap((host) =>
    /^(default|connect)-/.test(directive) ? [host, `wss://${host}`] : [host],
  );
}

/**
 * Takes a policy apart. The first directive of a name counts, as in a browser.
 * @throws {ShieldError} where a word could end the directive, the policy or the header that it stands in
 */
function readSitePolicy(base: SitePolicy): Map<string, string[]> {
  const lists =
    typeof base === 'string'
      ? base.split(';').map((text) => text.split(/[\t\n\f\r ]+/).filter(Boolean))
      : Object.entries(base).map(([name, sources]) => [name, ...[sources].flat()]);
  const directives = new Map<string, string[]>();
  for (const [name, ...sources] of lists) {
    if (name === undefined) continue;
    const wrong = [name, ...sources].find(
      (word) => typeof word !== 'string' || !/^[!#-+\--:<-~]+$/.test(word),
    );
    if (wrong !== undefined || !/^[a-z-]+$/i.test(name)) {
      throw new ShieldError(
        'options.base',
        wrong ?? name,
        'one policy: names of directives, and sources without spaces, commas, semicolons and double quotes',
        'Send a second policy as a header of its own.',
      );
    }
    if (!directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  return directives;
}

/**
 * The site's own policy with hosts added where it lists sources.
 * @param nonce for inline scripts
 * @param isMeta leaves out what browsers ignore in a `<meta>`
 */
export function extendSitePolicy(
  base: SitePolicy,
  hosts: readonly string[],
  nonce: string | undefined,
  isMeta = false,
): Directives {
  const own = readSitePolicy(base);
  const fallback = own.get('default-src') ?? ["'self'"];
  if (nonce && !own.has('script-src'))
    own.set(
      'script-src',
      fallback.filter((source) => !CLOSED.test(source)),
    );
  return [...own]
    .filter(([name]) => !(isMeta && /^(frame-ancestors|sandbox|report-(uri|to))$/.test(name)))
    .map(([name, sources]) => {
      const isOpen = /-src(-elem)?$/.test(name) && sources.length > 0 && !CLOSED.test(`${sources}`);
      const takesNonce = nonce && /^script-src(-elem)?$/.test(name) && !/^'none'$/i.test(`${sources}`);
      return [
        name,
        ...sources,
        ...(isOpen ? sourcesFor(name, hosts) : []),
        ...(takesNonce ? [`'nonce-${nonce}'`] : []),
      ];
    });
}
