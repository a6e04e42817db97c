import type { Effect, Stop } from '../effect.ts';
import { loadTexts } from './languages.ts';
import { showPart } from './show-part.ts';

const PLACES = '[data-bandeau=inline],[data-bandeau=declaration]';

/** Fills the places that the page has for the preferences (`inline`) and the table of cookies (`declaration`). */
export const startLoadInserts: Effect = ({ policy, state, handle, page, options }) => {
  const filled = new Map<Element, Stop>();

  const fill = (place: Element) =>
    showPart(state, async (locale) => {
      const isDeclaration = place.matches('[data-bandeau=declaration]');
      const [{ mountInline }, texts, words] = await Promise.all([
        isDeclaration ? import('../../ui/declaration.tsx') : import('../../ui/preferences.tsx'),
        loadTexts('banner', locale, policy),
        loadTexts(isDeclaration ? 'declaration' : 'preferences', locale, policy),
      ]);
      const props = { policy, handle, texts, words, locale, reloads: !!options.shield };
      return () => mountInline(props, place);
    });

  const look = (roots: Iterable<Node>) => {
    for (const [place, stop] of filled) {
      if (place.isConnected) continue;
      stop();
      filled.delete(place);
    }
    for (const root of roots) {
      for (const place of (root as ParentNode).querySelectorAll(PLACES)) {
        if (!filled.has(place)) filled.set(place, fill(place));
      }
    }
  };
  look([document]);

  return [
    page.subscribe(look),
    () => {
      for (const stop of filled.values()) stop();
    },
  ];
};
