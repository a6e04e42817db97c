import { defineSignal } from './kit/define-signal.ts';
import { putFirst } from './kit/put-first.ts';
import { queueOf } from './kit/queue-of.ts';

export interface TiktokOptions {
  /**
   * For a pixel that is loaded before the choice: `ttq.holdConsent()` first. What it then sends, and what it stores, is not
   * checked by us: hold its script instead.
   * @default false
   */
  readonly hold: boolean;
}

/**
 * TikTok pixel. Its consent functions are in its own base code; what they do is not checked by us, so that its script is
 * to be held until advertising is granted. A withdrawal revokes, and is said to remove its cookies: name them in the policy
 * all the same, so that they are erased.
 *
 * Source: https://ads.tiktok.com/help/article/how-to-use-cookies-with-tiktok-pixel, and the base code as pages have it
 */
export const tiktok = defineSignal({
  name: 'tiktok',
  terms: { consent: 'advertising' },
  connect({ hold }: Partial<TiktokOptions>) {
    const call = (name: string) => {
      // Once it has come, what is there need not be a list.
      const found: { readonly [method: string]: unknown } | undefined = Reflect.get(globalThis, 'ttq');
      const method = found?.[name];
      putFirst(found, ['holdConsent', 'revokeConsent', 'grantConsent'], () => {
        if (typeof method === 'function') method.call(found);
        else queueOf('ttq').push([name]);
      });
    };
    if (hold) call('holdConsent');
    return { update: ({ consent }) => call(consent ? 'grantConsent' : 'revokeConsent') };
  },
});
