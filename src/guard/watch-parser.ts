import { isCarrier, isScript, SOURCES } from './carriers.ts';
import type { HeldElements } from './held-elements.ts';

/**
 * Holds an element that the parser made, if it is to request something that is denied. Not a script that is
 * held already, nor one that a script made (async without saying so): it has begun to load when it is seen.
 */
export function examine(held: HeldElements, element: Element): void {
  if (
    !isCarrier(element) ||
    (isScript(element) &&
      (element.getAttribute('type') === 'text/plain' ||
        ((element as HTMLScriptElement).async && !element.hasAttribute('async'))))
  ) {
    return;
  }
  for (const name of SOURCES) {
    const value = element.getAttribute(name);
    if (value) held.hold(element, name, value);
  }
}

/**
 * Neutralises what the parser makes, one element after the other, before it is run. The observer ends with
 * the parser, so that a page that has loaded pays nothing.
 * @returns its stop
 */
export function watchParser(held: HeldElements): () => void {
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) if (node instanceof Element) examine(held, node);
    }
  });
  const stop = () => observer.disconnect();
  observer.observe(document, { childList: true, subtree: true });
  document.addEventListener('DOMContentLoaded', stop);
  return stop;
}
