import type { VendorDouble } from './vendor-double.ts';

interface Pixel {
  (...args: readonly unknown[]): void;
  queue?: (readonly unknown[])[];
  callMethod?: (...args: readonly unknown[]) => void;
}

/**
 * Meta's snippet: nothing where there is a pixel already; else a function, whose queue comes last. Its script acts on what
 * was gathered, and then on each call.
 */
export const meta = {
  snippet() {
    const found = (): Pixel | undefined => Reflect.get(globalThis, 'fbq');
    if (found()) return;
    const stub: Pixel = (...args) => {
      if (stub.callMethod) stub.callMethod(...args);
      else stub.queue?.push(args);
    };
    Reflect.set(globalThis, 'fbq', stub);
    stub.queue = [];
  },
  says() {
    const fbq = Reflect.get(globalThis, 'fbq');
    fbq('init', 'id');
    fbq('track', 'PageView');
  },
  load({ hear }) {
    const pixel: Pixel | undefined = Reflect.get(globalThis, 'fbq');
    if (!pixel) return;
    pixel.callMethod = hear;
    for (const call of pixel.queue?.splice(0) ?? []) hear(...call);
  },
} satisfies VendorDouble;
