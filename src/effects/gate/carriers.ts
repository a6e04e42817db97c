import { setTrusted, type Trust } from '../../lib/trust.ts';
import { HELD_ATTRIBUTES } from './held.ts';

/** By attribute: what the element was given, and what it had before, null for no such attribute. */
type Given = ReadonlyMap<string, { readonly text: string; readonly before: string | null }>;

const mediaOf = (element: Element) => element.closest<HTMLMediaElement>('video,audio');

/** A style as a property, which a Content-Security-Policy lets through; all else as an attribute. */
function put(element: HTMLElement, name: string, text: string | null, trust: Trust) {
  if (name === 'style') element.style.cssText = text ?? '';
  else if (text === null) element.removeAttribute(name);
  else setTrusted(element, name, text, trust);
}

/** An address that runs as code, in markup that looks like data: nobody checks `data-src` for one. */
function isCode(name: string, text: string): boolean {
  try {
    return /^(src|href|data)$/.test(name) && new URL(text, document.baseURI).protocol === 'javascript:';
  } catch {
    return false;
  }
}

/** By attribute, what waits in `data-…`; an `<object>` calls its address `data`. */
const waitingIn = ({ dataset, localName }: HTMLElement) =>
  HELD_ATTRIBUTES.flatMap((held) => {
    const name = held === 'src' && localName === 'object' ? 'data' : held;
    const text = dataset[held];
    return text === undefined ? [] : [[name, text] as const];
  });

/** Everything that is held and no script. */
export interface Carriers {
  /**
   * Gives an element what waits in its `data-…` attributes, which stay.
   * @throws {TypeError} when the page's Trusted Types forbid it, or the address would run as code
   */
  give(element: HTMLElement): void;
  /** Puts an element back to what it was, and ends what it had loaded. */
  takeBack(element: HTMLElement): void;
  /** Undefined when it was not given; false when something else waits in it by now. */
  isGiven(element: HTMLElement): boolean | undefined;
}

export function createCarriers(trust: Trust): Carriers {
  const all = new WeakMap<Element, Given>();
  return {
    give(element) {
      const given = new Map<string, { text: string; before: string | null }>();
      const missing: (readonly [name: string, text: string])[] = [];
      for (const [name, text] of waitingIn(element)) {
        if (isCode(name, text)) throw new TypeError(`data-${name} is code`);
        const own = element.getAttribute(name);
        // A copy of an element that was released has it already, and would load twice.
        const isThere = own === text;
        given.set(name, { text, before: isThere ? null : own });
        if (!isThere) missing.push([name, name === 'style' && own ? `${own};${text}` : text]);
      }
      const { localName, parentNode, nextSibling } = element;
      // When a page is reloaded, Chromium gives a frame the address that it had there at first: none. And an
      // object that found nothing to show does not look again.
      const isInsertedAgain = /^(iframe|embed|object)$/.test(localName) && missing[0];
      if (isInsertedAgain) element.remove();
      try {
        for (const [name, text] of missing) put(element, name, text, trust);
      } finally {
        if (isInsertedAgain) parentNode?.insertBefore(element, nextSibling);
      }
      all.set(element, given);
      // A player that has found none of its sources playable does not look again by itself.
      const media = localName === 'source' && mediaOf(element);
      if (media && media.networkState % 3 === 0) media.load();
    },
    takeBack(element) {
      for (const [name, { before }] of all.get(element) ?? []) put(element, name, before, trust);
      all.delete(element);
      mediaOf(element)?.load();
      // A frame without an address keeps its page: one that is inserted again is empty.
      element.replaceWith(element);
    },
    isGiven: (element) => {
      const given = all.get(element);
      return given && waitingIn(element).every(([name, text]) => given.get(name)?.text === text);
    },
  };
}
