import { createCookieJar } from '../lib/cookie-jar.ts';
import { listen } from '../lib/listen.ts';
import { addMonths } from '../model/lifetime.ts';
import { decodeReceipt, encodeReceipt } from '../model/receipt.ts';
import type { Effect } from './effect.ts';

/**
 * Keeps the receipt in one first-party cookie, and reads it again whenever this page may have missed a
 * decision: shown again after another tab was, restored from the back/forward cache, or decided on by a
 * second instance in the same document.
 */
export const startStorage: Effect = ({ policy, state, environment, actions }) => {
  const { cookieName, cookieDomain } = policy.scope;
  const jar = createCookieJar(cookieName ?? 'bandeau', environment.secure, cookieDomain);
  /** What the cookie held when this page last looked; null before the first look. */
  let known: string | null = null;

  const read = () => {
    const text = jar.read();
    if (text === known) return;
    known = text;
    actions.hydrate(decodeReceipt(text), text !== '');
  };
  read();

  return [
    state.$receipt.listen((receipt) => {
      const text = receipt ? encodeReceipt(receipt) : '';
      if (text === known) return;
      if (!jar.write(text, receipt ? addMonths(receipt.time, policy.lifetimeMonths) : 0)) {
        // An older grant must not outlive a decision that the browser would not keep.
        jar.write('', 0);
        console.error('bandeau: could not be stored:', text);
      }
      known = jar.read();
    }),
    listen(window, ['pageshow', 'visibilitychange', 'bandeau:consent'], read),
  ];
};
