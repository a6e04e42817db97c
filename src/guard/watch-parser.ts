import { CARRIERS, isCarrier, isScript, SOURCES } from './carriers.ts';
import type { HeldElements } from './held-elements.ts';

/** Holds the carriers below a node, itself included, that have a denied source. */
export function examine(held: HeldElements, node: ParentNode): void {
  const all = [node, ...(node.firstElementChild ? node.querySelectorAll(CARRIERS) : [])] as Element[];
  for (const element of all.filter(isCarrier)) {
    for (const name of SOURCES) {
      const value = element.getAttribute(name);
      if (
        !value ||
        (isScript(element) && (element.getAttribute('type') === 'text/plain' || isStarted(element)))
      ) {
        continue;
      }
      held.hold(element, name, value, true);
    }
  }
}

/** A script that a script made is async unless told otherwise, and has begun to load when it is seen here. */
const isStarted = (script: Element) =>
  Reflect.get(script, 'async') === true && !script.hasAttribute('async') && script.isConnected;

/**
 * Neutralises what the parser makes, before it is run. The observer ends with the parser, so that a page that
 * has loaded pays nothing.
 * @returns its stop
 */
export function watchParser(held: HeldElements): () => void {
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) if (node instanceof Element) examine(held, node);
    }
  });
  const stop = () => observer.disconnect();
  if (document.readyState === 'loading') observer.observe(document, { childList: true, subtree: true });
  document.addEventListener('DOMContentLoaded', stop);
  return stop;
}
