import { defineSignal } from './kit/define-signal.ts';
import { useWhenReady } from './kit/use-when-ready.ts';

export interface AdobeOptions {
  /** Name of the instance, a global function. @default 'alloy' */
  readonly instance: string;
  /** For the npm package: returns the instance, or a promise of it, once it is configured. */
  readonly client: () => unknown;
  /**
   * What the site gives to `configure`. It should be `'pending'`. With `'pending'` or `'out'` a refusal is told only where
   * Adobe's cookie says that consent was given, since telling it writes cookies, too.
   * @default 'in', as Adobe's own
   */
  readonly defaultConsent: 'in' | 'out' | 'pending';
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
 * for the answer, whatever the choice, and so is never called before one.
 *
 * Source: https://experienceleague.adobe.com/en/docs/experience-platform/web-sdk/commands/setconsent
 */
export const adobe = defineSignal({
  name: 'adobe',
  terms: { collect: ['analytics'] },
  connect({ instance = 'alloy', client, defaultConsent = 'in' }: Partial<AdobeOptions>) {
    const { use, stop } = useWhenReady<Alloy>(instance, isConfigured, client);
    return {
      update: ({ collect }) =>
        use((alloy) => {
          const isIn = defaultConsent === 'in' || /kndctr_\w+_consent=general(=|%3D)in/.test(document.cookie);
          if (!collect && !isIn) return;
          const value = { collect: { val: collect ? 'y' : 'n' } };
          const consent = [{ standard: 'Adobe', version: '2.0', value }];
          Promise.resolve(alloy('setConsent', { consent })).catch(reportError);
        }),
      stop,
    };
  },
});
