import type { CookieDeclaration, Policy, Service, StorageDeclaration } from '../types.ts';
import { hash } from './hash.ts';

type Described = Pick<Service, 'id' | 'category'> & Partial<Service>;

const sorted = <T>(list: readonly T[] = [], describe: (item: T) => string) => list.map(describe).sort();
const inAnyCase = (text: string) => `${text}`.toLowerCase();
const partsOfCookie = (it: CookieDeclaration) => [it.name, it.pattern, it.lifetimeDays, it.domain];
const partsOfKey = (it: StorageDeclaration) => [it.kind, it.key];
const nameOf = ({ name }: { readonly name: string }) => name.trim().toLowerCase();

/**
 * Names services together with what a visitor agrees to about each: its category (the purpose that was
 * switched), vendor, hosts, cookies with their lifetimes, storage keys, and who asks for which sites. Texts are left
 * out, so that a rewording or a translation never asks again (R41), and so is the order of lists.
 * @returns for a service (a category without services, given as `{ id, category: id }`, is a service of its own) 8
 * base-36 digits: 4 for category and id, by which a changed service is recognised, and 4 for everything
 * @throws {TypeError} where a part has the wrong shape
 */
export function createFingerprint({ controller, scope }: Pick<Policy, 'controller' | 'scope'>) {
  const asker = [
    sorted([controller, ...(controller.jointControllers ?? [])], nameOf),
    sorted(scope.sites, inAnyCase),
    scope.cookieDomain,
  ];
  // The same for all services, of which there may be hundreds.
  const rest = `,${JSON.stringify(asker).slice(1)}`;
  return ({ id, category, vendor, hosts, cookies, storage }: Described): string => {
    const material = [
      id,
      category,
      vendor && nameOf(vendor),
      sorted(hosts, (host) => host.toLowerCase()),
      sorted(cookies, (it) => `${partsOfCookie(it)}`),
      sorted(storage, (it) => `${partsOfKey(it)}`),
    ];
    return hash(`${category} ${id}`) + hash(JSON.stringify(material).slice(0, -1) + rest);
  };
}

const isPlain = (value: unknown) => Object(value) !== value;
const areAll = <T>(list: readonly T[], isOne: (item: T) => unknown) =>
  Array.isArray(list) && list.every(isOne);

/** Whether a service has the shapes that its fingerprint reads, without the work of making one. */
export const hasFingerprint = ({
  vendor,
  hosts = [],
  cookies = [],
  storage = [],
}: Partial<Service>): boolean =>
  (!vendor || typeof vendor.name === 'string') &&
  areAll(hosts, (host) => typeof host === 'string') &&
  areAll(cookies, (it) => it && partsOfCookie(it).every(isPlain)) &&
  areAll(storage, (it) => it && partsOfKey(it).every(isPlain));
