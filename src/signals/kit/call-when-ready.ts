/** Calls a function of a vendor. */
export interface VendorCall {
  call(...args: unknown[]): void;
  /** What still waits is not called any more. */
  stop(): void;
}

/**
 * Calls a global function of a vendor that the page may only get later: the last call waits for it, and comes before
 * the page's own first call of it. For tools whose loading snippet does nothing where its global is there already, so
 * that no queue can be put in its place beforehand. Where the global is a stub, the stub keeps the call.
 * @param name of the global
 * @param isReady false while the vendor's snippet is still making its stub
 */
export function callWhenReady(name: string, isReady: (stub: object) => boolean = () => true): VendorCall {
  let waiting: unknown[] | undefined;
  let value: unknown;
  const isWatched = () => Object.getOwnPropertyDescriptor(globalThis, name)?.get === get;
  const define = (how: PropertyDescriptor) =>
    Object.defineProperty(globalThis, name, { ...how, enumerable: true, configurable: true });
  const unwatch = () => {
    if (!isWatched()) return;
    if (value === undefined) Reflect.deleteProperty(globalThis, name);
    else define({ value, writable: true });
  };
  // The first to read it after the snippet has made it is the page, which is about to call it.
  const get = () => {
    if (waiting && typeof value === 'function' && isReady(value)) {
      const args = waiting;
      waiting = undefined;
      unwatch();
      value(...args);
    }
    return value;
  };
  const set = (next: unknown) => {
    value = next;
  };
  return {
    call(...args) {
      const now: unknown = Reflect.get(globalThis, name);
      if (typeof now === 'function') now(...args);
      else {
        waiting = args;
        value = now;
        if (!isWatched()) define({ get, set });
      }
    },
    stop() {
      waiting = undefined;
      unwatch();
    },
  };
}
