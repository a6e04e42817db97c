import { defineSignal } from './kit/define-signal.ts';
import { useWhenReady } from './kit/use-when-ready.ts';

export interface AdobeOptions {
  /** Name of the instance, a global function. @default 'alloy' */
  readonly instance: string;
  /** For the npm package: returns the instance, or a promise of it, once it is configured. */
  readonly client: () => unknown;
}

interface Alloy {
  (command: 'setConsent', options: object): unknown;
  /** Of the base code: what waits for the library, which puts a `push` of its own on it. */
  readonly q: readonly (readonly [unknown, unknown, ArrayLike<unknown>])[];
}

/** It refuses every command that comes before `configure`. Without a queue it is the library, or no stub yet. */
const isConfigured = ({ q }: Partial<Alloy>, isSettled: boolean) =>
  q ? Object.hasOwn(q, 'push') || q.some(([, , call]) => call[0] === 'configure') : isSettled;

/**
 * Adobe Experience Platform Web SDK: `setConsent` in Adobe's standard 2.0. It writes cookies and asks Adobe's servers
 * for the answer, whatever the choice, and so is never called before one. A refusal is told where the library runs in spite
 * of it, since it may have kept a yes; hold it, and nothing is called or written. Its own default is to collect: give
 * `defaultConsent: 'pending'` to `configure`.
 *
 * Source: https://experienceleague.adobe.com/en/docs/experience-platform/web-sdk/commands/setconsent
 */
export const adobe = defineSignal({
  name: 'adobe',
  terms: { collect: ['analytics'] },
  connect({ instance = 'alloy', client }: Partial<AdobeOptions>) {
    const { use, stop } = useWhenReady<Alloy>(instance, isConfigured, client);
    return {
      update: ({ collect }) =>
        use((alloy) => {
          const value = { collect: { val: collect ? 'y' : 'n' } };
          const consent = [{ standard: 'Adobe', version: '2.0', value }];
          Promise.resolve(alloy('setConsent', { consent })).catch(reportError);
        }),
      stop,
    };
  },
});
