import type { MeasuredAnswers } from './manifest.ts';

// These run in the page: nothing from outside of them is there.

/** Both answers of a layer; null where it has none. */
export function measureAnswers(root: Element): MeasuredAnswers | null {
  const find = (action: string) => root.querySelector(`[data-bandeau-action="${action}"]`);
  const accept = find('accept-all');
  const reject = find('reject-all');
  if (!accept || !reject) return null;
  const box = (element: Element) => element.getBoundingClientRect();
  const size = (element: Element) => {
    const { width, height } = box(element);
    return { width: Math.round(width * 100) / 100, height: Math.round(height * 100) / 100 };
  };
  const look = (element: Element) => {
    const style = getComputedStyle(element);
    return [
      style.color,
      style.backgroundColor,
      style.backgroundImage,
      style.borderStyle,
      style.borderWidth,
      style.borderColor,
      style.borderRadius,
      style.boxShadow,
      style.fontFamily,
      style.fontSize,
      style.fontWeight,
      style.textDecorationLine,
      style.opacity,
      style.visibility,
      style.clipPath,
      style.filter,
      style.transform,
    ].join();
  };
  const isInView = (element: Element) => {
    const { left, right, top, bottom } = box(element);
    const inside = left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
    return inside && element.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
  };
  const [one, other] = [box(accept), box(reject)];
  return {
    equal:
      Math.abs(one.width - other.width) < 1 &&
      Math.abs(one.height - other.height) < 1 &&
      look(accept) === look(reject),
    inView: isInView(accept) && isInView(reject),
    accept: size(accept),
    reject: size(reject),
  };
}

/** How much of a layer is scrolled out of sight, in pixels. */
export function measureHidden(root: Element): number {
  const hidden = [root, ...root.querySelectorAll('*')].map((element) =>
    /auto|scroll/.test(getComputedStyle(element).overflowY) ? element.scrollHeight - element.clientHeight : 0,
  );
  return Math.max(...hidden);
}

/**
 * Scrolls the part of a layer that scrolls.
 * @param step how many windows of it down
 * @returns whether there is more below
 */
export function scrollLayer(root: Element, step: number): boolean {
  const all = [root, ...root.querySelectorAll('*')];
  const scroller = all.find(
    (element) =>
      /auto|scroll/.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight,
  );
  if (!scroller) return false;
  // What is cut at the lower edge is whole on the next picture.
  scroller.scrollTop = step * Math.max(scroller.clientHeight - 100, 50);
  return scroller.scrollTop + scroller.clientHeight < scroller.scrollHeight - 1;
}
