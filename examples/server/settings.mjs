// What the three servers share: the policy, how the shield is set up, and the list of what was reported.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { collectReports, contentSecurityPolicy, readReceipt } from 'bandeau/server';

const { SHIELD_MODE, REPORT_ONLY, PORT = '3000' } = process.env;

export const port = Number(PORT);
export const policyFile = process.argv[2] ?? fileURLToPath(new URL('policy.json', import.meta.url));
export const policy = JSON.parse(readFileSync(policyFile, 'utf8'));
export const pages = fileURLToPath(new URL('public/', import.meta.url));
/** In a site that has installed the package: node_modules/bandeau/dist */
export const library = fileURLToPath(new URL('../../dist/', import.meta.url));

const options = { mode: SHIELD_MODE, reportUri: '/csp-reports', reportOnly: REPORT_ONLY === '1' };

// A policy or an option that can't be used stops the server here, and not a visitor's page.
contentSecurityPolicy(policy, null, options);

/** The headers of a page, for the visitor who sent this Cookie header. */
export function shieldHeaders(cookieHeader) {
  const shield = contentSecurityPolicy(policy, readReceipt(cookieHeader, policy), options);
  return {
    [shield.name]: shield.value,
    // No cache may give one visitor the header of another, and no browser may go on by the one of before.
    ...(shield.isPersonal && { Vary: 'Cookie', 'Cache-Control': 'private, no-store' }),
  };
}

/** The most that is read of one report; a browser sends far less. */
export const MAX_REPORT_BYTES = 65_536;
/** The most hosts that are remembered: anybody can send reports. */
const MAX_HOSTS = 200;
const seen = new Map();

/** Adds up what browsers report, and prints the whole list at each new host. */
export function report(body) {
  for (const { host, directive, count, services } of collectReports(body, policy)) {
    const isNew = !seen.has(host);
    if (isNew && seen.size >= MAX_HOSTS) continue;
    const entry = seen.get(host) ?? { count: 0, directives: new Set(), services };
    entry.count += count;
    entry.directives.add(directive);
    seen.set(host, entry);
    if (isNew) print();
  }
}

function print() {
  for (const [host, { count, directives, services }] of seen) {
    const owner = services.length > 0 ? `declared by ${services.join(', ')}` : 'declared by nobody';
    console.log(`${String(count).padStart(5)} ${host} (${[...directives].join(', ')}): ${owner}`);
  }
  const undeclared = [...seen].filter(([, { services }]) => services.length === 0).map(([host]) => host);
  // To be pasted into the service that they belong to, once it is known which: a host nobody knows is to be removed.
  if (undeclared.length > 0) console.log(`"hosts": ${JSON.stringify(undeclared)}`);
}
