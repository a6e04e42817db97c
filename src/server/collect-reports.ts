import { type HostSource, overlaps, readHostSource } from '../policy/host-source.ts';
import type { Policy } from '../types.ts';

/** A host that a page asked for and that its header refused, or would have. */
export interface ReportedHost {
  /** As it would stand in a service's `hosts`. */
  readonly host: string;
  /** What it was asked for: `img-src`, `script-src-elem`, `connect-src`. */
  readonly directive: string;
  /** How often, in this body. */
  readonly count: number;
  /** Ids of the services that declare it; empty: nobody does. */
  readonly services: readonly string[];
}

// A browser sends a few reports at a time; whoever sends more is none.
const MAX_TEXT = 131_072;
const MAX_REPORTS = 100;
const MAX_URL = 4096;

const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

/** Address and directive of one report, in whichever of the two formats. */
function readReport(report: unknown): { url: unknown; directive: unknown } {
  const body = field(report, 'body');
  const old = field(report, 'csp-report');
  return body === undefined
    ? {
        url: field(old, 'blocked-uri'),
        directive: field(old, 'effective-directive') ?? field(old, 'violated-directive'),
      }
    : { url: field(body, 'blockedURL'), directive: field(body, 'effectiveDirective') };
}

/** Undefined for what is no host: `inline`, `eval`, `data`. */
function hostOf(url: unknown): HostSource | undefined {
  if (typeof url !== 'string' || url.length > MAX_URL || !/^(https?|wss?):/i.test(url)) return undefined;
  return URL.canParse(url) ? readHostSource(new URL(url).host) : undefined;
}

function parse(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  return body.length > MAX_TEXT ? undefined : JSON.parse(body);
}

/**
 * Reads what browsers send about a shield, in both formats: `application/csp-report` and the Reporting API's
 * `application/reports+json`. Anybody can send anything there: what is no report is left out, and of more than
 * 100 in one body the rest.
 * @param body as text, or parsed
 * @returns one entry for each host and directive, in order of appearance. Never throws.
 */
export function collectReports(body: unknown, policy: Policy): ReportedHost[] {
  const found = new Map<string, ReportedHost>();
  try {
    const parsed = parse(body);
    for (const report of Array.isArray(parsed) ? parsed.slice(0, MAX_REPORTS) : [parsed]) {
      const { url, directive: text } = readReport(report);
      const source = hostOf(url);
      const [directive] = typeof text === 'string' ? (/^[a-z-]{1,32}(?=$| )/.exec(text) ?? []) : [];
      if (!source || !directive) continue;
      const host = source.host + source.port;
      const key = `${host} ${directive}`;
      const count = (found.get(key)?.count ?? 0) + 1;
      found.set(key, { host, directive, count, services: declarersOf(source, policy) });
    }
  } catch {
    // Not JSON, or an object that can't be read: what was read before it stands.
  }
  return [...found.values()];
}

function declarersOf(source: HostSource, { services }: Policy): string[] {
  return services
    .filter(({ hosts = [] }) =>
      hosts.some((host) => {
        const declared = readHostSource(host);
        return declared && overlaps(declared, source);
      }),
    )
    .map(({ id }) => id);
}
