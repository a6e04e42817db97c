/** A vendor's global list of calls. */
export interface VendorQueue {
  push(...call: unknown[]): unknown;
}

/**
 * A vendor's global list of calls, which its script takes over when it comes, so ask for it at each call. Made where
 * there is none yet: the snippets of the vendors that keep one go on with what they find.
 * @param name of the global
 */
export function queueOf(name: string): VendorQueue {
  const found: unknown = Reflect.get(globalThis, name);
  if (typeof found === 'object' && found && 'push' in found) return found as VendorQueue;
  const made: unknown[] = [];
  Reflect.set(globalThis, name, made);
  return made;
}
