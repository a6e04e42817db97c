import { ConsentError } from '../errors.ts';
import type { Unit } from '../policy/normalize.ts';
import type { TcfRule, TcfRules } from '../types.ts';
import { own } from './read-tc-data.ts';

const isList = (value: unknown) =>
  Array.isArray(value) && value.every((id) => Number.isSafeInteger(id) && id > 0);

/**
 * The rule of each unit that one is given for.
 * @throws {ConsentError} for a rule that could not be followed, or would grant too much
 */
export function rulesByUnit(rules: TcfRules, units: readonly Unit[]): ReadonlyMap<Unit, TcfRule> {
  for (const id of Object.keys(rules)) {
    const refuse = (why: string): never => {
      throw new ConsentError(`bandeau: tcf: ${id}: ${why}`);
    };
    if (!units.some((unit) => unit.id === id || unit.category === id)) {
      refuse('not in the policy, or not a choice there');
    }
    const { purposes, vendor, specialFeatures = [], publisher, ...rest } = rules[id] ?? { purposes: [] };
    if (!isList(purposes) || !purposes[0]) refuse('purposes is a list of numbers with at least one');
    if (!isList(specialFeatures)) refuse('specialFeatures is a list of numbers');
    if (vendor !== undefined && !isList([vendor])) refuse('vendor is a number of the Global Vendor List');
    if (publisher !== undefined && publisher !== true) refuse('publisher is true or absent');
    for (const key of Object.keys(rest)) {
      refuse(key === 'legitimateInterests' ? 'only consent lets anything run here' : `${key} means nothing`);
    }
  }
  return new Map(
    units.flatMap((unit): [Unit, TcfRule][] => {
      const rule = [unit.id, unit.category].find((id) => own(rules, id));
      return rule === undefined ? [] : [[unit, rules[rule] as TcfRule]];
    }),
  );
}
