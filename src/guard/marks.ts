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

/**
 * Selects what requests the address in its attributes by itself. A link is for the visitor to follow, and what
 * an element of the site's own does with its `src` comes through the doors in its turn.
 */
export const REQUESTERS =
  'script,img,iframe,link,source,video,audio,embed,object,input,track,image,use,feImage,frame';
const names = REQUESTERS.replaceAll(',', '|');
/** The name of one. */
export const REQUESTER: RegExp = RegExp(`^(${names})$`, 'i');
/** The tag of one in a text of HTML, without its end. */
export const TAG: RegExp = RegExp(`<(${names})\\b("[^"]*"|'[^']*'|[^>])*`, 'gi');

/** In a tag, each attribute that has a value: its name, and the value as it is written. */
export const ATTRIBUTE: RegExp = /([^\s"'<>/=]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/g;

/** Without the prefix that SVG had, which browsers read alike. */
export const plainName = (name: string): string => name.toLowerCase().replace('xlink:', '');

/** One of HTML: the other kind, of SVG, is held by its address as everything else is. */
export const isScript = (element: Element): boolean => element.tagName === 'SCRIPT';
