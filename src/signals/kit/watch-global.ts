/** A global of a vendor that the page may only get later. */
export interface GlobalWatch {
  /** What is there now; nothing where reading it throws, which is reported. */
  read(): unknown;
  /** Begins, unless it has. */
  watch(): void;
  /** Ends, and leaves this in its place; nothing for undefined. */
  unwatch(value: unknown): void;
}

const MOMENTS = ['DOMContentLoaded', 'load'];

/**
 * Stands in the place of a global, as accessors. Where it can't, since `var` or an accessor of the page has fixed it, or does
 * not any more, since a script has declared the function, it looks after each script and when the page is parsed.
 * @param look must not throw
 */
export function watchGlobal(
  name: string,
  get: () => unknown,
  set: (next: unknown) => void,
  look: (found: unknown) => void,
): GlobalWatch {
  const described = () => Reflect.getOwnPropertyDescriptor(globalThis, name);
  const define = (how: PropertyDescriptor) =>
    Reflect.defineProperty(globalThis, name, { ...how, enumerable: true, configurable: true });
  const onMoment = () => {
    try {
      look(Reflect.get(globalThis, name));
    } catch {
      // What its getter throws was reported at the decision.
    }
  };
  let isOn = false;
  return {
    read() {
      try {
        return Reflect.get(globalThis, name);
      } catch (error) {
        reportError(error);
        return undefined;
      }
    },
    watch() {
      isOn = true;
      if (!described()?.get) define({ get, set });
      for (const moment of MOMENTS) document.addEventListener(moment, onMoment, true);
    },
    unwatch(value) {
      if (!isOn) return;
      isOn = false;
      for (const moment of MOMENTS) document.removeEventListener(moment, onMoment, true);
      if (described()?.get !== get) return;
      if (value === undefined) Reflect.deleteProperty(globalThis, name);
      else define({ value, writable: true });
    },
  };
}
