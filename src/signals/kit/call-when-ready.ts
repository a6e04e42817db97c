/** Calls a function of a vendor. */
export interface VendorCall {
  call(...args: unknown[]): void;
  /** What still waits is not called any more. */
  stop(): void;
}

/**
 * Calls a global function of a vendor that the page may only get later: the last call of each kind, by its first
 * argument, waits for it, and comes before the page's own first call of it; where the page never calls it, at the end of
 * the script that made it. For tools whose loading snippet does nothing where its global is there already, so that no
 * queue can be put in its place beforehand. Where the global is a stub, the stub keeps the call. A function that a script
 * declares, instead of assigning it, is not seen.
 * @param name of the global
 * @param isReady false while the vendor's snippet is still making its stub
 */
export function callWhenReady(name: string, isReady: (stub: object) => boolean = () => true): VendorCall {
  const waiting = new Map<string, unknown[]>();
  let value: unknown;
  const isWatched = () => Object.getOwnPropertyDescriptor(globalThis, name)?.get === get;
  const define = (how: PropertyDescriptor) =>
    Object.defineProperty(globalThis, name, { ...how, enumerable: true, configurable: true });
  const unwatch = () => {
    if (!isWatched()) return;
    if (value === undefined) Reflect.deleteProperty(globalThis, name);
    else define({ value, writable: true });
  };
  const tell = (is = isReady) => {
    if (typeof value !== 'function' || !is(value)) return;
    const vendor = value;
    const calls = [...waiting.values()];
    waiting.clear();
    unwatch();
    for (const args of calls) {
      try {
        vendor(...args);
      } catch (error) {
        // The page is about to call it, and did nothing wrong.
        reportError(error);
      }
    }
  };
  // The first to read it after the snippet has made it is the page, which is about to call it.
  const get = () => {
    if (waiting.size) tell();
    return value;
  };
  const set = (next: unknown) => {
    value = next;
    queueMicrotask(tell);
  };
  return {
    call(...args) {
      value = Reflect.get(globalThis, name);
      waiting.set(`${args[0]}`, args);
      tell(() => true);
      if (waiting.size && !isWatched()) define({ get, set });
    },
    stop() {
      waiting.clear();
      unwatch();
    },
  };
}
