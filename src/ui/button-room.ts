/** What can have the focus, or stands for something that can: a label for its invisible checkbox. */
const FOCUSABLE =
  'a[href],button,input,select,textarea,summary,label,iframe,[contenteditable],[tabindex]:not([tabindex="-1"]),:is(audio,video)[controls]';

/** What fills the window leaves no room anywhere: the way back goes first there. */
const fillsWindow = ({ top, bottom, left, right }: DOMRect) =>
  top <= 0 && left <= 0 && bottom >= innerHeight && right >= document.documentElement.clientWidth;

export const findFocusables = (): Element[] => [...document.querySelectorAll(FOCUSABLE)];

/**
 * Puts the button where it is over nothing that can have the focus (R71): in its corner, in the other one, else
 * half way up on either side. Every box is read, once: points of the page that are asked what lies there would miss
 * a small box between two of them, and whatever ignores the pointer.
 * @returns false where there is no room
 */
export function findRoom(root: HTMLElement, isAtEnd: boolean, focusables: readonly Element[]): boolean {
  const boxes = focusables.map((element) => ({ element, box: element.getBoundingClientRect() }));
  return [false, true].some((isMiddle) =>
    [isAtEnd, !isAtEnd].some((isEnd) => {
      root.toggleAttribute('data-middle', isMiddle);
      root.toggleAttribute('data-end', isEnd);
      const { top, bottom, left, right } = root.getBoundingClientRect();
      return !boxes.some(
        ({ element, box }) =>
          box.top < bottom &&
          box.bottom > top &&
          box.left < right &&
          box.right > left &&
          element !== root &&
          !fillsWindow(box) &&
          // A menu that is closed can cover the whole page.
          element.checkVisibility?.({ visibilityProperty: true }) !== false,
      );
    }),
  );
}
