import type { Page } from 'playwright-core';

/** What scripts of ours have done in one document since it began. Names repeat as often as it happened. */
export interface Work {
  /** Such as `cookie read`, `localStorage.getItem`, `indexedDB.open`. */
  storage: string[];
  /** Such as `document click`; with what they listen to. */
  listeners: string[];
  /** Such as `MutationObserver`. */
  observers: string[];
  /** Of the timers that were set, those that are neither over nor taken back. */
  timers: string[];
}

/** Runs in every document before its own scripts. What calls from below `/bandeau/` is ours. */
function installCounters() {
  const work = { storage: [] as string[], listeners: [] as string[], observers: [] as string[] };
  const timers = new Map<unknown, string>();
  Object.assign(window, { __work: () => ({ ...work, timers: [...timers.values()] }) });

  /** To be called by a wrapper itself: whose frame is the third line of the stack. */
  const isOurs = () => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 20;
    const lines = (new Error().stack ?? '').split('\n').slice(3);
    Error.stackTraceLimit = limit;
    // Functions of the browser that call back are in it, too: they have no place.
    const caller = lines.find((line) => !line.endsWith('(<anonymous>)'));
    return !!caller?.includes('/bandeau/');
  };
  type Called = (self: unknown, args: unknown[], result: unknown) => void;
  const watch = (owner: object, name: string, kind: 'value' | 'get' | 'set', called: Called) => {
    const descriptor = Object.getOwnPropertyDescriptor(owner, name);
    const original = descriptor?.[kind];
    if (!descriptor || !original) throw new Error(`there is no ${kind} of ${name} to count`);
    Object.defineProperty(owner, name, {
      ...descriptor,
      [kind](this: unknown, ...args: unknown[]) {
        const counts = isOurs();
        const result = original.apply(this, args);
        if (counts) called(this, args, result);
        return result;
      },
    });
  };
  const nameOf = (target: unknown) => {
    if (target === window || !target) return 'window';
    if (target === document) return 'document';
    return target instanceof Element ? target.localName : String(Object(target).constructor.name);
  };

  for (const [kind, what] of [
    ['get', 'cookie read'],
    ['set', 'cookie write'],
  ] as const) {
    watch(Document.prototype, 'cookie', kind, () => work.storage.push(what));
  }
  // Asking for one at all is what makes the browser read it from the disk.
  for (const area of ['localStorage', 'sessionStorage', 'indexedDB']) {
    watch(window, area, 'get', () => work.storage.push(area));
  }
  const session = sessionStorage;
  const areaOf = (storage: unknown) => (storage === session ? 'sessionStorage' : 'localStorage');
  for (const method of ['getItem', 'setItem', 'removeItem', 'clear', 'key']) {
    watch(Storage.prototype, method, 'value', (self) => work.storage.push(`${areaOf(self)}.${method}`));
  }
  watch(IDBFactory.prototype, 'open', 'value', () => work.storage.push('indexedDB.open'));

  watch(EventTarget.prototype, 'addEventListener', 'value', (self, [type]) =>
    work.listeners.push(`${nameOf(self)} ${type}`),
  );

  for (const name of [
    'MutationObserver',
    'ResizeObserver',
    'IntersectionObserver',
    'PerformanceObserver',
  ] as const) {
    const Original = window[name] as new (callback: never) => object;
    Object.assign(window, {
      [name]: class extends Original {
        constructor(callback: never) {
          if (isOurs()) work.observers.push(name);
          super(callback);
        }
      },
    });
  }

  for (const [set, clear] of [
    ['setTimeout', 'clearTimeout'],
    ['requestAnimationFrame', 'cancelAnimationFrame'],
    ['requestIdleCallback', 'cancelIdleCallback'],
    ['setInterval', 'clearInterval'],
  ] as const) {
    const original = window[set] as (callback: unknown, ...rest: unknown[]) => number;
    const cancel = window[clear];
    Object.assign(window, {
      [set](callback: unknown, ...rest: unknown[]) {
        const counts = isOurs();
        const run = (...args: unknown[]) => {
          if (set !== 'setInterval') timers.delete(id);
          return typeof callback === 'function' ? callback(...args) : undefined;
        };
        const id = `${set} ${original.call(window, run, ...rest)}`;
        if (counts) timers.set(id, set);
        return Number(id.split(' ')[1]);
      },
      [clear](id: number) {
        timers.delete(`${set} ${id}`);
        cancel.call(window, id);
      },
    });
  }
}

/** Has what scripts of ours do in each document of the page counted. Call it before the first `goto`. */
export async function countWork(page: Page): Promise<void> {
  await page.addInitScript(installCounters);
}

/** What has been counted in this document so far. */
export const workOf = (page: Page): Promise<Work> => page.evaluate('__work()');

/** How many elements the document has, those in open shadow roots included. */
export const countElements = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const countIn = (root: Document | ShadowRoot): number =>
      [...root.querySelectorAll('*')].reduce(
        (sum, { shadowRoot }) => sum + 1 + (shadowRoot ? countIn(shadowRoot) : 0),
        0,
      );
    return countIn(document);
  });
