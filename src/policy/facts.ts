import type { BuiltInCategoryId, Region } from '../types.ts';
import { namesAdvertisingIn } from './names-advertising.ts';
import { isRegion, type RegionPreset, regionPreset } from './regions.ts';
import { entries, field, type Tree } from './snapshot.ts';

/** Every locale has texts for these. */
export const BUILT_IN_CATEGORIES: readonly string[] = [
  'essential',
  'analytics',
  'preference',
  'personalization',
  'performance',
] satisfies BuiltInCategoryId[];

/** What one part of the policy has to know about the others. */
export interface Facts {
  readonly version: Tree;
  /** As read: `eu` when it is absent or unknown. */
  readonly region: Region;
  readonly preset: RegionPreset;
  readonly categoryIds: ReadonlySet<string>;
  readonly serviceIds: ReadonlySet<string>;
  /** The category of each id; a category is its own. */
  readonly categoryOf: ReadonlyMap<string, Tree>;
  readonly requiredCategories: ReadonlySet<string>;
  /** Categories that at least one service names. */
  readonly usedCategories: ReadonlySet<string>;
  /** Categories whose own title or description says that they are for advertising. */
  readonly advertisingCategories: ReadonlySet<string>;
  /** Name of the receipt cookie. */
  readonly cookieName: string;
}

/** True for the four categories that consent is for: nothing makes them required (R18, R21). */
export function isAlwaysAChoice(id: Tree): boolean {
  return typeof id === 'string' && id !== 'essential' && BUILT_IN_CATEGORIES.includes(id);
}

function strings(list: readonly Tree[], key: string): Set<string> {
  return new Set(list.map((item) => field(item, key)).filter((value) => typeof value === 'string'));
}

function isRequired(category: Tree): boolean {
  const id = field(category, 'id');
  return id === 'essential' || (field(category, 'required') === true && !isAlwaysAChoice(id));
}

/** Reads what can be read; what has the wrong shape is left to the checks. */
export function gatherFacts(policy: Tree): Facts {
  const categories = entries(field(policy, 'categories'));
  const services = entries(field(policy, 'services'));
  const region = field(policy, 'region');
  const cookieName = field(field(policy, 'scope'), 'cookieName');
  return {
    version: field(policy, 'version'),
    region: isRegion(region) ? region : 'eu',
    preset: regionPreset(region),
    categoryIds: strings(categories, 'id'),
    serviceIds: strings(services, 'id'),
    categoryOf: new Map(
      [...services, ...categories].flatMap((one) => {
        const id = field(one, 'id');
        return typeof id === 'string' ? [[id, field(one, 'category') ?? id] as const] : [];
      }),
    ),
    requiredCategories: strings(categories.filter(isRequired), 'id'),
    usedCategories: strings(services, 'category'),
    advertisingCategories: strings(
      categories.filter((one) =>
        namesAdvertisingIn({ title: field(one, 'title'), description: field(one, 'description') }),
      ),
      'id',
    ),
    cookieName: typeof cookieName === 'string' ? cookieName : 'bandeau',
  };
}
