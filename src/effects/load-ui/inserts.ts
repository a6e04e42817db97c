import { findIn } from '../../lib/find-in.ts';
import type { InlineProps, Mounted, MountInline } from '../../ui/contract.ts';
import type { Stop } from '../effect.ts';
import { answersOf } from './answers-of.ts';
import { loadRegion } from './load-region.ts';
import { type PartContext, PLACES } from './page-parts.ts';
import { showPart } from './show-part.ts';

/** Fills the places that the page has for the preferences, the table of cookies and what came of the browser's signal. */
export function startInserts(context: PartContext): Stop {
  const { policy, state, handle, page, options, inbound, loadTexts } = context;
  const filled = new Map<Element, Stop>();

  /** Draws it; anew in each language. */
  const draw = (place: Element, load: (locale: string) => Promise<readonly [MountInline, InlineProps]>) =>
    showPart<Mounted<InlineProps>>(state, async (locale) => {
      const [mountInline, props] = await load(locale);
      return (shown) => {
        shown?.update(props);
        return shown ?? mountInline(props, place);
      };
    });
  const fill = (place: Element) =>
    draw(place, async (locale) => {
      const isDeclaration = place.matches('[data-bandeau=declaration]');
      const [{ mountInline }, texts, words, [region, regionWords]] = await Promise.all([
        isDeclaration ? import('../../ui/declaration.tsx') : import('../../ui/preferences.tsx'),
        loadTexts('banner', locale, policy),
        loadTexts(isDeclaration ? 'declaration' : 'preferences', locale, policy),
        loadRegion(policy, locale, loadTexts),
      ]);
      const shown = { banner: texts, preferences: words, region: regionWords };
      const answers = isDeclaration ? handle : answersOf(context, { layer: 'inline', locale, texts: shown });
      const props = {
        policy,
        handle: answers,
        texts,
        words,
        regionWords,
        locale,
        reloads: !!options.shield,
        loadRights: async () => (await inbound.later()).loadRights(locale),
      };
      return [mountInline, regionWords && !isDeclaration ? region.adapt(props, regionWords) : props];
    });
  const fillStatus = (place: Element) =>
    draw(place, async (locale) => {
      const [{ mountInline }, texts, words] = await Promise.all([
        import('../../ui/region.tsx'),
        loadTexts('banner', locale, policy),
        loadTexts('region', locale, policy),
      ]);
      return [mountInline, { policy, handle, texts, words, locale, reloads: false }];
    });
  const begin = (place: Element) => {
    if (!place.matches('[data-bandeau=opt-out-status]')) return fill(place);
    return policy.regime === 'opt-out' ? fillStatus(place) : () => {};
  };

  const look = (roots: Iterable<Node>) => {
    for (const [place, stop] of filled) {
      if (place.isConnected) continue;
      stop();
      filled.delete(place);
    }
    for (const root of roots) {
      for (const place of findIn(root, PLACES)) {
        if (!filled.has(place)) filled.set(place, begin(place));
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
