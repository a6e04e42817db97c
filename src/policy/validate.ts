import type { Policy } from '../types.ts';
import { checkCategory } from './check-categories.ts';
import { checkChanges, checkDate, checkVersion } from './check-changes.ts';
import { checkController, checkScope } from './check-identity.ts';
import { checkOwnTexts } from './check-own-texts.ts';
import { checkService } from './check-services.ts';
import { checkSignals } from './check-signals.ts';
import { checkLanguages, checkWording } from './check-wording.ts';
import { gatherFacts } from './facts.ts';
import { type Check, createInspection } from './inspection.ts';
import type { Problem } from './problems.ts';
import { isRegion, REGIONS } from './regions.ts';
import { all, boolean, list, object, optional, string } from './shapes.ts';
import { snapshot } from './snapshot.ts';

/** Months above which a browser would forget first (R29). */
const MAX_MONTHS = 13;

const lifetimeMonths: Check = (value, where, to) => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > MAX_MONTHS) {
    to.error(where, value, {
      expected: `whole months, 1 to ${MAX_MONTHS}; browsers keep no cookie for more than 400 days`,
      fix: 'Leave it out for 6 months, or write a smaller number.',
      rule: 'R29',
    });
    return;
  }
  const { region, preset } = to.facts;
  if (value <= preset.warnAboveMonths) return;
  to.warn(where, value, {
    expected: `at most ${preset.warnAboveMonths} months in the region "${region}"`,
    fix: 'Ask again sooner, or set the region if the site is for another one.',
    rule: 'R28',
  });
};

const region: Check = (value, where, to) => {
  if (isRegion(value)) return;
  to.warn(where, value, {
    expected: `one of ${Object.keys(REGIONS).join(', ')}, or a state of the United States such as us-ca`,
    fix: 'Choose one. Until then it is read as "eu", the strictest.',
  });
};

const audience: Check = string((text) => text === 'general' || text === 'children', {
  expected: '"general" or "children"',
  fix: 'Leave it out for "general".',
  rule: 'R52',
});

/** A site for children has no use for what is a choice. */
const nothingRunsForChildren: Check = (value, where, to) => {
  const { categoryIds, requiredCategories } = to.facts;
  const optional = [...categoryIds].filter((id) => !requiredCategories.has(id));
  if (value !== 'children' || optional.length === 0) return;
  to.warn(where, value, {
    expected: `required categories alone; ${optional.join(', ')} never run and are never asked`,
    fix: 'Remove these categories and their services, or leave audience out where the site is for everybody.',
    rule: 'R52',
  });
};

const anyString: Check = string(() => true, {
  expected: 'the address of a JSON Schema',
  fix: 'Write it as a string, or leave it out.',
});

const checkPolicy: Check = object<Policy>(
  {
    $schema: optional(anyString),
    version: checkVersion,
    date: optional(checkDate),
    controller: checkController,
    scope: checkScope,
    lifetimeMonths: optional(lifetimeMonths),
    region: optional(region),
    audience: optional(all(audience, nothingRunsForChildren)),
    doNotTrack: optional(boolean),
    signals: optional(checkSignals),
    categories: list(checkCategory),
    services: list(checkService),
    changes: optional(checkChanges),
    texts: optional(checkOwnTexts),
  },
  { expected: 'a policy object', fix: 'Pass the parsed object; a JSON text has to be parsed first.' },
);

/**
 * Finds every problem of a policy at once: shapes, rules of the law that can be checked in data, and
 * wording. It reads French, English and Dutch; other languages are checked for their shape only.
 * @param policy anything at all; it is only read, and getters of it may throw
 * @returns problems in the order of the contract, wording last; empty when there is none. Never throws.
 */
export function validatePolicy(policy: unknown): Problem[] {
  const tree = snapshot(policy);
  const inspection = createInspection(gatherFacts(tree));
  checkPolicy(tree, '', inspection);
  checkLanguages(inspection);
  checkWording(inspection);
  return inspection.problems;
}
