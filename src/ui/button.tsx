import { adoptStyles } from '../lib/adopt-styles.ts';
import { findBody } from '../lib/find-body.ts';
import { drawIcon } from './button-icon.ts';
import { findFocusables, findRoom } from './button-room.ts';
import type { ButtonProps } from './contract.ts';
import css from './styles/button.css';

/** What leads to the preferences otherwise, or another instance's button. */
const WAYS_BACK =
  ':is([data-bandeau=preferences],[data-bandeau=banner],[data-bandeau=inline],[data-bandeau-layer=button])';

/** What moves the page under the button. A transition ends where a menu has come to. */
const MOVES = ['scroll', 'resize', 'focusin', 'transitionend', 'animationend'];

/**
 * A round button that opens the preferences, on pages that have no other way back (GDPR 7(3)). Returns its stop.
 */
export function mountButton({ handle, locale, appearance, words }: ButtonProps): () => void {
  const isAtEnd = /end/.test(appearance.position ?? '');
  const dropStyles = adoptStyles(css);
  const root = document.createElement('button');
  const over = new AbortController();
  const { signal } = over;
  let focusables: readonly Element[] | null = null;
  let frame = 0;

  const attributes = {
    type: 'button',
    'data-bandeau-root': '',
    'data-bandeau-layer': 'button',
    lang: locale,
    title: words.title,
    'aria-label': words.title,
  };
  for (const [name, value] of Object.entries(attributes)) root.setAttribute(name, value);
  root.append(drawIcon());
  root.onclick = () => {
    // Safari does not focus what is clicked, and focus must have somewhere to go back to.
    root.focus();
    handle.open('preferences');
  };

  /** @returns what it must not cover; nothing while it is not wanted */
  const comeOrGo = (): readonly Element[] => {
    if ([...document.querySelectorAll(WAYS_BACK)].some((way) => way !== root)) {
      root.remove();
      return [];
    }
    if (!root.isConnected) {
      findBody()?.append(root);
      // As the first layer does: a transformed `body` does not move what is in the top layer.
      if (!getComputedStyle(root).getPropertyValue('--bandeau-z-index')) {
        root.popover = 'manual';
        root.showPopover?.();
      }
    }
    return findFocusables();
  };
  const look = () => {
    frame = 0;
    focusables ??= comeOrGo();
    const surface = handle.$surface.get();
    // The dialog gives focus back to what had it, which must be able to take it.
    root.style.opacity = surface === 'preferences' ? '0' : '';
    root.style.visibility =
      surface === 'banner' || (!surface && !findRoom(root, isAtEnd, focusables)) ? 'hidden' : '';
    // What it changes of itself is no change of the page.
    observer.takeRecords();
  };
  const lookSoon = () => {
    frame ||= requestAnimationFrame(look);
  };
  const readAgain = () => {
    focusables = null;
    lookSoon();
  };
  const observer = new MutationObserver(readAgain);
  const resizes = new ResizeObserver(lookSoon);

  for (const type of MOVES) addEventListener(type, lookSoon, { capture: true, passive: true, signal });
  observer.observe(document, { attributes: true, childList: true, subtree: true });
  resizes.observe(document.documentElement);
  const stopListening = handle.$surface.subscribe(readAgain);

  return () => {
    cancelAnimationFrame(frame);
    over.abort();
    observer.disconnect();
    resizes.disconnect();
    stopListening();
    root.remove();
    dropStyles();
  };
}
