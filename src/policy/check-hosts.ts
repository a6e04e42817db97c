import { isHost } from './formats.ts';
import { readHostSource } from './host-source.ts';
import type { Check } from './inspection.ts';
import { quote } from './problems.ts';
import { isRegistryDomain, isRentedDomain } from './shared-domains.ts';

/** The first thing that is wrong with it, as what to do about it. */
function fixFor(text: string): string {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text) || text.startsWith('//')) {
    return 'Leave out the scheme: "stats.example.net".';
  }
  if (/[^\p{ASCII}]/u.test(text)) return 'Write it as browsers spell it, in Punycode (xn--…).';
  if (/[?#]/.test(text))
    return 'Leave out the query: a path such as "example.net/maps/" is as narrow as it gets.';
  if (/[\s,;'"]/.test(text)) return 'Write each host as an entry of its own.';
  if (text.startsWith('.')) return 'Write "*.example.net" for every host below example.net.';
  if (text.includes('*')) {
    return 'A star stands in front, for every host below one that the service owns: "*.example.net".';
  }
  if (/\.(?:$|[:/])/.test(text)) return 'Remove the dot at its edge.';
  return 'Copy the host from an address of the service, such as "stats.example.net".';
}

/** An entry of a service's `hosts`: `host` or `*.host`, with a port and a path where they are needed. */
export const hostSource: Check = (value, where, to) => {
  const expected = 'a host such as "stats.example.net", "*.example.net" or "example.net/maps/"';
  const source = readHostSource(value);
  const isWild = source?.isBelow === true;
  if (!source || !isHost(source.host) || (isWild && /\d$/.test(source.host))) {
    to.error(where, value, { expected, fix: fixFor(typeof value === 'string' ? value.slice(0, 500) : '') });
  } else if (Number(source.port.slice(1)) > 65_535) {
    to.error(where, value, { expected: 'a port up to 65535', fix: 'Leave the port out for the usual ones.' });
  } else if (isWild && isRegistryDomain(source.host)) {
    to.error(where, value, {
      expected: `a star below a domain of one company; below ${source.host} anybody can have one`,
      fix: `Name the domain of the service: ${quote(`*.example.${source.host}`)}.`,
    });
  } else if (isWild && isRentedDomain(source.host)) {
    to.warn(where, value, {
      expected: `a star below a domain of one company; hosts below ${source.host} are rented by anybody`,
      fix: 'Name the hosts of the service one by one.',
    });
  }
};
