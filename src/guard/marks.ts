/**
 * What is held is marked by an attribute: `data-bandeau-held-src` has what `src` would have. A script keeps
 * its `src` and is `type="text/plain"`, its own type being in `data-bandeau-held-type`: so the page finds it
 * by its address, and it keeps its listeners and its nonce.
 */
export const MARK = 'data-bandeau-held-';

/** Attributes that make an element request something: an address, several, or a page of its own. */
const SOURCES = ['src', 'href', 'srcset', 'data', 'poster', 'srcdoc'];
/** What a mark may stand for. */
export const MARKS: readonly string[] = [...SOURCES, 'type'];
/** Selects what is marked. */
export const MARKED: string = MARKS.map((name) => `[${MARK}${name}]`).join();

/** A source in a text of HTML: the sign before it, and its value as it is written. */
export const SOURCE: RegExp = RegExp(
  `([\\s/"'])(?:${SOURCES.join('|')})\\s*=\\s*("[^"]*"|'[^']*'|[^\\s>]+)`,
  'gi',
);

/** A tag whose address is for the visitor to follow, or for others to be relative to. */
export const LINK = /^<?(a|area|base)\b/i;

/** One of HTML: the other kind, of SVG, is held by its address as everything else is. */
export const isScript = (element: Element): boolean => element.tagName === 'SCRIPT';
