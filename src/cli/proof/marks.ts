import { canonicalize } from '../../policy/canonicalize.ts';
import { languageOf } from '../../policy/language-of.ts';
import { normalizePolicy } from '../../policy/normalize.ts';
import { sha256 } from '../../policy/sha256.ts';
import type { Policy } from '../../types.ts';
import type { LayerTexts } from '../../ui/contract.ts';
import { ownTexts } from '../../ui/own-texts.ts';
import type { BuiltTexts } from '../read-texts.ts';
import type { PolicyMark, ProofLayer } from './manifest.ts';

/** Folder of locales/ that a layer has its words in, beside those of the banner. */
const FOLDERS = {
  banner: 'banner',
  notice: 'notice',
  update: 'updates',
  preferences: 'preferences',
  details: 'preferences',
  placeholders: 'placeholders',
} as const satisfies Record<ProofLayer, keyof LayerTexts>;

export const markOf = (policy: Policy): PolicyMark => ({
  policyVersion: policy.version,
  policyHash: sha256(canonicalize(policy)),
});

/** The hash that a record has of what was on screen: each text as it was drawn, the site's own among them. */
export const textsHashOf =
  (built: BuiltTexts, policy: Policy, locale: string) =>
  (layer: ProofLayer): string => {
    const texts = built[languageOf(locale)];
    if (!texts) throw new Error(`no texts for ${locale}`);
    const folder = FOLDERS[layer];
    const own = (one: (typeof FOLDERS)[ProofLayer]) => ownTexts(one, texts[one], policy.texts, locale);
    const { regime, units } = normalizePolicy(policy);
    const isRegional =
      /^(banner|preferences)$/.test(folder) &&
      (regime !== 'opt-in' || units.some(({ isExempt }) => isExempt));
    const region = isRegional ? ownTexts('region', texts.region, policy.texts, locale) : undefined;
    return sha256(canonicalize({ banner: own('banner'), [folder]: own(folder), region }));
  };
