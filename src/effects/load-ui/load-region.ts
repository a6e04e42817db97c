import type { NormalizedPolicy } from '../../policy/normalize.ts';
import type { loadTexts as LoadTexts } from './languages.ts';

/** What the rules of the visitor's region change, with its texts; nothing where they are the usual ones. */
export const loadRegion = (policy: NormalizedPolicy, locale: string, loadTexts: typeof LoadTexts) =>
  policy.regime !== 'opt-in' || policy.browserSignal || policy.units.some(({ isExempt }) => isExempt)
    ? Promise.all([import('../../ui/region.tsx'), loadTexts('region', locale, policy)])
    : [];
