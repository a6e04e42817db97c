import { type HostSource, readHostSource } from '../policy/host-source.ts';
import type { Policy } from '../types.ts';
import type { ServerConsent } from './read-receipt.ts';
import { ShieldError } from './shield-error.ts';
import { checkOptions, type ShieldOptions } from './shield-options.ts';
import { mergeSitePolicy, readSitePolicy } from './site-policy.ts';
import { usablePolicy } from './usable-policy.ts';

/** One header of a response. */
export interface Shield {
  /** `Content-Security-Policy`, or `Content-Security-Policy-Report-Only`. */
  readonly name: string;
  /** The shield and, after a comma, the site's own policy where there is one: a browser enforces each of them. */
  readonly value: string;
  /** The same one by one, since a `<meta>` holds only one. */
  readonly policies: readonly string[];
  /** The value depends on the cookie: send `Vary: Cookie` and `Cache-Control: private, no-store` with it. */
  readonly isPersonal: boolean;
}

function readHost(host: unknown, where: string): HostSource {
  const source = readHostSource(host);
  if (source) return source;
  throw new ShieldError(
    where,
    host,
    'a host such as "stats.example.net" or "*.example.net"',
    'Run: npx bandeau check policy.json',
  );
}

const write = ({ isBelow, host, port, path }: HostSource) => `${isBelow ? '*.' : ''}${host}${port}${path}`;

/**
 * The header by which the browser itself refuses every host that the policy does not declare: also to its preload
 * scanner, and to images, frames and styles in the markup, which no script in the page can hold.
 * @param consent of this visitor, read in strict mode only; null: what is required is granted, and nothing else
 * @throws {ShieldError} when the policy or an option can't be used: call it once when the server starts
 */
export function contentSecurityPolicy(
  policy: Policy,
  consent: Pick<ServerConsent, 'isGranted'> | null,
  options: ShieldOptions = {},
): Shield {
  checkOptions(options);
  const { base, nonce, reportUri, reportTo, reportOnly, meta } = options;
  const { services, scope, isRequired } = usablePolicy(policy);
  const isStrict = options.mode === 'strict';

  const declared = services.flatMap(({ id, hosts = [] }, i) =>
    hosts.map((host, j) => ({ id, source: readHost(host, `policy.services[${i}].hosts[${j}]`) })),
  );
  const isAllowed = (id: string) => !isStrict || isRequired(id) || consent?.isGranted(id) === true;
  const allowed = declared.filter(({ id }) => isAllowed(id)).map(({ source }) => write(source));
  const own = scope.sites.map((site, i) => write(readHost(site, `policy.scope.sites[${i}]`)));
  // A host without a scheme stands for no socket, in any browser.
  const hosts = [...new Set(allowed)].flatMap((host) => [host, `ws://${host}`]);

  const shield = [
    [
      'default-src',
      "'self'",
      "'unsafe-inline'",
      "'unsafe-eval'",
      'data:',
      'blob:',
      ...new Set(own),
      ...hosts,
    ],
    ...(reportUri ? [['report-uri', reportUri]] : []),
    ...(reportTo ? [['report-to', reportTo]] : []),
  ];
  const policies = [shield];
  if (base || nonce) {
    const held = isStrict ? declared.filter(({ id }) => !isRequired(id)).map(({ source }) => source) : [];
    policies.push(mergeSitePolicy(readSitePolicy(base ?? '', held), hosts, nonce, meta));
  }
  const texts = policies.map((directives) => directives.map((words) => words.join(' ')).join('; '));
  return {
    name: `Content-Security-Policy${reportOnly ? '-Report-Only' : ''}`,
    value: texts.join(', '),
    policies: texts,
    isPersonal: isStrict,
  };
}
