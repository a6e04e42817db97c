import type { NormalizedPolicy } from '../../policy/normalize.ts';

/** What a held element has instead of the attribute of the same name without `data-`. */
export const HELD_ATTRIBUTES = ['src', 'srcset', 'href', 'srcdoc', 'poster', 'style', 'data'] as const;

/** A change of one of these may hold, or let go. */
export const OBSERVED = [...HELD_ATTRIBUTES, 'category', 'service', 'bandeau'].map((name) => `data-${name}`);

/**
 * Scripts that the browser neither runs nor fetches, since `text/plain` makes them data blocks; and elements
 * whose address waits in `data-…`. Links that a visitor follows are left out: an address of theirs could be a
 * script, and HTML of visitors may carry any `data-…`.
 */
const HELD = `:is([data-category],[data-service]):is(script[type="text/plain"],:not(script,a,area,base):is(${HELD_ATTRIBUTES.map((name) => `[data-${name}]`)}))`;

/** Held elements in `root`, itself included, in document order. */
export function findHeld(root: Node): HTMLElement[] {
  // The short question first: most pages have nothing that is marked.
  const below = (root as ParentNode).querySelectorAll?.('[data-category],[data-service]') ?? [];
  return [root, ...below].filter(isHeld) as HTMLElement[];
}

/** One of HTML, also of another window; those of SVG are fetched whatever their type. */
export const isScript = (element: Element): element is HTMLScriptElement => element.tagName === 'SCRIPT';

/** For a script: false once it was released, also by another instance on the page. */
export const isHeld = (node: Node): boolean =>
  // The page's markup can shadow what an element has: <form><input name="matches">.
  node.nodeType === Node.ELEMENT_NODE &&
  Element.prototype.matches.call(node, HELD) &&
  (isScript(node as Element) || (node as Element).localName !== 'script');

/**
 * The id that decides about a held element: its service, else its category. Undefined when the policy does
 * not know it, or when the two contradict each other: then it stays held.
 */
export function gateId(element: Element, policy: NormalizedPolicy): string | undefined {
  // Not `dataset`, which takes what a polluted prototype has for an attribute.
  const category = element.getAttribute('data-category');
  const id = element.getAttribute('data-service') ?? category ?? '';
  const known = policy.categoryOf.get(id);
  return known && (category ?? known) === known ? id : undefined;
}
