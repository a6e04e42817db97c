import { keysOf } from '../model/receipt.ts';
import type { Callbacks, Choices, Receipt } from '../types.ts';
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
export const startCallbacks: Effect = ({ state, callbacks, onWithdraw, inbound }) => {
  /** What was told last; undefined until `ready` is. */
  let told: Choices | undefined;
  let hadReceipt: unknown;

  /** What was decided before other tools could hear it: the site hears it after them. */
  const waiting: (() => void)[] = [];
  const tell = (choices: Choices, receipt: Receipt | null) => {
    const before = told ?? {};
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
  };
  inbound.heard?.then(() => {
    for (const one of waiting.splice(0)) one();
  });
  return [
    state.$choices.subscribe((choices) => {
      const receipt = state.$receipt.get();
      if (inbound.heard || waiting[0]) waiting.push(() => tell(choices, receipt));
      else tell(choices, receipt);
    }),
    () => {
      waiting.length = 0;
    },
  ];
};
