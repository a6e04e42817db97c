import type { Policy, Service } from '../types.ts';
import { hash } from './hash.ts';

/**
 * Names a service together with what a visitor agrees to about it: its category (the purpose that was
 * switched), vendor, hosts, cookies with their lifetimes, storage keys, and who asks for which sites. Texts are left
 * out, so that a rewording or a translation never asks again (R41), and so is the order of lists.
 * @param service a category without services, given as `{ id, category: id }`, is a service of its own
 * @returns 8 base-36 digits: 4 for category and id, by which a changed service is recognised, and 4 for
 * everything
 * @throws {TypeError} where a part has the wrong shape
 */
export function fingerprint(
  service: Pick<Service, 'id' | 'category'> & Partial<Service>,
  { controller, scope }: Pick<Policy, 'controller' | 'scope'>,
): string {
  const { id, category, vendor, hosts, cookies, storage } = service;
  const sorted = <T>(list: readonly T[] = [], describe: (item: T) => string) => list.map(describe).sort();
  const material = [
    id,
    category,
    vendor?.name.trim().toLowerCase(),
    sorted(hosts, (host) => host.toLowerCase()),
    sorted(cookies, (it) => `${[it.name, it.pattern, it.lifetimeDays, it.domain]}`),
    sorted(storage, (it) => `${[it.kind, it.key]}`),
    sorted([controller, ...(controller.jointControllers ?? [])], ({ name }) => name.trim().toLowerCase()),
    sorted(scope.sites, (site) => `${site}`.toLowerCase()),
    scope.cookieDomain,
  ];
  return hash(`${category} ${id}`) + hash(JSON.stringify(material));
}
