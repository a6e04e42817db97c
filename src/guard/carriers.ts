/** Attributes that make an element request something: an address, several, or a page of its own. */
export const SOURCES = ['src', 'href', 'srcset', 'data', 'poster', 'imagesrcset', 'srcdoc'];

const NAMES = 'script|img|image|iframe|frame|embed|object|link|source|video|audio|track|input';

/** Selects the elements that request such an address by themselves. A link of the visitor is none. */
export const CARRIERS: string = NAMES.replaceAll('|', ',');

const CARRIER = RegExp(`^(${NAMES})$`);
export const isCarrier = (element: Element): boolean => CARRIER.test(element.localName);
export const isScript = (element: Element): boolean => element.localName === 'script';

/** The beginning of a carrier in a text of HTML: its name, and its attributes up to the `>`. */
export const TAG: RegExp = RegExp(`<(${NAMES})(?=[\\s/])((?:"[^"]*"|'[^']*'|[^"'>])*)`, 'gi');
/** A source in such attributes: what is before it, its name, and its value as it is written. */
export const SOURCE: RegExp = RegExp(
  `([\\s/"'])(${SOURCES.join('|')})\\s*=\\s*("[^"]*"|'[^']*'|[^\\s>]+)`,
  'gi',
);

/**
 * What is held is marked by an attribute: `data-bandeau-held-src` has the address that `src` would have. A
 * script keeps its address and is `type="text/plain"`, its own type being in `data-bandeau-held-type`: so it
 * is found by its address, keeps its listeners and its nonce, and can't run twice.
 */
export const MARK = 'data-bandeau-held-';
export const MARKED: string = [...SOURCES, 'type'].map((name) => `[${MARK}${name}]`).join();
