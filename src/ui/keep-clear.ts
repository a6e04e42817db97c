import { adoptStyles } from '../lib/adopt-styles.ts';
import { listen } from '../lib/listen.ts';

/**
 * Keeps what has the focus in the page out from under the banner (WCAG 2.4.11): the page scrolls it clear; where
 * it can't, at the very end of a page or in a part that scrolls by itself, the banner goes to the other edge
 * meanwhile. Returns its stop.
 */
export function keepClear(root: HTMLElement): () => void {
  let dropPadding = () => {};
  const pad = () => {
    dropPadding();
    const { top, bottom } = root.getBoundingClientRect();
    const isAbove = top + bottom < innerHeight;
    dropPadding = adoptStyles(
      isAbove
        ? `:root{scroll-padding-top:${Math.ceil(bottom)}px}`
        : `:root{scroll-padding-bottom:${Math.ceil(innerHeight - top)}px}`,
    );
  };
  const observer = new ResizeObserver(pad);
  observer.observe(root);

  const stepAside = ({ target }: Event) => {
    if (!(target instanceof Element) || root.contains(target)) return;
    root.removeAttribute('data-aside');
    const banner = root.getBoundingClientRect();
    const focused = target.getBoundingClientRect();
    const isHidden =
      focused.top >= banner.top &&
      focused.bottom <= banner.bottom &&
      focused.left >= banner.left &&
      focused.right <= banner.right;
    root.toggleAttribute('data-aside', isHidden);
  };
  const stopListening = listen(document, ['focusin'], stepAside);

  return () => {
    observer.disconnect();
    stopListening();
    dropPadding();
  };
}
