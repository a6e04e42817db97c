import type { Policy } from '../types.ts';
import type { PolicyDifference } from './compare-outlines.ts';
import { isRequiredCategory } from './required.ts';

/**
 * What a change of no consequence is about:
 * - `text`: words, names and addresses that a visitor reads
 * - `order`: the same entries in another order
 * - `less`: fewer or narrower hosts, sites, cookies, keys; shorter lifetimes
 * - `required`: what can't be refused
 * - `setting`: anything else
 */
export type DetailKind = 'text' | 'order' | 'less' | 'required' | 'setting';

/** One place of a policy that is written differently and asks for nothing more. */
export interface Detail {
  readonly kind: DetailKind;
  /** Path by ids: `services.audience.purpose.fr`. */
  readonly where: string;
  /** Null where there was nothing; for an order, what stood there in a row. */
  readonly before: unknown;
  /** Null where there is nothing any more. */
  readonly after: unknown;
}

interface Leaf {
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  readonly isOrder?: boolean;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an entry of a list is known by when it stands elsewhere in it. */
const nameOf = (entry: unknown): string => {
  if (!isRecord(entry)) return String(entry);
  const { id, version, kind, key, name, pattern, domain } = entry;
  if (kind !== undefined) return `${kind}:${key}`;
  const own = id ?? version ?? (pattern === undefined ? name : `/${pattern}/`);
  return domain === undefined ? `${own}` : `${own}@${domain}`;
};

/** Entries by name; what has the name of another is numbered. */
const byName = (list: readonly unknown[]) => {
  const entries = new Map<string, unknown>();
  for (const entry of list) {
    let name = nameOf(entry);
    for (let count = 2; entries.has(name); count++) name = `${nameOf(entry)}#${count}`;
    entries.set(name, entry);
  }
  return entries;
};

function walk(before: unknown, after: unknown, path: readonly string[]): Leaf[] {
  const isList = Array.isArray(before) && Array.isArray(after);
  if (!isList && !(isRecord(before) && isRecord(after))) {
    return Object.is(before, after) ? [] : [{ path, before, after }];
  }
  const [then, now] = isList
    ? [byName(before), byName(after)]
    : [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const names = [...new Set([...then.keys(), ...now.keys()])];
  const leaves = names.flatMap((name) => walk(then.get(name), now.get(name), [...path, name]));
  const [kept, left] = [
    [...then.keys()].filter((name) => now.has(name)),
    [...now.keys()].filter((name) => then.has(name)),
  ];
  const isMoved = isList && kept.some((name, i) => name !== left[i]);
  return isMoved ? [...leaves, { path, before: kept, after: left, isOrder: true }] : leaves;
}

/** True for what the comparison of outlines tells already. */
function isTold(
  { path, before, after, isOrder }: Leaf,
  { added, removed, modified, ...rest }: PolicyDifference,
  now: Policy,
): boolean {
  const [top, id = '', field, key = '', part] = path;
  if (isOrder) return false;
  if (top === 'scope' && id === 'sites') return rest.sites.includes(field ?? '');
  if (top === 'lifetimeMonths' || (top === 'scope' && id === 'cookieDomain')) return rest.isWider;
  if (top === 'controller') return rest.controllers.some((name) => name === after || path.includes(name));
  if (field === undefined) {
    return (before === undefined ? added : after === undefined ? removed : []).some((one) => one.id === id);
  }
  const service = top === 'services' && modified.find((one) => one.id === id);
  if (!service) return false;
  const own = now.services.find((one) => one.id === id);
  const stored = field === 'cookies' ? own?.cookies : field === 'storage' ? own?.storage : [];
  const entry = byName(stored ?? []).get(key);
  const name = `${isRecord(entry) ? (entry['name'] ?? entry['pattern'] ?? entry['key']) : ''}`;
  if (field === 'vendor') return key === 'name' && service.vendor !== null;
  if (field === 'category') return service.category !== null;
  if (field === 'hosts') return before === undefined && service.hosts.includes(key);
  if (part === 'lifetimeDays') return service.longer.some((one) => one.name === name);
  return before === undefined && part === undefined && service.stores.includes(name);
}

const TEXTS =
  /^(?:title|description|name|purpose|reason|note|summary|keepsBecause|privacyUrl|contact|texts)$/;
const LISTS = /^(?:hosts|cookies|storage|sites|jointControllers)$/;

/** A path without the names that entries of the site's own have in it. */
const fieldsOf = (path: readonly string[]) =>
  path.filter(
    (_, i) => !/^(?:categories|services)$/.test(i === 1 ? `${path[0]}` : '') && !LISTS.test(`${path[i - 1]}`),
  );

/** Finds the differences that ask nobody for anything, in the order of the policies. */
export function compareDetails(then: Policy, now: Policy, difference: PolicyDifference): Detail[] {
  const required = [then, now].map(
    ({ categories }) => new Set(categories.filter(isRequiredCategory).map(({ id }) => id)),
  );
  const categoryIn = ({ services }: Policy, id: string) => services.find((one) => one.id === id)?.category;
  const isRequired = ([top, id = '']: readonly string[]) =>
    [then, now]
      .map((policy, i) => {
        const category = top === 'services' ? categoryIn(policy, id) : top === 'categories' ? id : '';
        return category === undefined || required[i]?.has(category) === true;
      })
      .every(Boolean);
  const isLess = ({ path, before, after }: Leaf) =>
    fieldsOf(path).some((key) => LISTS.test(key)) ||
    (Number(after) < Number(before) && /^lifetime/.test(`${path.at(-1)}`));

  return walk(then, now, [])
    .filter(({ path: [top] }) => !/^(?:version|date|changes|\$schema)$/.test(`${top}`))
    .filter((leaf) => !isTold(leaf, difference, now))
    .map((leaf) => ({
      kind: leaf.isOrder
        ? 'order'
        : isRequired(leaf.path)
          ? 'required'
          : fieldsOf(leaf.path).some((key) => TEXTS.test(key))
            ? 'text'
            : isLess(leaf)
              ? 'less'
              : 'setting',
      where: leaf.path.join('.'),
      before: leaf.before ?? null,
      after: leaf.after ?? null,
    }));
}
