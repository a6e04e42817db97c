import type { Stop } from '../effect.ts';
import { startButton } from './button.ts';
import { startInserts } from './inserts.ts';
import type { PartContext } from './page-parts.ts';
import { startPlaceholders } from './placeholders.ts';

/** Everything of the interface that stands in the page: placeholders, places, the floating button. */
export function startParts(context: PartContext): Stop {
  const stops = [startPlaceholders, startInserts, startButton].map((start) => start(context));
  return () => {
    for (const stop of stops) stop();
  };
}
