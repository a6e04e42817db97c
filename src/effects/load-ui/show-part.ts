import { listen } from '../../lib/listen.ts';
import type { State } from '../../state/create-state.ts';
import type { Stop } from '../effect.ts';

/**
 * Loads a part of the interface that stands in the page, and shows it; again in each language that is chosen.
 * @param load gives what shows it, in the place of what is shown already
 */
export function showPart<Shown extends { stop: Stop }>(
  { $locale }: State,
  load: (locale: string) => Promise<(shown?: Shown) => Shown>,
): Stop {
  let shown: Shown | undefined;
  let wanted = 0;

  const stopListening = $locale.subscribe(async (locale) => {
    const ticket = ++wanted;
    try {
      // Not before the page is parsed: a framework that takes over markup of a server counts its elements.
      if (document.readyState === 'loading') {
        await new Promise((resolve) => listen(document, ['DOMContentLoaded'], resolve));
      }
      const show = await load(locale);
      if (ticket !== wanted) return;
      shown = show(shown);
    } catch (error) {
      console.error('bandeau: could not be shown:', error);
    }
  });

  return () => {
    wanted++;
    stopListening();
    shown?.stop();
  };
}
