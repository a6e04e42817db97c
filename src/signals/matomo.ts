import { defineSignal } from './kit/define-signal.ts';
import { queueOf } from './kit/queue-of.ts';

export interface MatomoOptions {
  /**
   * Consent is for Matomo's cookies alone: it counts everybody, without cookies until they are granted. What it counts then
   * is sent before the choice, for which the site needs a ground of its own.
   * @default false
   */
  readonly cookiesOnly: boolean;
}

/** What is used of Matomo's tracker. */
interface Tracker {
  hasRememberedConsent(): boolean;
  forgetConsentGiven(): void;
  requireConsent(): void;
}

/**
 * Matomo: consent is required first, then given or taken back. It is not asked to remember anything, since bandeau does. A
 * consent that Matomo itself has remembered in an earlier time (cookie `mtm_consent`) is forgotten at a refusal, which makes
 * Matomo write `mtm_consent_removed`; otherwise nothing is stored for a refusal.
 *
 * Source: https://developer.matomo.org/guides/tracking-consent
 */
export const matomo = defineSignal({
  name: 'matomo',
  terms: { tracking: ['analytics'] },
  connect({ cookiesOnly }: Partial<MatomoOptions>) {
    let last: unknown[] | undefined;
    queueOf('_paq').push([cookiesOnly ? 'requireCookieConsent' : 'requireConsent']);
    return {
      update({ tracking }) {
        const queue = queueOf('_paq');
        // Until it is loaded, a list: of which Matomo takes what gives consent last, wherever it stands.
        if (last && Array.isArray(queue) && queue.includes(last)) queue.splice(queue.indexOf(last), 1);
        if (cookiesOnly) last = [tracking ? 'setCookieConsentGiven' : 'forgetCookieConsentGiven'];
        else last = tracking ? ['setConsentGiven'] : [takeBack];
        queue.push(last);
      },
    };
  },
});

function takeBack(this: Tracker) {
  if (this.hasRememberedConsent()) this.forgetConsentGiven();
  else this.requireConsent();
}
