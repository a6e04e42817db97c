/** Every open shadow root below `root`, however deep. */
export function findShadowRoots(root: Node): ShadowRoot[] {
  const found: ShadowRoot[] = [];
  for (const element of [root as Element, ...((root as ParentNode).querySelectorAll?.('*') ?? [])]) {
    const { shadowRoot } = element;
    if (shadowRoot) found.push(shadowRoot, ...findShadowRoots(shadowRoot));
  }
  return found;
}

/**
 * Tells of each shadow root that a script attaches from now on, closed ones too: no mutation record does.
 * Returns its stop.
 */
export function watchShadowRoots(found: (root: ShadowRoot) => void): () => void {
  const { prototype } = Element;
  const { attachShadow } = prototype;
  let isOver = false;
  const watching = function (this: Element, init: ShadowRootInit) {
    const root = attachShadow.call(this, init);
    if (!isOver) found(root);
    return root;
  };
  prototype.attachShadow = watching;
  return () => {
    isOver = true;
    // Somebody else may have put theirs on top, which leads here.
    if (prototype.attachShadow === watching) prototype.attachShadow = attachShadow;
  };
}
