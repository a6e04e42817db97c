import { matchesCookie } from '../model/match-cookie.ts';
import { covers, readHostSource } from './host-source.ts';
import type { PolicyOutline, ServiceOutline, StoredOutline } from './outline.ts';

/** What a service asks for that it did not ask for then. */
export interface ServiceDifference {
  readonly id: string;
  readonly name: string;
  /** Null where it is the same company. */
  readonly vendor: string | null;
  /** The category that it is in now; null where it is the same. */
  readonly category: string | null;
  /** Hosts that none of those of then covers. */
  readonly hosts: readonly string[];
  /** Names of cookies and keys that it did not store. */
  readonly stores: readonly string[];
  /** Cookies that stay longer, with their days of now. */
  readonly longer: readonly { readonly name: string; readonly lifetimeDays: number }[];
}

/** What a later policy asks for that an earlier one did not, and what it has given up. */
export interface PolicyDifference {
  /** Of services, and of categories without services, in the order of now. */
  readonly added: readonly ServiceOutline[];
  readonly modified: readonly ServiceDifference[];
  readonly removed: readonly ServiceOutline[];
  /** Sites that the choice covers now and did not. */
  readonly sites: readonly string[];
  /** Who answers for it now and did not. */
  readonly controllers: readonly string[];
  /** The choice is shared with, or kept for, more than it was: a wider cookie or more months. */
  readonly isWider: boolean;
}

const without = (now: readonly string[], then: readonly string[]) => {
  const known = new Set(then.map((text) => text.trim().toLowerCase()));
  return now.filter((text) => !known.has(text.trim().toLowerCase()));
};

const isCovered = (hosts: readonly string[], host: string) => {
  const narrow = readHostSource(host);
  return hosts.some((one) => {
    const wide = readHostSource(one);
    return one === host || (narrow && wide && covers(wide, narrow));
  });
};

/** The same cookie, or one of a pattern that was declared. */
const isKnown = (then: StoredOutline, now: StoredOutline) =>
  then.domain === now.domain &&
  (then.isPattern === now.isPattern
    ? then.name === now.name
    : then.isPattern && matchesCookie({ pattern: then.name }, now.name));

function compareServices(then: ServiceOutline, now: ServiceOutline): ServiceDifference {
  const before = (cookie: StoredOutline) => then.cookies.filter((one) => isKnown(one, cookie));
  return {
    id: now.id,
    name: now.name,
    vendor: without([now.vendor], [then.vendor])[0] ?? null,
    category: now.category === then.category ? null : now.category,
    hosts: now.hosts.filter((host) => !isCovered(then.hosts, host)),
    stores: [
      ...now.cookies.filter((cookie) => !before(cookie)[0]).map(({ name }) => name),
      ...now.storage.filter((key) => !then.storage.includes(key)).map((key) => key.replace(/^\w+:/, '')),
    ],
    longer: now.cookies.filter(
      (cookie) =>
        before(cookie)[0] && before(cookie).every(({ lifetimeDays }) => lifetimeDays < cookie.lifetimeDays),
    ),
  };
}

const asksMore = ({ vendor, category, hosts, stores, longer }: ServiceDifference) =>
  vendor !== null || category !== null || !!hosts[0] || !!stores[0] || !!longer[0];

/**
 * What `now` asks for beyond `then`. Fewer hosts, fewer or shorter cookies, another order, a narrower host: none of
 * that is asked for (R41).
 */
export function compareOutlines(then: PolicyOutline, now: PolicyOutline): PolicyDifference {
  const find = (outline: PolicyOutline, id: string) => outline.services.find((one) => one.id === id);
  // A category that has services stands in one outline by them, and in the other by itself.
  const isCategoryOf = ({ services }: PolicyOutline, id: string) =>
    services.some(({ category }) => category === id);
  return {
    added: now.services.filter(({ id }) => !find(then, id) && !isCategoryOf(then, id)),
    modified: now.services.flatMap((service) => {
      const before = find(then, service.id);
      const difference = before && compareServices(before, service);
      return difference && asksMore(difference) ? difference : [];
    }),
    removed: then.services.filter(({ id }) => !find(now, id) && !isCategoryOf(now, id)),
    sites: without(now.sites, then.sites),
    controllers: without(now.controllers, then.controllers),
    isWider:
      (now.cookieDomain !== '' && now.cookieDomain !== then.cookieDomain) ||
      now.lifetimeMonths > then.lifetimeMonths,
  };
}
