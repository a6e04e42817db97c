import { findBody } from '../lib/find-body.ts';
import type { InterfaceProps } from './contract.ts';

const STATUS = '[data-bandeau-layer=status]';
const LONG_ENOUGH_MS = 9000;

/**
 * A live region beside the banner, so that it outlives it: it says to screen readers that there is something to
 * answer, once, and later that the answer is kept, each time there is one (WCAG 4.1.3).
 * @param announcement empty where focus goes to what is shown, and says so by itself
 */
export function announce({ handle, texts, locale }: InterfaceProps, announcement: string): void {
  document.querySelector(STATUS)?.remove();
  const region = document.createElement('div');
  region.setAttribute('data-bandeau-layer', 'status');
  region.setAttribute('role', 'status');
  region.lang = locale;
  // Seen by nobody, heard by those who hear the page.
  region.style.cssText = 'position:fixed;clip-path:inset(50%)';
  findBody()?.append(region);
  let timer = 0;
  const say = (text: string) => {
    region.textContent = '';
    clearTimeout(timer);
    // Who reads the page later is not told of it as of a part of the page.
    if (text) timer = window.setTimeout(say, LONG_ENOUGH_MS, '');
    // What a region has when it comes, or when a dialog in front of it goes, is not told; what changes in it is.
    requestAnimationFrame(() => {
      region.textContent = text;
    });
  };
  say(announcement);
  const stopListening = handle.$receipt.listen((receipt) => {
    // Another one has taken its place.
    if (!region.isConnected) stopListening();
    else say(!receipt ? '' : handle.$isStored.get() ? texts.saved : texts.notSaved);
  });
}
