/**
 * Runs an act that may take the focused element away. Where that leaves focus nowhere, it goes to the
 * page's main content, so that a keyboard goes on from there and not from the top of the browser (WCAG 2.4.3).
 */
export function keepFocus(act: () => void): void {
  const before = document.activeElement;
  act();
  if (before?.isConnected || document.activeElement !== document.body) return;
  const main = document.querySelector<HTMLElement>('main, [role=main], h1');
  if (!main) return;
  if (!main.hasAttribute('tabindex')) {
    main.tabIndex = -1;
    main.addEventListener('blur', () => main.removeAttribute('tabindex'), { once: true });
  }
  main.focus({ preventScroll: true });
}
