import type { NormalizedPolicy } from '../policy/normalize.ts';
import { exemptionOf } from '../policy/regime.ts';
import type { Service } from '../types.ts';
import type { RegionTexts } from './contract.ts';
import { fill, pick } from './format.ts';

/** By which exemption a service runs without consent, and what the site says of it; empty where it is asked about. */
export function describeExemption(
  { units, region }: NormalizedPolicy,
  service: Service,
  words: RegionTexts,
  locale: string,
): string {
  const isExempt = units.some((unit) => unit.id === service.id && unit.isExempt);
  const exemption = isExempt ? exemptionOf(service, region) : undefined;
  return exemption
    ? fill(words.exemptions[exemption.basis] ?? '{note}', { note: pick(exemption.note, locale) })
    : '';
}
