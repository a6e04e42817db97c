import { findIn } from '../../lib/find-in.ts';
import { listen } from '../../lib/listen.ts';
import type { GateEntry } from '../../types.ts';
import type { Effect, Stop } from '../effect.ts';
import { loadTexts } from './languages.ts';
import { isHeldEmbed, PLACES } from './page-parts.ts';

/** Loads what stands in the page itself, once the page has something for it to do. */
export const startLoadParts: Effect = (context) => {
  let isOver = false;
  let isLoading = false;
  let stop: Stop | undefined;

  const load = async () => {
    try {
      const { startParts } = await import('./parts.ts');
      if (!isOver) stop = startParts({ ...context, loadTexts });
    } catch (error) {
      // Tried again for what comes next.
      isLoading = false;
      console.error('bandeau: could not be shown:', error);
    }
  };
  const begin = (isWanted: unknown) => {
    if (!isWanted || isLoading) return;
    isLoading = true;
    void load();
  };
  const look = (roots: Iterable<Node>) => {
    for (const root of roots) begin(findIn(root, PLACES)[0]);
  };
  begin(context.options.appearance?.button || context.handle.report().some(isHeldEmbed));
  look([document]);

  return [
    context.page.subscribe(look),
    listen(document, ['bandeau:gate'], ({ detail }: CustomEvent<GateEntry>) => begin(isHeldEmbed(detail))),
    () => {
      isOver = true;
      stop?.();
    },
  ];
};
