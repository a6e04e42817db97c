import { canonicalize } from '../../policy/canonicalize.ts';
import { sha256 } from '../../policy/sha256.ts';
import type { Policy } from '../../types.ts';
import type { LayerTexts } from '../../ui/contract.ts';
import { ownTexts } from '../../ui/own-texts.ts';
import type { Io } from '../io.ts';
import { reasonOf } from '../read-policy-file.ts';
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

type Texts = Pick<LayerTexts, (typeof FOLDERS)[ProofLayer]>;
/** Made of locales/ by the build. */
export type TextsByLanguage = ReadonlyMap<string, Texts>;

/** @throws {Error} where they were not built */
export function readTexts(io: Io): TextsByLanguage {
  try {
    return new Map<string, Texts>(Object.entries(JSON.parse(io.readBuilt('cli-texts.json'))));
  } catch (error) {
    throw new Error(`the texts can't be read: ${reasonOf(error)}. Run: npm run build`);
  }
}

export const markOf = (policy: Policy): PolicyMark => ({
  policyVersion: policy.version,
  policyHash: sha256(canonicalize(policy)),
});

/** The hash that a record has of what was on screen: each text as it was drawn, the site's own among them. */
export const textsHashOf =
  (all: TextsByLanguage, policy: Policy, locale: string) =>
  (layer: ProofLayer): string => {
    const texts = all.get(locale.slice(0, 2));
    if (!texts) throw new Error(`no texts for ${locale}`);
    const folder = FOLDERS[layer];
    const own = (one: keyof Texts) => ownTexts(one, texts[one], policy.texts, locale);
    return sha256(canonicalize({ banner: own('banner'), [folder]: own(folder) }));
  };
