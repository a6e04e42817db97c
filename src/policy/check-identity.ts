import type { Controller, Scope } from '../types.ts';
import { localizedAddress, plainText } from './check-text.ts';
import { isCookieName, isHost, isWithin } from './formats.ts';
import type { Check } from './inspection.ts';
import { at } from './problems.ts';
import { all, list, object, optional, string } from './shapes.ts';
import { entries, isObject } from './snapshot.ts';

/** A host name and nothing around it. */
export const host: Check = (value, where, to) => {
  if (typeof value === 'string' && isHost(value)) return;
  const text = typeof value === 'string' ? value : '';
  to.error(where, value, {
    expected: 'a host name such as "stats.example.net"',
    fix: text.includes('*')
      ? 'Name each host: there are no wildcards here.'
      : /[^\p{ASCII}]/u.test(text)
        ? 'Write it as browsers spell it, in Punycode (xn--…).'
        : text.startsWith('.') || text.endsWith('.')
          ? 'Remove the dot at its edge.'
          : 'Leave out the scheme, the port and the path.',
  });
};

const hostOrAuto: Check = (value, where, to) => {
  if (value !== 'auto') host(value, where, to);
};

/** The first layer must say who asks, and where to read more. */
function identity(check: Check): Check {
  return (value, where, to) => {
    if (value !== undefined) check(value, where, to);
    else {
      to.error(where, value, {
        expected: 'who answers for the data, how to reach them, and where their policy is',
        fix: 'Add it: the banner shows it.',
        rule: 'R6',
      });
    }
  };
}

export const checkController: Check = object<Controller>({
  name: identity(plainText),
  contact: identity(plainText),
  privacyUrl: identity(localizedAddress),
  dataProtectionOfficer: optional(
    object<NonNullable<Controller['dataProtectionOfficer']>>({
      name: optional(plainText),
      contact: plainText,
    }),
  ),
  jointControllers: optional(
    list(
      object<NonNullable<Controller['jointControllers']>[number]>({
        name: plainText,
        contact: optional(plainText),
        privacyUrl: optional(localizedAddress),
      }),
    ),
  ),
});

const notEmpty: Check = (value, where, to) => {
  if (!Array.isArray(value) || value.length > 0) return;
  to.error(where, value, {
    expected: 'at least one host name',
    fix: 'List the hosts that a choice covers, such as ["www.example.org"].',
    rule: 'R34',
  });
};

const distinct: Check = (value, where, to) => {
  const seen = new Set<unknown>();
  entries(value).forEach((entry, index) => {
    if (seen.has(entry)) {
      to.warn(at(where, index), entry, { expected: 'each host once', fix: 'Remove the repetition.' });
    }
    seen.add(entry);
  });
};

/** A browser drops a cookie whose domain is not the page's own or above it. */
const domainCoversSites: Check = (value, where, to) => {
  const { cookieDomain: domain, sites } = isObject(value) ? value : {};
  if (typeof domain !== 'string' || domain === 'auto' || !isHost(domain)) return;
  entries(sites).forEach((site, index) => {
    if (typeof site !== 'string' || !isHost(site) || isWithin(site, domain)) return;
    to.error(at(where, 'cookieDomain'), domain, {
      expected: `a domain that ${at(at(where, 'sites'), index)} (${site}) is, or is below`,
      fix: 'Name the domain that all sites share, or give each domain a policy of its own.',
      rule: 'R34',
    });
  });
};

export const checkScope: Check = all(
  object<Scope>({
    sites: all(list(host, { rule: 'R34' }), notEmpty, distinct),
    cookieDomain: optional(hostOrAuto),
    cookieName: optional(
      string(isCookieName, {
        expected: "a cookie name: ASCII letters, digits and !#$%&'*+-.^_`|~, without spaces",
        fix: 'Leave it out for "bandeau", or choose a short word.',
      }),
    ),
  }),
  domainCoversSites,
);
