import { listen } from '../lib/listen.ts';

/** Calls the `__tcfapi` that the page has now; false where it has none. */
export function callTcf(
  command: string,
  callback: (...told: unknown[]) => void,
  parameter?: unknown,
): boolean {
  const api: unknown = Reflect.get(globalThis, '__tcfapi');
  if (typeof api !== 'function') return false;
  if (parameter === undefined) api(command, 2, callback);
  else api(command, 2, callback, parameter);
  return true;
}

/**
 * Tries at once, and again at each change of the document until it worked: the stub of a CMP puts a frame into the page,
 * `__tcfapiLocator`, in the task in which it makes its function. Nothing is put in the place of the function beforehand, since
 * others take any `__tcfapi` for a CMP. Returns its stop.
 */
export function whenTcf(attempt: () => boolean): () => void {
  const look = () => {
    if (attempt()) stop();
  };
  const observer = new MutationObserver(look);
  const stopListening = listen(globalThis, ['DOMContentLoaded', 'load'], look);
  const stop = () => {
    observer.disconnect();
    stopListening();
  };
  observer.observe(document, { childList: true, subtree: true });
  look();
  return stop;
}
