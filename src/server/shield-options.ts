import { ShieldError } from './shield-error.ts';
import type { SitePolicy } from './site-policy.ts';

/** How the shield is set up. */
export interface ShieldOptions {
  /**
   * - `undeclared`: hosts of all declared services are allowed, and the gate in the page holds what is denied. The
   *   header is the same for every visitor.
   * - `strict`: hosts of denied services are refused too. The header depends on the visitor's cookie, and a page
   *   has to reload once after a grant.
   * @default 'undeclared'
   */
  readonly mode?: 'undeclared' | 'strict';
  /**
   * Hosts of the site itself that are neither the one of the page nor in the policy's `scope.sites`, such as
   * `'static.example.org'`. Written as a service's `hosts`.
   * @default []
   */
  readonly ownHosts?: readonly string[];
  /**
   * The site's own security policy. It is sent as a second one beside the shield, and a browser enforces both: it
   * opens no host, and the shield weakens nothing of it. To its lists of sources the hosts of allowed services are
   * added, but not to one that has `'none'`, a nonce, a hash or `'strict-dynamic'`.
   * @default absent: inline scripts and styles are allowed, since the shield is about hosts
   */
  readonly base?: SitePolicy;
  /**
   * Base64, new for each response: added to the site's own `script-src`, so that inline scripts need it. It opens
   * no host: a script that has it and comes from an undeclared one is refused all the same.
   */
  readonly nonce?: string;
  /** Address that browsers send violations of the shield to; see `collectReports`. */
  readonly reportUri?: string;
  /** Name of an endpoint in the site's `Reporting-Endpoints` header. Browsers that know it ignore `reportUri`. */
  readonly reportTo?: string;
  /** Nothing is refused, and everything that would be is reported. @default false */
  readonly reportOnly?: boolean;
  /** For a `<meta>`: leaves out what browsers ignore there. @default false */
  readonly meta?: boolean;
}

/** @throws {ShieldError} for what must not stand in a header, or has no effect where it would stand */
export function checkOptions(options: ShieldOptions): void {
  const { mode, nonce, reportUri, reportTo, reportOnly, meta } = options;
  const check = (name: keyof ShieldOptions, isFine: boolean, expected: string, fix: string) => {
    if (!isFine) throw new ShieldError(`options.${name}`, options[name], expected, fix);
  };
  const matches = (text: unknown, pattern: RegExp) =>
    text === undefined || (typeof text === 'string' && pattern.test(text));
  check(
    'mode',
    matches(mode, /^(undeclared|strict)$/),
    'undeclared or strict',
    'Leave it out for undeclared.',
  );
  check('nonce', matches(nonce, /^[\w+/-]+={0,2}$/), 'base64', "Such as randomBytes(16).toString('base64').");
  check(
    'reportUri',
    matches(reportUri, /^(https?:\/)?\/[\w.~:/?#@!$&()*+=%-]+$/),
    'an address',
    'Such as "/csp-reports".',
  );
  check('reportTo', matches(reportTo, /^[\w-]+$/), 'the name of an endpoint', 'Such as "csp".');
  check(
    'meta',
    !meta || !(reportOnly || reportUri || reportTo),
    'no reports, which browsers do not send for a <meta>',
    'Send a header, or leave the reports out.',
  );
}
