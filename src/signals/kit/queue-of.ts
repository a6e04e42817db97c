/** A vendor's global list of calls. */
export interface VendorQueue {
  push(...call: unknown[]): unknown;
}

/**
 * A vendor's global list of calls, which its script takes over when it comes, so ask for it at each call. Made where
 * there is nothing yet: the snippets of the vendors that keep one go on with what they find. What else the page has there
 * stays, and hears nothing.
 * @param name of the global
 */
export function queueOf(name: string): VendorQueue {
  const found: Partial<VendorQueue> | undefined = Reflect.get(globalThis, name);
  if (typeof found?.push === 'function') return found as VendorQueue;
  const made: unknown[] = [];
  // A name that says nothing yet, as the empty one of a window does, is not nothing.
  if (found === undefined || found === null) Reflect.set(globalThis, name, made);
  return made;
}
