/** @jsxImportSource ../lib/dom-jsx */
import type { InterfaceProps } from './contract.ts';

const STATUS = '[data-bandeau-layer=status]';

/**
 * A live region beside the banner, so that it outlives it: it says to screen readers that there is something to
 * answer, once, and later that the answer is kept (WCAG 4.1.3).
 * @param announcement empty where focus goes to what is shown, and says so by itself
 */
export function announce({ handle, texts, locale }: InterfaceProps, announcement: string): void {
  document.querySelector(STATUS)?.remove();
  const region = (<div data-bandeau-layer="status" role="status" lang={locale} />) as HTMLElement;
  // Seen by nobody, heard by those who hear the page.
  Object.assign(region.style, {
    position: 'fixed',
    inset: '0 auto auto 0',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  });
  document.body.append(region);
  // What a region has when it comes is not told; what changes in it is.
  requestAnimationFrame(() => {
    region.textContent ||= announcement;
  });
  const stopListening = handle.$receipt.listen((receipt) => {
    stopListening();
    if (receipt) region.textContent = handle.$isStored.get() ? texts.saved : texts.notSaved;
  });
}
