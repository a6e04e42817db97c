import { listen } from '../../lib/listen.ts';
import type { GateEntry } from '../../types.ts';
import type { Effect, Stop } from '../effect.ts';
import { chooseLanguage } from './languages.ts';

const isHeldEmbed = (entry: GateEntry | null) =>
  entry?.action === 'held' && /^(iframe|video|audio|embed|object)$/.test(entry.element?.localName ?? '');

/** Loads the placeholders when the first embed of the page is held. They listen for themselves from then on. */
export const startLoadPlaceholders: Effect = ({ policy, environment, handle, shield, locale: own = '' }) => {
  let isOver = false;
  let stopPlaceholders: Stop | undefined;

  const load = async () => {
    stopListening();
    try {
      // Not before the page is parsed: a framework that takes over markup of a server counts its elements.
      if (document.readyState === 'loading') {
        await new Promise((resolve) => listen(document, ['DOMContentLoaded'], resolve));
      }
      const [locale, loadTexts, , loadWords] = chooseLanguage([own, ...environment.languages]);
      const [{ startPlaceholders }, texts, words] = await Promise.all([
        import('../../ui/placeholders.tsx'),
        loadTexts(),
        loadWords(),
      ]);
      if (isOver) return;
      const all = { policy, handle, texts: texts.default, words: words.default, locale, reloads: !!shield };
      stopPlaceholders = startPlaceholders(all);
    } catch (error) {
      console.error('bandeau: no placeholders:', error);
    }
  };
  const stopListening = listen(document, ['bandeau:gate'], ({ detail }: CustomEvent<GateEntry>) => {
    if (isHeldEmbed(detail)) void load();
  });
  if (handle.report().some(isHeldEmbed)) void load();

  return () => {
    isOver = true;
    stopListening();
    stopPlaceholders?.();
  };
};
