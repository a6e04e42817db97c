import type { VendorDouble } from './vendor-double.ts';

/** HubSpot's script: goes by the consent that its list says, and sends a page view under it; without one, as if granted. */
export const hubspot = {
  load({ hear, store }) {
    let consent: unknown = 'granted';
    const push = ([command, value]: readonly unknown[]) => {
      hear(command, value);
      if (command === 'setHubSpotConsent') consent = value;
    };
    const list: (readonly unknown[])[] = Reflect.get(globalThis, '_hsp') ?? [];
    list.forEach(push);
    Reflect.set(globalThis, '_hsp', { push });
    if (JSON.stringify(consent).includes('true')) store('hubspotutk', '1');
    hear('page view', consent);
  },
} satisfies VendorDouble;
