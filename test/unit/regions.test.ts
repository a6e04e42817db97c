import { describe, expect, it } from 'vitest';
import { REGIONS, regionPreset } from '../../src/policy/regions.ts';

describe('regionPreset', () => {
  it.each(['atlantis', '', 'FR', 'constructor', '__proto__', 'toString', undefined, null, 3, ['fr'], {}])(
    'reads %j as eu',
    (region) => {
      expect(regionPreset(region)).toEqual(REGIONS.eu);
    },
  );

  it('reads what it knows as what it is', () => {
    expect(regionPreset('fr')).toBe(REGIONS.fr);
    expect(regionPreset('fr')).not.toEqual(REGIONS.eu);
  });

  it('has no preset that is stricter than eu', () => {
    for (const preset of Object.values(REGIONS)) {
      expect(preset.lifetimeMonths).toBeGreaterThanOrEqual(REGIONS.eu.lifetimeMonths);
      expect(preset.warnAboveMonths).toBeGreaterThanOrEqual(REGIONS.eu.warnAboveMonths);
    }
    expect(REGIONS.eu.audienceExemption).toBe(false);
  });

  it('lets a decision hold six months everywhere by default, and never more than 13 without a warning', () => {
    for (const preset of Object.values(REGIONS)) {
      expect(preset.lifetimeMonths).toBe(6);
      expect(preset.warnAboveMonths).toBeLessThanOrEqual(13);
    }
  });

  it('exempts no audience measurement in Belgium', () => {
    expect(REGIONS.be.audienceExemption).toBe(false);
  });
});
