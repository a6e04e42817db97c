import { readHostSource } from '../policy/host-source.ts';
import type { Policy } from '../types.ts';
import type { ServerConsent } from './read-receipt.ts';
import { ShieldError } from './shield-error.ts';
import { checkOptions, type ShieldOptions } from './shield-options.ts';
import { type Directives, extendSitePolicy, sourcesFor } from './site-policy.ts';
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

/** @throws {ShieldError} for what is no host, and so could end the header or allow every host */
function readHost(host: unknown, where: string): string {
  const source = readHostSource(host);
  if (source) return `${source.isBelow ? '*.' : ''}${source.host}${source.port}${source.path}`;
  throw new ShieldError(
    where,
    host,
    'a host such as "stats.example.net" or "*.example.net"',
    'Run: npx bandeau check policy.json',
  );
}

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
  const { ownHosts = [], base, nonce, reportUri, reportTo, reportOnly, meta } = options;
  const { services, scope, isRequired } = usablePolicy(policy);
  const isStrict = options.mode === 'strict';
  const isAllowed = (id: string) => !isStrict || isRequired(id) || consent?.isGranted(id) === true;

  const own = [
    ...scope.sites.map((site, i) => readHost(site, `policy.scope.sites[${i}]`)),
    ...ownHosts.map((host, i) => readHost(host, `options.ownHosts[${i}]`)),
  ];
  // All are read, so that a wrong one is told at the start and not at the first grant.
  const granted = services.flatMap(({ id, hosts = [] }, i) => {
    const sources = hosts.map((host, j) => readHost(host, `policy.services[${i}].hosts[${j}]`));
    return isAllowed(id) ? sources : [];
  });
  const shield: Directives = [
    [
      'default-src',
      "'self'",
      // Whether code in the page may run is for the site's own policy to say.
      "'unsafe-inline'",
      "'unsafe-eval'",
      'data:',
      'blob:',
      ...sourcesFor('default-src', [...own, ...granted]),
    ],
    ...(reportUri ? [['report-uri', reportUri]] : []),
    ...(reportTo ? [['report-to', reportTo]] : []),
  ];
  const policies = base || nonce ? [shield, extendSitePolicy(base ?? '', granted, nonce, meta)] : [shield];
  const texts = policies.map((directives) => directives.map((words) => words.join(' ')).join('; '));
  return {
    name: `Content-Security-Policy${reportOnly ? '-Report-Only' : ''}`,
    value: texts.join(', '),
    policies: texts,
    isPersonal: isStrict,
  };
}
