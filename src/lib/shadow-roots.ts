import { override } from './override.ts';

/** Every open shadow root below `root`, however deep. */
export function findShadowRoots(root: Node): ShadowRoot[] {
  const found: ShadowRoot[] = [];
  // A list of all elements takes four times as long.
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
  for (let node: Node | null = root; node; node = walker.nextNode()) {
    const { shadowRoot } = node as Element;
    if (shadowRoot) found.push(shadowRoot, ...findShadowRoots(shadowRoot));
  }
  return found;
}

/**
 * Tells of each shadow root that a script attaches from now on, closed ones too: no mutation record does.
 * Returns its stop.
 */
export function watchShadowRoots(found: (root: ShadowRoot) => void): () => void {
  let isOver = false;
  const putBack = override(
    Element.prototype,
    'attachShadow',
    (attachShadow) =>
      function (this: Element, init: ShadowRootInit) {
        const root = attachShadow.call(this, init);
        if (!isOver) found(root);
        return root;
      },
  );
  return () => {
    isOver = true;
    putBack();
  };
}
