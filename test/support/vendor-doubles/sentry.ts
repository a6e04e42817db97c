import type { VendorDouble } from './vendor-double.ts';

/** Sentry's script: there is a Replay once `init` was called. */
export const sentry = {
  load({ hear }) {
    let isBegun = false;
    const replay = {
      start: () => hear('start'),
      startBuffering: () => hear('buffer'),
      stop: async () => hear('stop'),
    };
    Reflect.set(globalThis, 'Sentry', {
      init: () => {
        isBegun = true;
      },
      getReplay: () => (isBegun ? replay : undefined),
    });
  },
  after() {
    Reflect.get(globalThis, 'Sentry').init();
  },
} satisfies VendorDouble;
