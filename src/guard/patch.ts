/** A function or constructor of the browser. */
// biome-ignore lint/complexity/noBannedTypes: what Reflect takes.
export type Native = Function;

/** The globals of one window. */
export type Realm = Window & typeof globalThis;

/**
 * Looks at a call before it happens. It may change the arguments in place.
 * @param key what is called: a method, a constructor or a property
 * @param call makes the browser do it, with these arguments
 * @returns nothing to let the call happen, or its result in a list of one to stand in for it
 */
export type Door = (
  self: unknown,
  args: unknown[],
  key: string,
  call: (args: readonly unknown[]) => unknown,
  // biome-ignore lint/suspicious/noConfusingVoidType: some doors have nothing to say.
) => readonly [result: unknown] | undefined | void;

/** What a door stands before. A target or a key that this browser does not have is left out. */
export type DoorPlace = readonly [target: object | undefined, keys: readonly string[], door: Door];

/** One replaced property. */
export interface Patched {
  readonly target: object;
  readonly key: string;
  readonly before: PropertyDescriptor;
  readonly after: PropertyDescriptor;
}

/**
 * Puts a door before a method, a constructor, a setter or (where there is no setter) a getter. It is a Proxy,
 * so that name, length, `instanceof` and `[native code]` stay. An error of the door itself lets the call happen.
 */
export function patch(
  target: object | undefined,
  key: string,
  door: Door,
  tell?: (patched: Patched) => void,
): void {
  const before = target && Object.getOwnPropertyDescriptor(target, key);
  if (!target || !before?.configurable) return;
  const kind = before.set ? 'set' : before.get ? 'get' : 'value';
  const ask = (original: Native, self: unknown, args: unknown[]) => {
    try {
      return door(self, args, key, (given) => Reflect.apply(original, self, given));
    } catch {
      return undefined;
    }
  };
  const patched = new Proxy<Native>(before[kind], {
    apply(original, self, args) {
      const instead = ask(original, self, args);
      return instead ? instead[0] : Reflect.apply(original, self, args);
    },
    construct(original, args, newTarget) {
      const instead = ask(original, undefined, args);
      return instead ? (instead[0] as object) : Reflect.construct(original, args, newTarget);
    },
  });
  const after = { ...before, [kind]: patched };
  Object.defineProperty(target, key, after);
  tell?.({ target, key, before, after });
}
