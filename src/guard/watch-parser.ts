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
  /** What the parser adds next, it adds to one of these. */
  const watch = (parent: ParentNode) => {
    for (let open: ParentNode | null = parent; open; open = open.lastElementChild) {
      observer.observe(open, { childList: true });
    }
  };
  watch(document);
  document.addEventListener('DOMContentLoaded', () => observer.disconnect());
}
