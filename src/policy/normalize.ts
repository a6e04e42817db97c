import type { BrowserSignal, Category, Policy, Regime, Region, Service } from '../types.ts';
import { createFingerprint, hasFingerprint } from './fingerprint.ts';
import { asksFirst, exemptionOf } from './regime.ts';
import { isRequiredCategory } from './required.ts';

/** What a visitor answers about: an optional service, or an optional category that has none. */
export interface Unit {
  readonly id: string;
  readonly category: string;
  readonly reload?: boolean;
  /** See fingerprint.ts; made when it is first read, since who has decided nothing needs none. */
  readonly token: string;
  /** It runs without being asked about, until the visitor objects. */
  readonly isExempt: boolean;
  /** A browser signal turns it off. */
  readonly isSale: boolean;
}

/** What is known of the one who visits. */
export interface Visitor {
  readonly region?: string | undefined;
  readonly gpc?: boolean;
  readonly dnt?: boolean;
}

/** A policy whose shape is safe to read, with its defaults filled in. */
export interface NormalizedPolicy extends Policy {
  readonly lifetimeMonths: number;
  readonly scope: Policy['scope'] & { readonly cookieName: string };
  readonly changes: NonNullable<Policy['changes']>;
  readonly region: Region;
  readonly regime: Regime;
  /** What the visitor's browser asks for, and the policy heeds. */
  readonly browserSignal: BrowserSignal | null;
  /** Categories that are a choice. */
  readonly optional: readonly Category[];
  /** What there is to answer, in the policy's order. */
  readonly units: readonly Unit[];
  /** The category of each id; a category is its own. */
  readonly categoryOf: ReadonlyMap<string, string>;
  /** True when visitors answer about the id: on a site for children about none. */
  isAsked(id: string): boolean;
  /** True when what the id names can't be denied. */
  isRequired(id: string): boolean;
}

/** A policy that knows nothing, so that everything stays held and nothing is asked. */
export const NOTHING: Policy = {
  version: '-',
  controller: { name: '-', contact: '-', privacyUrl: '' },
  scope: { sites: [] },
  categories: [],
  services: [],
};

/**
 * Fills in the defaults, and makes the few checks without which a choice could be misread. The full
 * validator, with a message for each problem, is validate.ts.
 * @throws whatever it met first when the policy can't be used
 */
export function normalizePolicy(policy: Policy, visitor: Visitor = {}): NormalizedPolicy {
  const { version, controller, scope, categories, services, changes = [], lifetimeMonths = 6 } = policy;
  const categoryOf = new Map<string, string>();
  for (const { id, category = id } of [...categories, ...services] as (Category & Partial<Service>)[]) {
    // Ids become keys of plain objects, so nothing that every object already has.
    if (typeof id !== 'string' || !/^[a-z][\w-]*$/i.test(id) || id in {} || categoryOf.has(id)) throw id;
    categoryOf.set(id, category);
  }
  const region = `${visitor.region ?? policy.region ?? 'eu'}`.toLowerCase() as Region;
  const isForChildren = policy.audience === 'children';
  const optional = categories.filter((category) => !isForChildren && !isRequiredCategory(category));
  if (!version || !controller.name || !scope.sites || !services.every(({ vendor }) => vendor.name))
    throw policy;
  const fingerprint = createFingerprint(policy);
  const units = optional.flatMap(({ id, sale = !/^(analytics|preference|performance)$/.test(id) }) => {
    const own = services.filter(({ category }) => category === id);
    return (own[0] ? own : [{ id, category: id }]).map((unit) => {
      if (!hasFingerprint(unit)) throw unit.id;
      const isExempt = !!exemptionOf(unit, region);
      let token: string | undefined;
      return {
        ...unit,
        isExempt,
        // What only measures, for the site alone, is no sale.
        isSale: sale && !isExempt,
        get token() {
          token ??= fingerprint(unit);
          return token;
        },
      };
    });
  });
  return {
    ...policy,
    region,
    regime: asksFirst(region) ? 'opt-in' : units.some(({ isSale }) => isSale) ? 'opt-out' : 'notice',
    browserSignal: visitor.gpc ? 'gpc' : policy.doNotTrack && visitor.dnt ? 'dnt' : null,
    scope: { cookieName: 'bandeau', ...scope },
    // Never above 13 months: longer than browsers keep a cookie, and than any regulator tolerates (R29).
    lifetimeMonths: lifetimeMonths >= 1 ? Math.min(lifetimeMonths, 13) : 6,
    changes: changes.filter(({ version, date }) => version && date),
    // What never runs is not shown either.
    categories: isForChildren ? categories.filter(isRequiredCategory) : categories,
    optional,
    units,
    categoryOf,
    isAsked: (id) => optional.some((one) => one.id === categoryOf.get(id)),
    isRequired: (id) => categories.some((one) => one.id === categoryOf.get(id) && isRequiredCategory(one)),
  };
}
