import type { Exemption, ExemptionCondition, Service } from '../types.ts';

/**
 * Whether nothing may run before it is granted: everywhere but in the United States, since little is known here about
 * the rest of the world. States differ in what they let visitors opt out of; the strictest of them holds in all.
 * @param region ISO 3166-1 or 3166-2, in any case
 */
export const asksFirst = (region: string): boolean => !/^us(-|$)/i.test(region);

const AUDIENCE: readonly ExemptionCondition[] = [
  'measurementOnly',
  'publisherOnly',
  'anonymousStatistics',
  'noCrossSite',
  'noTransfer',
  'notProlonged',
];
/** By country: the basis, what the site must state, and the most months that data may be kept. */
const EXEMPTIONS: Readonly<Record<string, readonly [string, readonly ExemptionCondition[], number?]>> = {
  fr: ['audience-measurement', AUDIENCE, 25],
  it: ['audience-measurement', [...AUDIENCE, 'maskedAddress'], 25],
  gb: ['statistical-purposes', ['measurementOnly', 'noTransfer']],
};
/** 13 months (CNIL, délibération 2020-091 art. 5). */
export const MAX_COOKIE_DAYS = 396;

/** What the exemption of a region asks for; undefined where it has none. */
export const exemptionRule = (region: string) => {
  const country = region.replace(/-.*/, '');
  const [basis, conditions = [], maxMonths = 1 / 0] =
    (Object.hasOwn(EXEMPTIONS, country) && EXEMPTIONS[country]) || [];
  return basis === undefined ? undefined : { basis, conditions, maxMonths };
};

/** The exemption that lets a service run without consent in a region; undefined where none holds. */
export const exemptionOf = (
  { exempt, cookies = [] }: Partial<Service>,
  region: string,
): Exemption | undefined => {
  const rule = exempt && exemptionRule(region);
  if (!rule || cookies.some(({ lifetimeDays }) => lifetimeDays > MAX_COOKIE_DAYS)) return undefined;
  return [exempt]
    .flat()
    .find(
      ({ basis, conditions = {}, dataMonths = 0 }) =>
        basis === rule.basis &&
        !(dataMonths > rule.maxMonths) &&
        rule.conditions.every((one) => conditions[one] === true),
    );
};
