import { isScript, MARK, MARKED, SOURCES } from './carriers.ts';
import type { DeniedValues } from './denied-values.ts';
import type { Journal } from './journal.ts';

/** Elements outside of the document (pixels, mostly) are kept for their release up to this number. */
const MOST_DETACHED = 1000;

export interface HeldElements {
  /**
   * Keeps an element from requesting something that is denied.
   * @param name one of `SOURCES`. A script may have it already, another element loses it
   * @param isParsed the parser made it: as a script it runs in order
   * @returns whether it is held now
   */
  hold(element: Element, name: string, value: string, isParsed: boolean): boolean;
  /** Takes a mark off without setting anything going: the page has something else for this attribute. */
  unmark(element: Element, name: string): void;
  /** Keeps what is marked below `root` already: parts of rewritten HTML, and clones. */
  collect(root: ParentNode): void;
  /** Lets go of what is no longer denied, in the order in which it was held. */
  release(): void;
}

/** The attribute that keeps what belongs to `name`. */
export const markOf = (element: Element, name: string): string => MARK + (isScript(element) ? 'type' : name);

/** Name and value of each source that is held. */
const heldSources = (element: Element) =>
  [...SOURCES, 'xlink:href'].flatMap((name) => {
    const value = element.getAttribute(isScript(element) ? name : MARK + name);
    return value !== null && element.hasAttribute(markOf(element, name)) ? [{ name, value }] : [];
  });

export function createHeldElements({ deniedBy }: DeniedValues, journal: Journal): HeldElements {
  const held = new Map<Element, { readonly service: string; readonly isParsed: boolean }>();

  const keep = (element: Element, name: string, service: string, isParsed: boolean) => {
    if (held.size < MOST_DETACHED || element.isConnected) held.set(element, { service, isParsed });
    journal.add({ action: 'held', service, element, name });
  };

  const unmark: HeldElements['unmark'] = (element, name) => {
    const mark = markOf(element, name);
    const type = element.getAttribute(mark);
    element.removeAttribute(mark);
    if (!isScript(element)) return;
    if (type) element.setAttribute('type', type);
    else element.removeAttribute('type');
  };

  const collect: HeldElements['collect'] = (root) => {
    for (const element of root.querySelectorAll(MARKED)) {
      for (const { name, value } of heldSources(element)) {
        if (!held.has(element)) keep(element, value, deniedBy(name, value, element.baseURI) ?? '', true);
      }
    }
  };

  return {
    hold(element, name, value, isParsed) {
      const service = deniedBy(name, value, element.baseURI);
      if (!service) return false;
      const type = element.getAttribute('type') ?? '';
      if (isScript(element)) element.setAttribute('type', 'text/plain');
      else element.removeAttribute(name);
      element.setAttribute(markOf(element, name), isScript(element) ? type : value);
      keep(element, value, service, isParsed);
      return true;
    },
    unmark,
    collect,
    release() {
      collect(document);
      for (const [element, { service, isParsed }] of held) {
        for (const { name, value } of heldSources(element)) {
          if (deniedBy(name, value, element.baseURI)) continue;
          const tell = (action: 'released' | 'failed') =>
            journal.add({ action, service, element, name: value });
          element.addEventListener('error', () => tell('failed'), { once: true });
          unmark(element, name);
          tell('released');
          try {
            if (!isScript(element)) element.setAttribute(name, value);
            else {
              // As the parser would have run it: in order, unless the author wrote async.
              if (isParsed && !element.hasAttribute('async')) Object.assign(element, { async: false });
              // Being inserted is what sets a script going. One that ran before does not run again.
              element.parentNode?.insertBefore(element, element.nextSibling);
            }
          } catch {
            // Trusted Types may refuse an address or a page that is text again by now.
            tell('failed');
          }
        }
        if (!heldSources(element)[0]) held.delete(element);
      }
    },
  };
}
