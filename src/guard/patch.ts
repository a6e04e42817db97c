/**
 * Looks at a call before it happens. It may change the arguments in place.
 * @returns nothing to let the call happen, or its result in a list of one to stand in for it
 */
// biome-ignore lint/suspicious/noConfusingVoidType: most doors have nothing to say.
export type Door = (self: unknown, args: unknown[], original: Native) => readonly [result: unknown] | void;

/** A function or constructor of the browser. */
// biome-ignore lint/complexity/noBannedTypes: what Reflect takes.
export type Native = Function;

/**
 * Puts a door before a method, a constructor, a setter or (where there is no setter) a getter. It is a Proxy,
 * so that name, length, `instanceof` and `[native code]` stay. An error of the door itself lets the call happen.
 * @param target an object that may not exist in this browser
 * @returns puts the original back, unless somebody else has replaced it since
 */
export function patch(target: object | undefined, key: string, door: Door): () => void {
  const descriptor = target && Object.getOwnPropertyDescriptor(target, key);
  if (!descriptor?.configurable) return () => {};
  const kind = descriptor.set ? 'set' : descriptor.get ? 'get' : 'value';
  const ask = (self: unknown, args: unknown[], original: Native) => {
    try {
      return door(self, args, original);
    } catch {
      return undefined;
    }
  };
  const patched = new Proxy<Native>(descriptor[kind], {
    apply(original, self, args) {
      const instead = ask(self, args, original);
      return instead ? instead[0] : Reflect.apply(original, self, args);
    },
    construct(original, args, newTarget) {
      ask(undefined, args, original);
      return Reflect.construct(original, args, newTarget);
    },
  });
  Object.defineProperty(target, key, { ...descriptor, [kind]: patched });
  return () => {
    if (Object.getOwnPropertyDescriptor(target, key)?.[kind] === patched) {
      Object.defineProperty(target, key, descriptor);
    }
  };
}
