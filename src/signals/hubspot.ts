import { defineSignal } from './kit/define-signal.ts';
import { queueOf } from './kit/queue-of.ts';

export interface HubspotOptions {
  /**
   * Keeps HubSpot's own banner away. HubSpot says that this disables its consent management, too, and also that the two go
   * together; we have not checked what its script then does before the choice, and so hold it.
   * @default false
   */
  readonly disableBanner: boolean;
}

/**
 * HubSpot: `setHubSpotConsent`, all denied before the choice, since without a banner of its own HubSpot takes it for granted.
 * HubSpot does not keep it. Where analytics is withdrawn in this page, `revokeCookieConsent` first removes its cookies.
 *
 * Source: https://developers.hubspot.com/docs/api/events/cookie-banner
 */
export const hubspot = defineSignal({
  name: 'hubspot',
  terms: { analytics: ['analytics'], advertisement: 'advertising', functionality: ['preference'] },
  connect({ disableBanner }: Partial<HubspotOptions>, denied) {
    if (disableBanner) Reflect.set(globalThis, 'disableHubSpotCookieBanner', true);
    const push = (...call: readonly unknown[]) => queueOf('_hsp').push(call);
    let had = false;
    push('setHubSpotConsent', denied);
    return {
      update(granted) {
        if (had && !granted.analytics) push('revokeCookieConsent');
        had = granted.analytics;
        push('setHubSpotConsent', granted);
      },
    };
  },
});
