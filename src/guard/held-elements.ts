import type { GateEntry } from '../types.ts';
import type { Journal } from './journal.ts';
import { isScript, MARK, MARKED, MARKS, plainName, REQUESTER, REQUESTERS } from './marks.ts';
import type { Rules } from './rules.ts';

/** Elements outside of the document (pixels, mostly) are kept for their release up to this number. */
const MOST_DETACHED = 1000;

/** A type that no browser runs. */
const NEUTRAL = 'text/plain';

export interface HeldElements {
  /**
   * Keeps an element from getting an attribute by which it would request something that is denied. A script
   * may get it, or have it already: it is held by its type.
   * @returns whether something else than the attribute was set, so that it must not be
   */
  hold(element: Element, attribute: string, value: string): boolean;
  /** Holds what is denied of an element that the parser made, and below it. */
  meet(root: ParentNode): void;
  /** Keeps what is marked below `root` already: parts of rewritten HTML, and clones. */
  collect(root: ParentNode): void;
  /** Lets go of what is no longer denied, in the order in which it was held. */
  release(): void;
  /** Lets go of one, whoever denies it, without a word; and never holds it again. */
  free(element: Element): void;
}

export function createHeldElements({ deniedSource }: Rules, journal: Journal): HeldElements {
  /** The service of each. */
  const held = new Map<Element, string>();
  const freed = new WeakSet<Element>();

  const keep = (element: Element, name: string, service = '') => {
    if (held.size < MOST_DETACHED || element.isConnected) held.set(element, service);
    journal.add({ action: 'held', service, element, name });
  };

  /** Gives back what a mark stands for. */
  const restore = (element: Element, name: string) => {
    const value = element.getAttribute(MARK + name);
    element.removeAttribute(MARK + name);
    if (value) element.setAttribute(name, value);
    else element.removeAttribute(name);
  };

  /** Calls back with each mark, the address behind it, and the service that still denies it. */
  const eachMark = (element: Element, tell: (name: string, address: string, service?: string) => void) => {
    for (const name of MARKS) {
      if (!element.hasAttribute(MARK + name)) continue;
      const address = element.getAttribute(name === 'type' ? 'src' : MARK + name) ?? '';
      tell(name, address, deniedSource(address, element.baseURI));
    }
  };

  const release = () => {
    for (const [element, service] of held) {
      eachMark(element, (mark, name, denied) => {
        if (denied && !freed.has(element)) return;
        held.delete(element);
        const tell = (action: GateEntry['action']) => journal.add({ action, service, element, name });
        element.addEventListener('error', () => tell('failed'), { once: true });
        tell('released');
        try {
          // In the order in which they were held, unless the author wrote async.
          if (isScript(element) && !element.hasAttribute('async')) {
            (element as HTMLScriptElement).async = false;
          }
          restore(element, mark);
          // Being inserted is what sets a script going, or a player's source. A script that ran before does
          // not run again.
          if (/^s/.test(element.localName)) element.parentNode?.insertBefore(element, element.nextSibling);
        } catch {
          // Trusted Types may refuse what is a text again by now.
          tell('failed');
        }
      });
    }
  };

  const hold: HeldElements['hold'] = (element, attribute, value) => {
    const name = plainName(attribute);
    if (!MARKS.includes(name) || !REQUESTER.test(element.localName) || freed.has(element)) return false;
    const isTyped = isScript(element);
    const mark = MARK + (isTyped ? 'type' : name);
    const isHeld = element.hasAttribute(mark);
    if (name === 'type') {
      // A script may get its type after its address.
      if (isHeld) element.setAttribute(mark, value);
      return isHeld;
    }
    // What was held for this attribute is no longer wanted.
    if (isHeld) {
      if (isTyped) restore(element, 'type');
      else element.removeAttribute(mark);
    }
    const service = deniedSource(value, element.baseURI);
    // Marked up by the page: the core holds it.
    if (!service || (isTyped && element.getAttribute('type') === NEUTRAL)) return false;
    const kept = isTyped ? (element.getAttribute('type') ?? '') : value;
    if (isTyped) element.setAttribute('type', NEUTRAL);
    // Emptied and not removed: that is what ends the navigation of a frame.
    else if (element.hasAttribute(name)) element.setAttribute(name, '');
    element.setAttribute(mark, kept);
    keep(element, value, service);
    return !isTyped;
  };

  return {
    hold,
    meet(root) {
      for (const element of [root as Element, ...root.querySelectorAll<HTMLScriptElement>(REQUESTERS)]) {
        const { attributes, async } = element as HTMLScriptElement;
        // A script that a script made is async without saying so, and has begun to load when it is seen here.
        const hasBegun = async && element.isConnected && !element.hasAttribute('async');
        if (!attributes?.length || hasBegun || element.matches(MARKED)) continue;
        for (const { name, value } of [...attributes]) hold(element, name, value);
      }
    },
    collect(root) {
      for (const element of root.querySelectorAll(MARKED)) {
        if (!held.has(element)) eachMark(element, (_, address, service) => keep(element, address, service));
      }
    },
    release,
    free(element) {
      freed.add(element);
      if (!held.has(element)) return;
      release();
      journal.drop(element);
    },
  };
}
