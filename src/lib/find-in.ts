/** What matches in `root`: itself, and below it, in document order. */
export const findIn = (root: Node, selector: string): Element[] =>
  [root, ...((root as ParentNode).querySelectorAll?.(selector) ?? [])].filter(
    // The page's markup can shadow what an element has: <form><input name="matches">.
    (node): node is Element =>
      node.nodeType === Node.ELEMENT_NODE && Element.prototype.matches.call(node, selector),
  );
