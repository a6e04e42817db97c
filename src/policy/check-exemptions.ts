import type { Exemption, ExemptionCondition } from '../types.ts';
import { localizedText, plainText } from './check-text.ts';
import { nearest } from './did-you-mean.ts';
import type { Check } from './inspection.ts';
import { claimsLegitimateInterest } from './legal-keys.ts';
import { type Advice, at, quote } from './problems.ts';
import { asksFirst, exemptionRule, MAX_COOKIE_DAYS } from './regime.ts';
import { REGIONS } from './regions.ts';
import { all, boolean, object, optional } from './shapes.ts';
import { entries, field, type Tree } from './snapshot.ts';
import { isAdvertisingHost } from './tracker-hosts.ts';

/** What each condition means, in a few words. */
const CONDITIONS: Readonly<Record<ExemptionCondition, string>> = {
  measurementOnly: 'it measures the audience or the performance of the site and nothing else',
  publisherOnly: 'for the publisher of the site alone',
  anonymousStatistics: 'what comes out of it are anonymous statistics',
  noCrossSite: 'it follows nobody to another site or app',
  noTransfer: 'its data is neither combined with other data nor given to anybody',
  notProlonged: 'a visit does not prolong its cookies',
  maskedAddress: 'at least the last part of the address is masked before it is used',
};

/** Regions that have an exemption, with what it asks for. */
const RULES = Object.keys(REGIONS).flatMap((region) => {
  const rule = exemptionRule(region);
  return rule ? [{ region, ...rule }] : [];
});
const BASES = [...new Set(RULES.map(({ basis }) => basis))];
const basisAndRegions = (wanted: string) =>
  `${wanted} (${RULES.filter(({ basis }) => basis === wanted)
    .map(({ region }) => region)
    .join(', ')})`;

/** `Belgium`, of `be`. */
const nameOf = (region: string): string =>
  region === 'eu'
    ? 'the Union as a whole'
    : (new Intl.DisplayNames('en', { type: 'region' }).of(region.slice(0, 2).toUpperCase()) ?? region);

const exemptBasis: Check = (value, where, to) => {
  plainText(value, where, to);
  if (typeof value !== 'string' || BASES.includes(value)) return;
  if (claimsLegitimateInterest(value)) {
    to.error(where, value, {
      expected: 'an exemption from consent, which legitimate interest is not',
      fix: 'Remove exempt: the visitor is asked.',
      rule: 'R51',
    });
    return;
  }
  const meant = nearest(value, BASES);
  to.warn(where, value, {
    expected: `${BASES.map(basisAndRegions).join(' or ')}: no region has another, so that it holds nowhere`,
    fix: meant
      ? `Did you mean ${quote(meant)}?`
      : 'Write one of these where its conditions are met, or remove it.',
    rule: 'R21',
  });
};

const wholeMonths: Check = (value, where, to) => {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return;
  to.error(where, value, {
    expected: 'whole months',
    fix: 'Round up: 25 are the most in France and Italy.',
    rule: 'R21',
  });
};

const shape: Check = object<Exemption>({
  basis: exemptBasis,
  note: localizedText({ kind: 'sentence' }),
  conditions: optional(
    object<Readonly<Record<ExemptionCondition, boolean>>>({
      measurementOnly: optional(boolean),
      publisherOnly: optional(boolean),
      anonymousStatistics: optional(boolean),
      noCrossSite: optional(boolean),
      noTransfer: optional(boolean),
      notProlonged: optional(boolean),
      maskedAddress: optional(boolean),
    }),
  ),
  dataMonths: optional(wholeMonths),
});

/** What keeps it from holding in the one region that the policy is for, or wherever its basis is known. */
const meetsItsConditions: Check = (value, where, to) => {
  const basis = field(value, 'basis');
  const own = RULES.filter((rule) => rule.basis === basis);
  const [rule] = [...own.filter(({ region }) => region === to.facts.region), ...own];
  if (!rule) return;
  const given = field(value, 'conditions');
  const missing = rule.conditions.filter((one) => field(given, one) !== true);
  if (missing.length > 0) {
    to.warn(at(where, 'conditions'), given, {
      expected: `${missing.map((one) => `${one} (${CONDITIONS[one]})`).join(', ')}: without each of them the service is held in ${nameOf(rule.region)} until it is granted`,
      fix: 'Set to true what is true of the service, and keep the proof of it. Remove exempt if one of them is not.',
      rule: 'R21',
    });
  }
  const months = field(value, 'dataMonths');
  if (typeof months === 'number' && months > rule.maxMonths) {
    to.warn(at(where, 'dataMonths'), months, {
      expected: `at most ${rule.maxMonths} months in ${nameOf(rule.region)}; the service is held there until it is granted`,
      fix: 'Have its data erased sooner.',
      rule: 'R21',
    });
  }
};

