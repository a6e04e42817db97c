import type { TcfRule } from '../types.ts';

/**
 * What a CMP has told:
 * - `answer`: the visitor's, to be read by `grants`
 * - `elsewhere`: the GDPR does not apply
 * - `nothing`: what was told before still holds
 * - `doubt`: nothing may be granted
 */
export type TcfNews = 'answer' | 'elsewhere' | 'nothing' | 'doubt';

/** A value that stands in an object itself: neither inherited from a polluted prototype nor made up by a getter. */
export function own(from: unknown, key: string | number): unknown {
  if (typeof from !== 'object' || !from || Array.isArray(from)) return undefined;
  const found = Object.getOwnPropertyDescriptor(from, key);
  return found && Object.hasOwn(found, 'value') ? found.value : undefined;
}

/** @param hasAnswered the CMP has told something that holds in this page before */
export function newsOf(data: unknown, success: unknown, hasAnswered: boolean): TcfNews {
  const cmpStatus = own(data, 'cmpStatus');
  const eventStatus = own(data, 'eventStatus');
  const gdprApplies = own(data, 'gdprApplies');
  if (success !== true || cmpStatus === 'error') return 'doubt';
  if (gdprApplies === false) return 'elsewhere';
  if (eventStatus === 'tcloaded' || eventStatus === 'useractioncomplete') {
    // A string of global scope is invalid.
    return gdprApplies === true && own(data, 'isServiceSpecific') !== false ? 'answer' : 'doubt';
  }
  // The visitor has opened it again. Where it opens by itself it has no valid answer, and legitimate interests stand
  // there as true before anybody has answered.
  if (eventStatus === 'cmpuishown') return hasAnswered ? 'nothing' : 'doubt';
  // The spec lets a CMP call back before it knows anything.
  return cmpStatus === 'stub' || cmpStatus === 'loading' ? 'nothing' : 'doubt';
}

/** Whether an answer holds everything that a rule names. Legitimate interests are never looked at. */
export function grants(
  data: unknown,
  { purposes, vendor, specialFeatures = [], publisher }: TcfRule,
): boolean {
  const site = own(data, 'publisher');
  const consents = own(publisher ? site : own(data, 'purpose'), 'consents');
  const optIns = own(data, 'specialFeatureOptins');
  const isIn = (list: unknown) => (id: number) => own(list, id) === true;
  if (!purposes.every(isIn(consents)) || !specialFeatures.every(isIn(optIns))) return false;
  if (vendor === undefined) return true;
  const vendors = own(data, 'vendor');
  const disclosed = own(vendors, 'disclosedVendors');
  const restrictions = own(site, 'restrictions');
  // By the site's restrictions: 0 forbids it, 1 wants consent, 2 a legitimate interest.
  const isAllowed = (purpose: number) => (own(own(restrictions, purpose), vendor) ?? 1) === 1;
  return (
    isIn(own(vendors, 'consents'))(vendor) &&
    (disclosed === undefined || isIn(disclosed)(vendor)) &&
    purposes.every(isAllowed)
  );
}
