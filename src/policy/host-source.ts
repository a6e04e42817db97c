/** One entry of a service's `hosts`, taken apart. */
export interface HostSource {
  /** `*.` in front: every host below `host`, and not itself. */
  readonly isBelow: boolean;
  /** In lower case. */
  readonly host: string;
  /** Such as `:8443`; empty for the default port of the scheme. */
  readonly port: string;
  /** From its `/` on; empty for every path. One that ends in `/` is everything below it. */
  readonly path: string;
}

const HOST_SOURCE =
  /^(\*\.)?((?:[\w-]+\.)+[\w-]+|localhost)(:\d{1,5})?((?:\/(?:[\w.~!$&()+:@=-]|%[\da-f]{2})+)*\/?)$/i;
const MAX_LENGTH = 2048;

/**
 * Reads `host`, `*.host`, either with `:port` and `/path`. No other character gets through, so what is read may
 * stand in a header.
 * Source: Content Security Policy Level 3 § 2.3.1, without schemes, `*` alone and ports of `*`
 * @returns undefined for anything else, such as `*.com`
 */
export function readHostSource(text: unknown): HostSource | undefined {
  if (typeof text !== 'string' || text.length > MAX_LENGTH) return undefined;
  const [, star, host, port = '', path = ''] = HOST_SOURCE.exec(text) ?? [];
  // A star must stand below something that one company can own.
  if (!host || (star && !host.includes('.'))) return undefined;
  return { isBelow: !!star, host: host.toLowerCase(), port, path };
}

const isBelowPath = (wide: HostSource, narrow: HostSource) =>
  /^$|\/$/.test(wide.path) ? narrow.path.startsWith(wide.path) : narrow.path === wide.path;

const isBelowHost = (wide: HostSource, narrow: HostSource) =>
  wide.isBelow
    ? narrow.host.endsWith(`.${wide.host}`) || (narrow.isBelow && narrow.host === wide.host)
    : !narrow.isBelow && narrow.host === wide.host;

/** What a browser or a server may take for a step up. */
const MAY_CLIMB = /\.\.|%2e/i;

/**
 * Whether every address that falls under `narrow` falls under `wide`, as far as their texts can tell: behind another
 * port may be somebody else, and a path that may climb may lead anywhere.
 */
export function covers(wide: HostSource, narrow: HostSource): boolean {
  return (
    wide.port === narrow.port &&
    !MAY_CLIMB.test(narrow.path) &&
    isBelowPath(wide, narrow) &&
    isBelowHost(wide, narrow)
  );
}

/** Whether some address falls under both. A port that is left out is not the same as one that is written. */
export function overlaps(one: HostSource, other: HostSource): boolean {
  return (
    one.port === other.port &&
    (isBelowPath(one, other) || isBelowPath(other, one)) &&
    (isBelowHost(one, other) || isBelowHost(other, one))
  );
}