/** That the policy's own region has none of these. */
function holdsNowhereHere(found: readonly Tree[], region: string): Advice | undefined {
  const rule = exemptionRule(region);
  if (!rule && !asksFirst(region)) {
    return {
      expected: `no exemption: in the region "${region}" it runs until the visitor opts out`,
      fix: 'Remove it, unless the option region names another one for some visitors.',
      rule: 'R21',
    };
  }
  if (!rule) {
    return {
      expected: `no exemption: there is none in ${nameOf(region)}, and the service is held until it is granted`,
      fix: 'Remove it, or say where the visitors are: the policy’s region, or the option region for each of them.',
      rule: 'R21',
    };
  }
  const bases = found.map((one) => field(one, 'basis'));
  if (bases.includes(rule.basis) || !bases.every((basis) => BASES.includes(`${basis}`))) return undefined;
  return {
    expected: `"${rule.basis}" in ${nameOf(region)}: with this basis the service is held until it is granted`,
    fix: 'Add an exemption with this basis where its conditions are met.',
    rule: 'R21',
  };
}

/** @param isRequired whether the service belongs to a required category */
export function checkExempt(isRequired: boolean): Check {
  return (value, where, to) => {
    const isList = Array.isArray(value);
    const found = isList ? entries(value) : [value];
    if (found.length === 0) {
      to.error(where, value, { expected: 'at least one exemption', fix: 'Remove the key.', rule: 'R21' });
      return;
    }
    for (const [index, one] of found.entries()) {
      const place = isList ? at(where, index) : where;
      shape(one, place, to);
      if (!isRequired) meetsItsConditions(one, place, to);
    }
    if (isRequired) {
      to.warn(where, value, {
        expected: 'no exemption in a required category, where nothing is asked',
        fix: 'Remove it: the reason is what counts here. A measurement tool belongs in a category that is a choice.',
        rule: 'R21',
      });
      return;
    }
    const advice = holdsNowhereHere(found, to.facts.region);
    if (advice) to.warn(where, value, advice);
  };
}

/** What an exempt service may not have, wherever it stands in the service. */
const shortCookies: Check = (value, where, to) => {
  if (field(value, 'exempt') === undefined) return;
  entries(field(value, 'cookies')).forEach((cookie, index) => {
    const days = field(cookie, 'lifetimeDays');
    if (typeof days !== 'number' || days <= MAX_COOKIE_DAYS) return;
    to.warn(at(at(at(where, 'cookies'), index), 'lifetimeDays'), days, {
      expected: 'at most 13 months in an exempt service, which is held until it is granted otherwise',
      fix: 'Shorten the cookie where it is set.',
      rule: 'R21',
    });
  });
};

const noAdvertising: Check = (value, where, to) => {
  const exempt = field(value, 'exempt');
  if (exempt === undefined) return;
  entries(field(value, 'hosts')).forEach((entry, index) => {
    if (typeof entry !== 'string' || !isAdvertisingHost(entry)) return;
    to.error(at(at(where, 'hosts'), index), entry, {
      expected: 'no host of advertising in an exempt service, which measures and nothing else',
      fix: 'Remove exempt: the visitor is asked. Or move the host to the service that it belongs to.',
      rule: 'R21',
    });
  });
  const category = field(value, 'category');
  if (typeof category !== 'string' || !to.facts.advertisingCategories.has(category)) return;
  to.error(at(where, 'exempt'), exempt, {
    expected: `no exemption in ${quote(category)}, whose text names advertising`,
    fix: 'Remove it, or move the service to a category for measurement alone.',
    rule: 'R21',
  });
};

/** Of a whole service: nothing, unless it claims an exemption. */
export const exemptionFits: Check = all(shortCookies, noAdvertising);
