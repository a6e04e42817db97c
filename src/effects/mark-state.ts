import type { Effect } from './effect.ts';

/**
 * Writes `<html data-bandeau-state>`, for style sheets and for tools that refuse for the visitor: `undecided`,
 * `granted` (everything), `denied` (everything that is optional) or `partial`.
 */
export const startMarkState: Effect = ({ policy, state }) => {
  const { dataset } = document.documentElement;
  const stop = state.$choices.subscribe((choices) => {
    // What is new and not answered yet is denied.
    const granted = policy.units.filter(({ id }) => choices[id] === 'granted').length;
    const decided = granted === policy.units.length ? 'granted' : granted ? 'partial' : 'denied';
    dataset['bandeauState'] = state.$receipt.get() ? decided : 'undecided';
  });
  return () => {
    stop();
    delete dataset['bandeauState'];
  };
};
