import type { Region } from '../types.ts';

/** What a region asks of a policy. */
export interface RegionPreset {
  /** Calendar months that a decision holds when the policy names none. */
  readonly lifetimeMonths: number;
  /** Calendar months above which the regulator's good practice is exceeded. */
  readonly warnAboveMonths: number;
  /** Whether the regulator exempts some audience measurement from consent (R21). */
  readonly audienceExemption: boolean;
}

const strictest: RegionPreset = { lifetimeMonths: 6, warnAboveMonths: 6, audienceExemption: false };

/**
 * Sources: CNIL délibération 2020-092 (fr), no exemption at the APD (be), Garante provv. 231/2021 (it),
 * AEPD guía 2023 (es, 24 months, above the 13 that any policy may name), TDDDG § 25 (de), DUAA 2025 (gb).
 */
export const REGIONS = {
  fr: { ...strictest, audienceExemption: true },
  be: strictest,
  it: { ...strictest, audienceExemption: true },
  es: { ...strictest, warnAboveMonths: 13 },
  de: strictest,
  gb: { ...strictest, warnAboveMonths: 13, audienceExemption: true },
  eu: strictest,
  us: { ...strictest, warnAboveMonths: 13 },
} satisfies Partial<Record<Region, RegionPreset>>;

/** True for what has a preset: a country or the Union, or a state of the United States. */
export function isRegion(region: unknown): region is Region {
  return typeof region === 'string' && (Object.hasOwn(REGIONS, region) || /^us-[a-z]{2}$/.test(region));
}

/** The preset of a region; anything unknown is read as `eu`, the strictest. */
export function regionPreset(region: unknown): RegionPreset {
  return isRegion(region) ? REGIONS[region.slice(0, 2) as keyof typeof REGIONS] : strictest;
}
