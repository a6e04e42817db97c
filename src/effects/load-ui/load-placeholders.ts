import { listen } from '../../lib/listen.ts';
import type { GateEntry } from '../../types.ts';
import type { Effect, Stop } from '../effect.ts';
import { loadTexts } from './languages.ts';
import { showPart } from './show-part.ts';

const isHeldEmbed = (entry: GateEntry | null) =>
  entry?.action === 'held' && /^(iframe|video|audio|embed|object)$/.test(entry.element?.localName ?? '');

/** Loads the placeholders when the first embed of the page is held. They listen for themselves from then on. */
export const startLoadPlaceholders: Effect = ({ policy, state, handle, options }) => {
  let stop: Stop | undefined;

  const begin = () => {
    stopWaiting();
    stop = showPart(state, async (locale) => {
      const [{ startPlaceholders }, texts, words] = await Promise.all([
        import('../../ui/placeholders.tsx'),
        loadTexts('banner', locale, policy),
        loadTexts('placeholders', locale, policy),
      ]);
      const props = { policy, handle, texts, words, locale, reloads: !!options.shield };
      return () => startPlaceholders(props);
    });
  };
  const stopWaiting = listen(document, ['bandeau:gate'], ({ detail }: CustomEvent<GateEntry>) => {
    if (isHeldEmbed(detail)) begin();
  });
  if (handle.report().some(isHeldEmbed)) begin();

  return [stopWaiting, () => stop?.()];
};
