import { setTrusted, type Trust } from '../../lib/trust.ts';
import { HELD_ATTRIBUTES } from './held.ts';

/** By attribute, what waits in `data-…`; an `<object>` calls its address `data`. */
const waitingIn = (element: HTMLElement) =>
  HELD_ATTRIBUTES.flatMap((held) => {
    const name = held === 'src' && element.localName === 'object' ? 'data' : held;
    const text = element.getAttribute(`data-${held}`);
    return text === null ? [] : [[name, text] as const];
  });

/** An address that runs as code, in markup that looks like data: nobody checks `data-src` for one. */
function isCode(name: string, text: string): boolean {
  try {
    return /^(src|href|data)$/.test(name) && new URL(text, location.href).protocol === 'javascript:';
  } catch {
    return true;
  }
}

/** Adds declarations one by one, so that what the page does to the others meanwhile stays. Returns the way back. */
function addStyle({ style }: HTMLElement, text: string): () => void {
  const declared = document.createElement('i').style;
  declared.cssText = text;
  const undo = [...declared].map((name) => {
    const [value, before] = [declared, style].map((one) => one.getPropertyValue(name));
    const isThere = before === value;
    const priority = style.getPropertyPriority(name);
    style.setProperty(name, value ?? '', declared.getPropertyPriority(name));
    return () => {
      if (style.getPropertyValue(name) === value)
        style.setProperty(name, isThere ? '' : (before ?? ''), priority);
    };
  });
  return () => {
    for (const one of undo) one();
  };
}

/** Everything that is held and no script. */
export interface Carriers {
  /**
   * Gives an element what waits in its `data-…` attributes, which stay.
   * @throws {TypeError} when the page's Trusted Types forbid it, or the address would run as code
   */
  give(element: HTMLElement): void;
  /**
   * Puts an element back to what it was, and ends what it had loaded. One that was not given, but is a copy of
   * one that was, loses what waits in it.
   */
  takeBack(element: HTMLElement): void;
  /** Undefined when it was not given; false when something else waits in it by now. */
  isGiven(element: HTMLElement): boolean | undefined;
}

export function createCarriers(trust: Trust): Carriers {
  const all = new WeakMap<Element, { readonly what: string; undo(): void }>();
  const describe = (element: HTMLElement) => JSON.stringify(waitingIn(element));

  const put = (element: HTMLElement, name: string, text: string): (() => void) | undefined => {
    if (name === 'style') return addStyle(element, text);
    const before = element.getAttribute(name);
    const remove = () => element.removeAttribute(name);
    // A copy of an element that was released has it already, and would load twice.
    if (before === text) return remove;
    setTrusted(element, name, text, trust);
    return before === null ? remove : () => setTrusted(element, name, before, trust);
  };

  return {
    give(element) {
      const waiting = waitingIn(element);
      const code = waiting.find(([name, text]) => isCode(name, text));
      if (code) throw new TypeError(`data-${code[0]} is code`);
      const { localName, parentNode, nextSibling } = element;
      // When a page is reloaded, Chromium gives a frame the address that it had there at first: none. And an
      // object that found nothing to show does not look again.
      const isInsertedAgain =
        /^(iframe|embed|object)$/.test(localName) &&
        waiting.some(([name, text]) => /^(src|data)$/.test(name) && element.getAttribute(name) !== text);
      if (isInsertedAgain) element.remove();
      try {
        const undos = waiting.map(([name, text]) => put(element, name, text));
        const undo = () => {
          for (const one of undos) one?.();
        };
        all.set(element, { what: describe(element), undo });
      } finally {
        if (isInsertedAgain) parentNode?.insertBefore(element, nextSibling);
      }
      // A player that has found none of its sources playable does not look again by itself.
      const media = localName === 'source' && element.closest<HTMLMediaElement>('video,audio');
      if (media && media.networkState % 3 === 0) media.load();
    },
    takeBack(element) {
      const given = all.get(element);
      const copied = given
        ? []
        : waitingIn(element).filter(([name, text]) => element.getAttribute(name) === text);
      given?.undo();
      all.delete(element);
      for (const [name] of copied) element.removeAttribute(name);
      if (!given && !copied[0]) return;
      if (/^(source|video|audio)$/.test(element.localName)) {
        element.closest<HTMLMediaElement>('video,audio')?.load();
      }
      // A frame without an address keeps its page: one that is inserted again is empty.
      if (/^(iframe|embed|object)$/.test(element.localName)) element.replaceWith(element);
    },
    isGiven: (element) => {
      const given = all.get(element);
      return given && given.what === describe(element);
    },
  };
}
