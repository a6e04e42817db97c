import type { HeldElements } from './held-elements.ts';

/**
 * Neutralises what the parser makes, one element after the other, before it is run. Only elements that the
 * parser has not closed are observed, so that what scripts add elsewhere costs nothing; and the observer ends
 * with the parser, so that a page that has loaded pays nothing.
 */
export function watchParser({ meet }: HeldElements): void {
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        meet(node);
        watch(node);
      }
    }
  });
  /** What the parser adds comes into the last element, or before the table that it does not fit into. */
  const watch = (parent: Node) => {
    for (let open: Node | null | undefined = parent; open; open = (open as ParentNode).lastElementChild) {
      observer.observe(open, { childList: true });
      const { previousElementSibling } = open as Element;
      if (open !== parent && previousElementSibling && open instanceof HTMLTableElement)
        watch(previousElementSibling);
    }
  };
  watch(document);
  document.addEventListener('DOMContentLoaded', () => observer.disconnect());
}
