import { listen } from '../../lib/listen.ts';
import type { GateEntry } from '../../types.ts';
import type { Stop } from '../effect.ts';
import { answersOf } from './answers-of.ts';
import { isHeldEmbed, type PartContext } from './page-parts.ts';
import { showPart } from './show-part.ts';

/** Loads the placeholders when the first embed of the page is held. They listen for themselves from then on. */
export function startPlaceholders(context: PartContext): Stop {
  const { policy, state, options, loadTexts } = context;
  let stop: Stop | undefined;

  const begin = (isWanted: boolean) => {
    if (!isWanted) return;
    stopWaiting();
    stop ??= showPart(state, async (locale) => {
      const [ui, texts, words] = await Promise.all([
        import('../../ui/placeholders.tsx'),
        loadTexts('banner', locale, policy),
        loadTexts('placeholders', locale, policy),
      ]);
      const shown = { layer: 'placeholders', locale, texts: { banner: texts, placeholders: words } } as const;
      const props = {
        policy,
        handle: answersOf(context, shown),
        texts,
        words,
        locale,
        reloads: !!options.shield,
      };
      return (shown) => {
        shown?.stop();
        return { stop: ui.startPlaceholders(props) };
      };
    });
  };
  const stopWaiting = listen(document, ['bandeau:gate'], ({ detail }: CustomEvent<GateEntry>) =>
    begin(isHeldEmbed(detail)),
  );
  begin(context.handle.report().some(isHeldEmbed));

  return () => {
    stopWaiting();
    stop?.();
  };
}
