import { watchGlobal } from './watch-global.ts';

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
 * queue can be put in its place beforehand. Where the global is a stub, the stub keeps the call. A global that the page has
 * fixed, or a function that a script declares instead of assigning it, is told after the next script.
 * @param name of the global
 * @param isReady false while the vendor's snippet is still making its stub
 */
export function callWhenReady(name: string, isReady: (stub: object) => boolean = () => true): VendorCall {
  const waiting = new Map<string, unknown[]>();
  let value: unknown;
  const tell = (is = isReady) => {
    if (!waiting.size || typeof value !== 'function' || !is(value)) return;
    const vendor = value;
    const calls = [...waiting.values()];
    stop();
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
    tell();
    return value;
  };
  const set = (next: unknown) => {
    value = next;
    queueMicrotask(tell);
  };
  const { read, watch, unwatch } = watchGlobal(name, get, set, (found) => {
    value = found;
    tell();
  });
  const stop = () => {
    waiting.clear();
    unwatch(value);
  };
  return {
    call(...args) {
      value = read();
      waiting.set(`${args[0]}`, args);
      tell(() => true);
      if (waiting.size) watch();
    },
    stop,
  };
}
