import { listen } from '../../lib/listen.ts';
import { findShadowRoots, watchShadowRoots } from '../../lib/shadow-roots.ts';
import { HELD_ATTRIBUTES } from './held.ts';

/** Soon enough for what is added late, and not once for every step of an animation. */
const PAUSE_MS = 50;

/**
 * Has `look` called for the document and every shadow root in it: now, while the page is parsed, and after
 * each change. The changes themselves are not looked at: one search costs less than their list.
 */
export function watchPage(look: (roots: Iterable<Node>) => void) {
  let isOver = false;
  const known = new WeakSet<Node>();
  const changed = new Set<Node>();
  let timer = 0;

  const flush = () => {
    timer = 0;
    look(changed);
    changed.clear();
  };
  const watch = (root: Node) => {
    if (known.has(root)) return;
    known.add(root);
    // Held by what it observes and by nobody else, so that a root that goes takes it along.
    const observer = new MutationObserver(() => {
      if (isOver) return observer.disconnect();
      changed.add(root);
      if (document.readyState === 'loading') flush();
      else timer ||= window.setTimeout(flush, PAUSE_MS);
    });
    const attributeFilter = [...HELD_ATTRIBUTES, 'category', 'service'].map((name) => `data-${name}`);
    observer.observe(root, { childList: true, subtree: true, attributeFilter });
  };
  const scan = (root: Node = document) => {
    const roots = [root, ...findShadowRoots(root)];
    for (const one of roots) if (!one.parentNode) watch(one);
    look(roots);
  };

  scan();
  const stops = [
    listen(document, ['DOMContentLoaded'], () => scan()),
    watchShadowRoots(watch),
    () => {
      isOver = true;
      clearTimeout(timer);
    },
  ];
  return { scan, stops };
}
