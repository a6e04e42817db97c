import { findIn } from '../lib/find-in.ts';
import { watchPage } from '../lib/watch-page.ts';
import { findMarks, type MarkupMap } from './marks.ts';

export type { MarkupMap } from './marks.ts';

/** What is marked for other tools and may act: a script that no browser runs, or an address that waits. */
const WAITING = ['src', 'srcset', 'href'].map((name) => `[data-${name}]`).join();
const HELD = `:is(script[type="text/plain"],:not(script,a,area,base):is(${WAITING},[data-cookieblock-src])):not([data-category])`;

/**
 * Gives what is marked for another tool the mark of this one, also what is added later: call it before `createConsent`.
 * It holds nothing that the other tool's mark does not hold, and releases nothing: that is the gate's. What stands for
 * no id or for several stays as it is, that is held, and is told in the console.
 * @returns its stop
 */
export function readMarkup(map: MarkupMap): () => void {
  const told = new Set<string>();
  /** By element: the id that it was given here, which follows what the other tool's mark says. */
  const given = new WeakMap<Element, string>();
  const mark = (element: Element) => {
    const before = element.getAttribute('data-service');
    // The page's own mark goes before.
    if (before !== null && before !== given.get(element)) return;
    const marks = findMarks(element, map);
    const names = marks.map(({ name }) => name).join();
    const [id, ...others] = new Set(marks.map((one) => one.id));
    if (id && others.length === 0) {
      const src = element.getAttribute('data-cookieblock-src');
      if (src !== null && !element.hasAttribute('data-src')) element.setAttribute('data-src', src);
      given.set(element, id);
      // The id of a category decides by itself there, as that of a service does.
      if (id !== before) element.setAttribute('data-service', id);
      return;
    }
    if (before !== null) {
      // What has been given its address is only looked at again, and emptied, while it has a mark: one that nothing answers.
      given.set(element, '');
      if (before) element.setAttribute('data-service', '');
    }
    if (marks[0] && !told.has(names)) {
      told.add(names);
      const why = marks.every((one) => one.id) ? 'needs more than one answer' : 'not all in the map';
      console.warn(`bandeau: stays held, "${names}" ${why}:`, element);
    }
  };

  const attributes = ['type', 'data-src', 'data-cookieblock-src'];
  if (map.cookiebot) attributes.push('data-cookieconsent');
  if (map.klaro) attributes.push('data-name');
  if (map.oneTrust) attributes.push('class');
  const page = watchPage(attributes);
  const stopLooking = page.subscribe((roots) => {
    for (const root of roots) for (const element of findIn(root, HELD)) mark(element);
  });
  page.scan();
  return () => {
    stopLooking();
    for (const stop of page.stops) stop();
  };
}
