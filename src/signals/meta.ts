import { callWhenReady } from './kit/call-when-ready.ts';
import { defineSignal } from './kit/define-signal.ts';
import { putFirst } from './kit/put-first.ts';

export interface MetaOptions {
  /**
   * Also asks Meta for Limited Data Use while advertising is denied to a visitor of the United States, wherever Meta
   * sees the visitor there. It comes on top of the revoked consent and never in its place. That the call may be made
   * again after the pixel has begun is not checked by us.
   *
   * Source: https://developers.facebook.com/docs/marketing-apis/data-processing-options
   * @default false
   */
  readonly limitedDataUse: boolean;
}

/**
 * Meta pixel. It takes everything for granted until it is told otherwise, on each page: consent is revoked first, before
 * `fbq('init')` unless its script has read that already. The Conversions API hears nothing of it.
 *
 * Source: https://developers.facebook.com/docs/meta-pixel/implementation/gdpr
 */
export const meta = defineSignal({
  name: 'meta',
  terms: { consent: 'advertising' },
  connect({ limitedDataUse }: Partial<MetaOptions>, denied, { regime }) {
    // The snippet gives its function a queue last.
    const { call, stop } = callWhenReady('fbq', (stub) => 'queue' in stub);
    const update = ({ consent }: typeof denied) =>
      putFirst(Object(Reflect.get(globalThis, 'fbq')).queue, ['consent', 'dataProcessingOptions'], () => {
        if (limitedDataUse && regime !== 'opt-in') {
          call('dataProcessingOptions', ...(consent ? [[]] : [['LDU'], 0, 0]));
        }
        call('consent', consent ? 'grant' : 'revoke');
      });
    update(denied);
    return { update, stop };
  },
});
