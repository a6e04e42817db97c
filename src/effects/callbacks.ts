import { keysOf } from '../model/receipt.ts';
import type { Callbacks, Choices } from '../types.ts';
import type { Effect } from './effect.ts';

/** What the site gave may throw; whatever comes after it is no less wanted. */
const run = (callback: () => void) => {
  try {
    callback();
  } catch (error) {
    reportError(error);
  }
};

/** Tells the site: what stops a withdrawn service, its callbacks, then `bandeau:…` events on the document. */
export const startCallbacks: Effect = ({ state, callbacks, onWithdraw }) => {
  /** What was told last; undefined until `ready` is. */
  let told: Choices | undefined;
  let hadReceipt: unknown;

  return state.$choices.subscribe((choices) => {
    const before = told ?? {};
    const receipt = state.$receipt.get();
    const granted = keysOf(choices, 'granted').filter((id) => before[id] !== 'granted');
    const revoked = keysOf(before, 'granted').filter((id) => choices[id] !== 'granted');
    const detail = { choices, granted, revoked, receipt };
    // In the order in which they are told.
    const due: Record<keyof Callbacks, unknown> = {
      ready: !told,
      'first-consent': told && !hadReceipt && receipt,
      consent: receipt,
      change: told && JSON.stringify(told) !== JSON.stringify(choices),
      withdraw: revoked[0],
    };
    // Before anybody is told: a callback may decide, and that is told in its turn.
    told = choices;
    hadReceipt = receipt;
    for (const id of revoked) run(() => onWithdraw[id]?.());
    for (const [type, isTrue] of Object.entries(due)) {
      if (!isTrue) continue;
      run(() => callbacks[type as keyof Callbacks]?.(detail));
      document.dispatchEvent(new CustomEvent(`bandeau:${type}`, { detail, bubbles: true }));
    }
  });
};
