import type { InlineProps, Mounted } from '../../ui/contract.ts';
import type { Stop } from '../effect.ts';
import { type PartContext, PLACES } from './page-parts.ts';
import { showPart } from './show-part.ts';

/** Fills the places that the page has for the preferences and the table of cookies. */
export function startInserts(context: PartContext): Stop {
  const { policy, state, page, options, inbound, loadTexts, answersOf } = context;
  const filled = new Map<Element, Stop>();

  const fill = (place: Element) =>
    showPart<Mounted<InlineProps>>(state, async (locale) => {
      const isDeclaration = place.matches('[data-bandeau=declaration]');
      const [{ mountInline }, texts, words] = await Promise.all([
        isDeclaration ? import('../../ui/declaration.tsx') : import('../../ui/preferences.tsx'),
        loadTexts('banner', locale, policy),
        loadTexts(isDeclaration ? 'declaration' : 'preferences', locale, policy),
      ]);
      const handle = isDeclaration
        ? context.handle
        : answersOf(context, { layer: 'inline', locale, texts: { banner: texts, preferences: words } });
      const props = {
        policy,
        handle,
        texts,
        words,
        locale,
        reloads: !!options.shield,
        loadRights: async () => (await inbound.later()).loadRights(locale),
      };
      return (shown) => {
        shown?.update(props);
        return shown ?? mountInline(props, place);
      };
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
  const stopLooking = page.subscribe(look);
  page.scan();

  return () => {
    stopLooking();
    for (const stop of filled.values()) stop();
  };
}
