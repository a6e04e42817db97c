/** Attributes that make an element request something: an address, several, or a page of its own. */
export const SOURCES = ['src', 'href', 'srcset', 'data', 'poster', 'srcdoc'];

const NAMES = 'script|img|image|iframe|embed|object|link|source|video|audio|track|input';

const CARRIER = RegExp(`^(${NAMES})$`);
/** Whether it requests such an address by itself. A link of the visitor doesn't. */
export const isCarrier = (element: Element): boolean => CARRIER.test(element.localName);
export const isScript = (element: Element): boolean => element.localName === 'script';

/** The beginning of a carrier in a text of HTML, up to its `>`. */
export const TAG: RegExp = RegExp(`<(${NAMES})[\\s/](?:"[^"]*"|'[^']*'|[^"'>])*`, 'gi');
/** A source in it: what is before it, its name, and its value as it is written. */
export const SOURCE: RegExp = RegExp(
  `([\\s/"'])(${SOURCES.join('|')})\\s*=\\s*("[^"]*"|'[^']*'|[^\\s>]+)`,
  'gi',
);

/**
 * What is held is marked by an attribute: `data-bandeau-held-src` has what `src` would have. A script keeps
 * its `src` and is `type="text/plain"`, its own type being in `data-bandeau-held-type`: so the page finds it
 * by its address, and it keeps its listeners and its nonce.
 */
export const MARK = 'data-bandeau-held-';
/** What a mark may stand for. */
export const MARKS: readonly string[] = [...SOURCES, 'type'];
export const MARKED: string = MARKS.map((name) => `[${MARK}${name}]`).join();
