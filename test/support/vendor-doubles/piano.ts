import type { VendorDouble } from './vendor-double.ts';

/**
 * Piano's script: it reads `_pac`, turns its consent management on where that names a mode to begin with, and begins with
 * it. In each mode it writes a cookie that says so.
 */
export const piano = {
  load({ hear, store }) {
    const { consentDefaultMode } = Object(Reflect.get(globalThis, '_pac'));
    const pdl: Record<string, unknown> = { ...Object(Reflect.get(globalThis, 'pdl')) };
    if (consentDefaultMode) pdl['requireConsent'] = 'v2';
    Reflect.set(globalThis, 'pdl', pdl);
    let mode: string = consentDefaultMode ?? 'opt-in';
    hear('begins', mode);
    const setMode = (kind: string, next: string) => {
      mode = next;
      hear(kind, mode);
      store('_pprv', mode);
    };
    Reflect.set(globalThis, 'pa', {
      consent: { setMode: (next: string) => void (pdl['requireConsent'] && setMode('consent', next)) },
      privacy: { setMode: (next: string) => void (pdl['requireConsent'] || setMode('privacy', next)) },
      sendEvent: (name: string) => hear(name, mode),
    });
  },
  after() {
    Reflect.get(globalThis, 'pa').sendEvent('page.display');
  },
} satisfies VendorDouble;
