import type { Callbacks, Choices } from '../types.ts';
import type { Effect } from './effect.ts';

/** Tells the site: its callbacks first, then `bandeau:…` events on the document. */
export const startCallbacks: Effect = ({ state, callbacks }) => {
  let before: Choices = {};
  let hadReceipt: unknown;

  const tell = (choices: Choices, isLoad?: unknown) => {
    const receipt = state.$receipt.get();
    const granted = Object.keys(choices).filter((id) => choices[id] === 'granted' && before[id] !== 'granted');
    const revoked = Object.keys(before).filter((id) => before[id] === 'granted' && choices[id] !== 'granted');
    const detail = { choices, granted, revoked, receipt };
    const emit = (type: keyof Callbacks, isTrue: unknown) => {
      if (!isTrue) return;
      try {
        callbacks[type]?.(detail);
      } catch (error) {
        reportError(error);
      }
      document.dispatchEvent(new CustomEvent(`bandeau:${type}`, { detail, bubbles: true }));
    };
    const isFirst = !isLoad && !hadReceipt && receipt;
    const isChange = !isLoad && JSON.stringify(before) !== JSON.stringify(choices);
    before = choices;
    hadReceipt = receipt;
    emit('ready', isLoad);
    emit('first-consent', isFirst);
    emit('consent', receipt);
    emit('change', isChange);
    emit('withdraw', revoked[0]);
  };

  tell(state.$choices.get(), true);
  return state.$choices.listen((choices) => tell(choices));
};
