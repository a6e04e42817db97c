import { listen } from './listen.ts';
import { findShadowRoots, watchShadowRoots } from './shadow-roots.ts';

/** Soon enough for what is added late, and not once for every step of an animation. */
const PAUSE_MS = 50;

/** Looks for what it wants in these roots: themselves, and below them. */
type Look = (roots: Iterable<Node>) => void;

/** Tells of changes in the document and in every shadow root of it. */
export interface PageWatch {
  /** Has `look` called while the page is parsed, and after each change. Returns its stop. */
  subscribe(look: Look): () => void;
  /** Has everybody look below `root`, in shadow roots too. @default document */
  scan(root?: Node): void;
  readonly stops: readonly (() => void)[];
}

/**
 * Watches the page for new nodes and for these attributes. Once the page is parsed, the changes themselves are not looked
 * at: one search costs less than their list. Before, there is one after each end tag of a script, and a search of
 * everything each time would take as long as the square of their number.
 */
export function watchPage(attributeFilter: string[]): PageWatch {
  let isOver = false;
  const looks = new Set<Look>();
  const known = new WeakSet<Node>();
  const changed = new Set<Node>();
  let timer = 0;

  const look: Look = (roots) => {
    for (const one of looks) one(roots);
  };
  const flush = () => {
    timer = 0;
    const roots = [...changed];
    changed.clear();
    look(roots);
  };
  const watch = (root: Node) => {
    if (known.has(root)) return;
    known.add(root);
    // Held by what it observes and by nobody else, so that a root that goes takes it along.
    const observer = new MutationObserver((changes) => {
      if (isOver) return observer.disconnect();
      if (document.readyState !== 'loading') {
        changed.add(root);
        timer ||= window.setTimeout(flush, PAUSE_MS);
        return;
      }
      for (const { type, target, addedNodes } of changes) {
        if (type === 'attributes') changed.add(target);
        for (const node of addedNodes) {
          if (node.nodeType === Node.ELEMENT_NODE) changed.add(node);
          // The text of a script comes after the script.
          else if (target.nodeName === 'SCRIPT') changed.add(target);
        }
      }
      flush();
    });
    observer.observe(root, { childList: true, subtree: true, attributeFilter });
  };
  const scan = (root: Node = document) => {
    const roots = [root, ...findShadowRoots(root)];
    for (const one of roots) if (!one.parentNode) watch(one);
    look(roots);
  };

  return {
    subscribe(one) {
      looks.add(one);
      return () => looks.delete(one);
    },
    scan,
    stops: [
      listen(document, ['DOMContentLoaded'], () => scan()),
      watchShadowRoots(watch),
      () => {
        isOver = true;
        clearTimeout(timer);
      },
    ],
  };
}
