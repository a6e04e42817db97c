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
  const found: Partial<VendorQueue> | null | undefined = Reflect.get(globalThis, name);
  if (typeof found?.push === 'function') return found as VendorQueue;
  const made: unknown[] = [];
  // What says little is not nothing, as the empty name of a window; nor is the null of an accessor, as its opener.
  const isFree = found === null && !Reflect.getOwnPropertyDescriptor(globalThis, name)?.get;
  if (found === undefined || isFree) Reflect.set(globalThis, name, made);
  return made;
}
