import { watchGlobal } from './watch-global.ts';

/** Uses an object of a vendor. */
export interface VendorTool<Tool extends object> {
  use(act: (tool: Tool) => void): void;
  /** What still waits is not done any more. */
  stop(): void;
}

/**
 * Uses a global of a vendor that the page may only get later: the last act waits until the tool can do what is wanted of
 * it, and comes before whatever the page does with it next. For tools whose pages ask whether the global is there, so that
 * none can be put in its place beforehand. A global that the page has fixed is used after the next script.
 * @param name of the global
 * @param isReady whether the tool, or what stands in for it until it is loaded, can be used; it is not settled while the
 * script that has just made it may still be at it
 * @param client for a tool that is no global: the tool, or a promise of it where it has still to be started
 */
export function useWhenReady<Tool extends object>(
  name: string,
  isReady: (tool: Partial<Tool>, isSettled: boolean) => unknown,
  client?: () => unknown,
): VendorTool<Tool> {
  let waiting: ((tool: Tool) => void) | undefined;
  let value: unknown;
  let isSettled = true;
  const isTool = (one: unknown): one is Tool =>
    one instanceof Object && !!isReady(one as Partial<Tool>, isSettled);
  const tryIt = () => {
    const act = waiting;
    const tool = value;
    try {
      if (!act || !isTool(tool)) return;
      stop();
      act(tool);
    } catch (error) {
      // The page, which only wanted to read or write its global, is not to fail by it.
      reportError(error);
    }
  };
  const get = () => {
    tryIt();
    return value;
  };
  const set = (next: unknown) => {
    value = next;
    isSettled = false;
    tryIt();
    queueMicrotask(() => {
      isSettled = true;
      tryIt();
    });
  };
  const { read, watch, unwatch } = watchGlobal(name, get, set, (found) => {
    value = found;
    isSettled = true;
    tryIt();
  });
  const stop = () => {
    waiting = undefined;
    unwatch(value);
  };
  return {
    use(act) {
      waiting = act;
      value = client ? client() : read();
      tryIt();
      if (!waiting) return;
      if (client) Promise.resolve(value).then(set, reportError);
      else watch();
    },
    stop,
  };
}
