import type { GateEntry } from '../types.ts';
import { isScript, MARK, MARKED, MARKS } from './carriers.ts';
import type { Journal } from './journal.ts';
import type { Rules } from './rules.ts';

/** Elements outside of the document (pixels, mostly) are kept for their release up to this number. */
const MOST_DETACHED = 1000;

export interface HeldElements {
  /**
   * Keeps an element from requesting something that is denied.
   * @param name one of `SOURCES`. A script may have it already, another element loses it
   * @returns whether it is held now
   */
  hold(element: Element, name: string, value: string): boolean;
  /** Gives back what a mark stands for, if there is one. */
  restore(element: Element, name: string): void;
  /** Keeps what is marked below `root` already: parts of rewritten HTML, and clones. */
  collect(root: ParentNode): void;
  /** Lets go of what is no longer denied, in the order in which it was held. */
  release(): void;
}

export function createHeldElements({ deniedSource }: Rules, journal: Journal): HeldElements {
  /** The service of each. */
  const held = new Map<Element, string>();

  const keep = (element: Element, name: string, service: string) => {
    if (held.size < MOST_DETACHED || element.isConnected) held.set(element, service);
    journal.add({ action: 'held', service, element, name });
  };

  const restore: HeldElements['restore'] = (element, name) => {
    const value = element.getAttribute(MARK + name);
    if (value === null) return;
    element.removeAttribute(MARK + name);
    if (value) element.setAttribute(name, value);
    else element.removeAttribute(name);
  };

  /** Calls back with each mark, the address behind it, and the service that still denies it. */
  const eachMark = (element: Element, tell: (name: string, address: string, service?: string) => void) => {
    for (const name of MARKS) {
      const kept = element.getAttribute(MARK + name);
      const address = name === 'type' ? (element.getAttribute('src') ?? element.getAttribute('href')) : kept;
      if (kept !== null && address) tell(name, address, deniedSource(address, element.baseURI, name));
    }
  };

  const collect: HeldElements['collect'] = (root) => {
    for (const element of root.querySelectorAll(MARKED)) {
      if (!held.has(element))
        eachMark(element, (_, address, service = '') => keep(element, address, service));
    }
  };

  return {
    hold(element, name, value) {
      const service = deniedSource(value, element.baseURI, name);
      if (service) {
        const kept = isScript(element) ? 'type' : name;
        const before = isScript(element) ? (element.getAttribute(kept) ?? '') : value;
        if (isScript(element)) element.setAttribute(kept, 'text/plain');
        else element.removeAttribute(kept);
        element.setAttribute(MARK + kept, before);
        keep(element, value, service);
      }
      return !!service;
    },
    restore,
    collect,
    release() {
      collect(document);
      for (const [element, service] of held) {
        eachMark(element, (kept, name, denied) => {
          if (denied) return;
          held.delete(element);
          const tell = (action: GateEntry['action']) => journal.add({ action, service, element, name });
          element.addEventListener('error', () => tell('failed'), { once: true });
          tell('released');
          try {
            // In the order in which they were held, unless the author wrote async.
            if (isScript(element) && !element.hasAttribute('async')) {
              (element as HTMLScriptElement).async = false;
            }
            restore(element, kept);
            // Being inserted is what sets a script going. One that ran before does not run again.
            if (isScript(element)) element.parentNode?.insertBefore(element, element.nextSibling);
          } catch {
            // Trusted Types may refuse what is a text again by now.
            tell('failed');
          }
        });
      }
    },
  };
}
