import { listen } from '../lib/listen.ts';
import { addMonths } from '../model/lifetime.ts';
import { newestReceipt } from '../model/newest-receipt.ts';
import { encodeReceipt } from '../model/receipt.ts';
import type { Receipt } from '../types.ts';
import type { Effect } from './effect.ts';

/**
 * Keeps the receipt in one first-party cookie, and reads it again whenever this page may have missed a
 * decision: made in another tab, restored from the back/forward cache, or decided on by a
 * second instance in the same document.
 */
export const startStorage: Effect = ({ policy, state, environment, jar, actions, inbound }) => {
  const { cookieName, cookieDomain } = policy.scope;
  /** What the cookie held when this page last looked; null before the first look. */
  let known: string | null = null;

  const read = () => {
    if (inbound.isSuspended) return;
    const texts = jar.values(cookieName);
    const text = `${texts}`;
    if (text === known) return;
    known = text;
    if (text) actions.setStored(true);
    // Storing the newest removes its twins.
    actions.hydrate(newestReceipt(texts, policy, environment.now()), text !== '');
  };
  const store = (receipt: Receipt | null) => {
    const text = receipt ? encodeReceipt(receipt) : '';
    if (text === known || inbound.isSuspended) return;
    const expires = receipt ? addMonths(receipt.time, policy.lifetimeMonths) : 0;
    const isStored = jar.write(cookieName, text, expires, cookieDomain);
    actions.setStored(isStored);
    if (!isStored) {
      // An older grant must not outlive a decision that the browser would not keep.
      jar.remove(cookieName);
      console.error('bandeau: could not be stored:', text);
    }
    known = `${jar.values(cookieName)}`;
  };
  // Before the first look, which may find twins.
  const stopStoring = state.$receipt.listen(store);
  // What the visitor has done while something else was waited for is newer than whatever is stored.
  if (inbound.acts[0] === undefined) read();
  else store(state.$receipt.get());
  inbound.restore = () => {
    known = null;
    read();
  };

  return [
    stopStoring,
    jar.watch(read),
    listen(window, ['pageshow', 'visibilitychange', 'bandeau:consent'], read),
  ];
};
