import { keepClear } from './keep-clear.ts';

/**
 * Above the page in the top layer, where neither an overlay nor a transformed `body` reaches; unless the site says
 * by `--bandeau-z-index` what it is to stand between. Returns its stop.
 */
export const showAbove = (root: HTMLElement): (() => void) => {
  if (!getComputedStyle(root).getPropertyValue('--bandeau-z-index')) {
    root.popover = 'manual';
    // Browsers from before 2024 have none.
    root.showPopover?.();
  }
  return keepClear(root);
};
