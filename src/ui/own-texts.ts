import type { LocalizedText, Policy } from '../types.ts';
import type { Layer, LayerTexts } from './contract.ts';

/** In this language only: a text that the site gives in another one is no better than ours in this. */
const inLocale = (text: LocalizedText | undefined, locale: string) => {
  const own = typeof text === 'string' ? text : (text?.[locale] ?? text?.[locale.slice(0, 2)]);
  // Also what JSON may hold, and what is a text and shows nothing: a button must have words.
  return typeof own === 'string' && /[^\s\p{C}]/u.test(own) ? own : '';
};

/** The texts of a layer, with those that the site words itself in their place. */
export function ownTexts<L extends Layer>(
  layer: L,
  texts: LayerTexts[L],
  own: Policy['texts'] = {},
  locale: string,
): LayerTexts[L] {
  const replace = (tree: object, path: string): object =>
    Object.fromEntries(
      Object.entries(tree).map(([key, text]) => {
        const at = `${path}.${key}` as const;
        return [
          key,
          typeof text === 'object'
            ? replace(text, at)
            : inLocale(own[at as keyof typeof own], locale) || text,
        ];
      }),
    );
  return replace(texts, layer) as LayerTexts[L];
}
