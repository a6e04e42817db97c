import { keysOf } from '../model/receipt.ts';
import type { Effect } from './effect.ts';

/**
 * Writes `<html data-bandeau-state>`, for style sheets and for tools that refuse for the visitor: `undecided`,
 * `granted` (everything), `denied` (everything that is optional) or `partial`.
 */
export const startMarkState: Effect = ({ state }) => {
  const { dataset } = document.documentElement;
  const stop = state.$choices.subscribe((choices) => {
    const granted = keysOf(choices, 'granted')[0];
    const denied = keysOf(choices, 'denied')[0];
    dataset['bandeauState'] = !state.$receipt.get()
      ? 'undecided'
      : !granted
        ? 'denied'
        : denied
          ? 'partial'
          : 'granted';
  });
  return () => {
    stop();
    delete dataset['bandeauState'];
  };
};
