/**
 * What is put into every page that is timed, the same for all. `bench.seen(selector)` tells when something is on the screen: it
 * has a box inside of the window, it is visible, and it and everything around it is opaque. It looks once in a frame and tells the time of
 * the task after that frame. Parts of a selector that ` >>> ` divides are looked for inside of open shadow roots.
 */
const SEEN = `
const find = (selector) => selector.split(' >>> ').reduce((root, part) => {
  const found = root?.querySelector(part);
  return found?.shadowRoot ?? found;
}, document);
const isSeen = (element) => {
  const { width, height, top, left, bottom, right } = element.getBoundingClientRect();
  if (!width || !height || bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth) return false;
  if (getComputedStyle(element).visibility !== 'visible') return false;
  for (let one = element; one; one = one.parentElement ?? one.getRootNode().host)
    if (+getComputedStyle(one).opacity < 0.99) return false;
  return true;
};
const afterFrame = (tell) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { tell(performance.now()); port1.close(); };
  port2.postMessage(0);
};
const seen = (selector) => new Promise((resolve) => {
  const look = () => {
    const element = find(selector);
    if (element && isSeen(element)) afterFrame(resolve);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});`;

/** Everything below an element, open shadow roots included. */
const ELEMENTS = `
const count = (root) => {
  const all = [...root.querySelectorAll('*')];
  return all.reduce((sum, { shadowRoot }) => sum + (shadowRoot ? count(shadowRoot) : 0), all.length);
};
const elements = () => count(document);`;

/** The next click and how long the browser says that it took until something was painted. */
const CLICK = `
const watchClick = () => {
  addEventListener('click', (event) => { bench.clicked = event.timeStamp; }, { capture: true, once: true });
  bench.duration = 0;
  new PerformanceObserver((list) => {
    for (const { duration, interactionId } of list.getEntries())
      if (interactionId) bench.duration = Math.max(bench.duration, duration);
  }).observe({ type: 'event', durationThreshold: 16 });
};
const quiet = () => new Promise((resolve) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 100))));`;

/** What the browser has kept about how the page was painted. */
const PAINTS = `
const entriesOf = (type) => new Promise((resolve) => {
  const observer = new PerformanceObserver((list) => { observer.disconnect(); resolve(list.getEntries()); });
  observer.observe({ type, buffered: true });
  setTimeout(() => resolve([]), 50);
});
const paints = async () => ({
  lcp: (await entriesOf('largest-contentful-paint')).at(-1)?.startTime ?? null,
  shift: (await entriesOf('layout-shift')).reduce((sum, { value }) => sum + value, 0),
});`;

const TOOLS = `${SEEN}${ELEMENTS}${CLICK}${PAINTS}
const bench = window.bench = { seen, elements, watchClick, quiet, paints };`;

/** Brought into a page that has loaded without being watched. */
export const LATE_PROBE = `(() => {${TOOLS}})()`;

/** There from the start: `bench.shown` is when the selector was first seen. */
export const probeFor = (selector: string | undefined) =>
  `(() => {${TOOLS}${selector ? `bench.shown = seen(${JSON.stringify(selector)}).then((time) => (bench.shownAt = time));` : ''}})()`;
