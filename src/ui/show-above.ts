import { keepClear } from './keep-clear.ts';

/**
 * Above the page in the top layer, where neither an overlay nor a transformed `body` reaches; unless the site says
 * by `--bandeau-z-index` what it is to stand between. Returns its stop.
 */
export const showAbove = (root: HTMLElement): (() => void) => {
  let isShown = false;
  // In its first frame, but once the styles of that are known: asked for now, they would be worked out twice.
  return keepClear(root, () => {
    if (isShown || getComputedStyle(root).getPropertyValue('--bandeau-z-index')) return;
    isShown = true;
    root.popover = 'manual';
    // Browsers from before 2024 have none.
    root.showPopover?.();
  });
};
