import { languageOf, OTHER_TAGS } from '../policy/language-of.ts';
import type { Policy, ShownLayer } from '../types.ts';
import type { Formats, LayerTexts } from '../ui/contract.ts';
import { ownTexts } from '../ui/own-texts.ts';
import type { Io } from './io.ts';
import { reasonOf } from './read-policy-file.ts';

/** The folders of locales/ that the command line knows. */
type BuiltLayer = 'banner' | 'notice' | 'updates' | 'preferences' | 'placeholders' | 'declaration' | 'region';

/** Made of locales/ by the build, by language. */
export type BuiltTexts = Readonly<
  Record<string, Pick<LayerTexts, BuiltLayer> & { readonly formats: Formats }>
>;

/** The layers that ask, by their folder of locales/. */
export const ASKING_LAYERS = ['banner', 'notice', 'preferences', 'placeholders'] as const;
export type AskingLayer = (typeof ASKING_LAYERS)[number];

/** Every text of the layers that ask, in one language, as one policy words them. */
export type PolicyTexts = Pick<LayerTexts, AskingLayer | 'region'>;

/** The texts that were built beside the command. @returns a message where they can't be read */
export function readTexts(io: Io): BuiltTexts | string {
  try {
    return JSON.parse(io.readBuilt('cli-texts.json'));
  } catch (error) {
    return `the texts can't be read: ${reasonOf(error)}. Run: npm run build`;
  }
}

/** What is shown of a policy in a locale; undefined where there are no texts for it. */
export function textsIn(built: BuiltTexts, policy: Policy, locale: string): PolicyTexts | undefined {
  const texts = new Map(Object.entries(built)).get(languageOf(locale));
  if (!texts) return undefined;
  return {
    banner: ownTexts('banner', texts.banner, policy.texts, locale),
    notice: ownTexts('notice', texts.notice, policy.texts, locale),
    preferences: ownTexts('preferences', texts.preferences, policy.texts, locale),
    placeholders: ownTexts('placeholders', texts.placeholders, policy.texts, locale),
    region: ownTexts('region', texts.region, policy.texts, locale),
  };
}

/** What a decision in a layer is made about, and what the `textsHash` of its record is the hash of. */
function shownIn(layer: ShownLayer, texts: PolicyTexts): object {
  const folder = layer === 'inline' ? 'preferences' : layer;
  return { banner: texts.banner, [folder]: texts[folder] };
}

/** The layers that say more where the rules of the visitor's region are not the usual ones. */
const REGIONAL_LAYERS = ['banner', 'preferences'] as const;

/** The name of a layer with what these rules add. */
export const withRegion = (folder: string): string => `${folder}+region`;

/** By layer: what a decision there is made about, with and without the rules of a region. */
export const shownByLayer = (texts: PolicyTexts): readonly (readonly [layer: string, shown: object])[] => [
  ...ASKING_LAYERS.map((layer) => [layer, shownIn(layer, texts)] as const),
  ...REGIONAL_LAYERS.map(
    (layer) => [withRegion(layer), { ...shownIn(layer, texts), region: texts.region }] as const,
  ),
];

/** Every locale that some text of a policy may be read in: each language, and each region that it words by itself. */
export function localesOf(built: BuiltTexts, { texts = {} }: Policy): string[] {
  const named = Object.values(texts).flatMap((text) => (typeof text === 'object' ? Object.keys(text) : []));
  const regional = named.filter((tag) => /^[a-z]{2}-[A-Z]{2}$/.test(tag) && languageOf(tag) in built);
  // What the site words for one of two tags is not shown under the other.
  const aliases = Object.keys(texts)[0] ? OTHER_TAGS.filter((tag) => languageOf(tag) in built) : [];
  return [...new Set([...Object.keys(built), ...regional, ...aliases])].sort();
}
