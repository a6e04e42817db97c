import { findBody } from './find-body.ts';

/** Where a keyboard goes on from: the content, else the first thing that can have the focus. */
const PLACES = ['main,[role=main]', 'h1', 'a[href],button,input,[tabindex]'];

/**
 * Runs an act that may take the focused element away. Where that leaves focus nowhere, it goes to the
 * page's main content, so that a keyboard goes on from there and not from the top of the browser (WCAG 2.4.3).
 */
export function keepFocus(act: () => void): void {
  const before = document.activeElement;
  act();
  if (before?.isConnected || document.activeElement !== findBody()) return;
  for (const place of PLACES.flatMap((one) => [...document.querySelectorAll<HTMLElement>(one)])) {
    const isOurs = !place.hasAttribute('tabindex') && place.tabIndex < 0;
    if (isOurs) place.tabIndex = -1;
    place.focus({ preventScroll: true });
    const isThere = document.activeElement === place;
    const putBack = () => place.removeAttribute('tabindex');
    if (isOurs && isThere) place.addEventListener('blur', putBack, { once: true });
    else if (isOurs) putBack();
    // What is hidden takes none.
    if (isThere) return;
  }
}
