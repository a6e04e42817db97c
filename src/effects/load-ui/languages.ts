import { languageOf } from '../../policy/language-of.ts';
import type { Policy } from '../../types.ts';
import type { Layer, LayerTexts } from '../../ui/contract.ts';

/** Those that there are texts for, by ISO 639-1. */
const LANGUAGES =
  'ar bg ca cs da de el en es et eu fi fr ga gl he hr hu is it ja lt lv mt nb nl pl pt ro sk sl sv tr uk zh';

/**
 * `fr-BE` as it is, `fr` for all else that begins so: `Intl` throws at the `fr_BE` that pages write. Nothing for
 * `fil`, which is not Finnish.
 */
const toLocale = (tag: string): string => {
  const [, language = '', region = ''] = /^([a-z]{2})(?![a-z])(-[a-z]{2}$)?/i.exec(tag) ?? [];
  return language.toLowerCase() + region.toUpperCase();
};

/** The first of the tags that there are texts for, else English (RFC 4647 § 3.4: the subtags are dropped in turn). */
export const chooseLocale = (tags: readonly string[]): string =>
  tags.map(toLocale).find((locale) => locale && LANGUAGES.includes(languageOf(locale))) ?? 'en';

/** One file for each layer and language, of which a page loads what it shows; with the site's own words in it. */
export const loadTexts = async <L extends Layer>(
  layer: L,
  locale: string,
  policy: Policy,
): Promise<LayerTexts[L]> => {
  const [{ default: texts }, own] = await Promise.all([
    import(`../../../locales/${layer}/${languageOf(locale)}.json`),
    policy.texts && import('../../ui/own-texts.ts'),
  ]);
  return own ? own.ownTexts(layer, texts, policy.texts, locale) : texts;
};
