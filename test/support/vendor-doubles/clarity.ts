import type { VendorDouble } from './vendor-double.ts';

type Clarity = ((...args: readonly unknown[]) => void) & { q?: (readonly unknown[])[] };

/**
 * Clarity's snippet, a function that gathers calls, unless there is one; and its script, which has Clarity started by one
 * more call, and takes over what was gathered.
 */
export const clarity = {
  snippet() {
    const stub: Clarity = (...args) => {
      stub.q ??= [];
      stub.q.push(args);
    };
    Reflect.set(globalThis, 'clarity', Reflect.get(globalThis, 'clarity') ?? stub);
  },
  load({ hear }) {
    const found = (): Clarity | undefined => Reflect.get(globalThis, 'clarity');
    found()?.('start');
    const gathered = found()?.q ?? [];
    Reflect.set(globalThis, 'clarity', hear);
    for (const call of gathered) found()?.(...call);
  },
} satisfies VendorDouble;
