/**
 * Keeps what has the focus in the page out from under the banner (WCAG 2.4.11): the page scrolls it clear; where
 * it can't, at the very end of a page or in a part that scrolls by itself, the banner goes to the corner that is
 * farthest from it meanwhile. Returns its stop.
 * @param onMeasured is called in each frame in which the banner has got another size, once that is known
 */
export function keepClear(root: HTMLElement, onMeasured: () => void): () => void {
  const sheet = new CSSStyleSheet();

  const stepAside = () => {
    // Where the banner has its place, whatever an animation or an earlier step makes of that.
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = root;
    // Only what shows its focus: who clicks with a mouse has seen what they click.
    let focused = document.activeElement ?? root;
    while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    if (!focused.matches(':focus-visible')) focused = root;
    const { left, right, top, bottom } = focused.getBoundingClientRect();
    let isHidden = !root.contains(focused);
    const away = (center: number, start: number, size: number, room: number) => {
      isHidden &&= center > start && center < start + size;
      const gap = Math.min(24, offsetLeft);
      return `${2 * center > room ? gap - start : room - start - size - gap}px `;
    };
    const translate =
      away((left + right) / 2, offsetLeft, offsetWidth, innerWidth) +
      away((top + bottom) / 2, offsetTop, offsetHeight, innerHeight);
    // It does not go back from under a mouse that is about to click an answer.
    if (isHidden || !root.matches(':hover')) root.style.translate = isHidden ? translate : '';
  };
  // The browser scrolls after the event, and perhaps smoothly.
  const look = () => requestAnimationFrame(stepAside);

  const observer = new ResizeObserver(() => {
    const { offsetTop, offsetHeight } = root;
    const below = innerHeight - offsetTop;
    onMeasured();
    const edge = offsetTop + offsetHeight < below ? `top:${offsetTop + offsetHeight}` : `bottom:${below}`;
    sheet.replaceSync(`:root{scroll-padding-${edge}px}`);
    look();
  });
  document.adoptedStyleSheets.push(sheet);
  observer.observe(root);
  const listening = new AbortController();
  for (const type of ['focusin', 'focusout', 'scroll'])
    document.addEventListener(type, look, { capture: true, signal: listening.signal });

  return () => {
    observer.disconnect();
    listening.abort();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}
