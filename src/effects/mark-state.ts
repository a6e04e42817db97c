import type { Effect } from './effect.ts';

/**
 * Writes `<html data-bandeau-state>`, for style sheets and for tools that refuse for the visitor: `undecided`,
 * `granted` (everything), `denied` (everything that is optional) or `partial`.
 */
export const startMarkState: Effect = ({ policy, state }) => {
  const { dataset } = document.documentElement;
  // What runs by an exemption is no answer.
  const asked = policy.units.filter(({ isExempt }) => !isExempt);
  const stop = state.$choices.subscribe((choices) => {
    // What is new and not answered yet is denied.
    const granted = asked.filter(({ id }) => choices[id] === 'granted').length;
    const decided = granted === asked.length ? 'granted' : granted ? 'partial' : 'denied';
    dataset['bandeauState'] = state.$receipt.get() ? decided : 'undecided';
  });
  return () => {
    stop();
    delete dataset['bandeauState'];
  };
};
