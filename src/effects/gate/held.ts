import type { NormalizedPolicy } from '../../policy/normalize.ts';

/** Scripts that the browser does not run and does not fetch: `text/plain` makes them data blocks. */
const HELD = 'script[type="text/plain"]:is([data-category],[data-service])';

/** Held scripts in `root`, itself included, in document order. */
export function findHeld(root: Node): HTMLScriptElement[] {
  const below = (root as ParentNode).querySelectorAll?.(HELD) ?? [];
  return [root, ...below].filter(isHeld) as HTMLScriptElement[];
}

/** False once another instance on the page has released it. */
export const isHeld = (node: Node): boolean => node instanceof HTMLScriptElement && node.matches(HELD);

/**
 * The id that decides about a held script: its service, else its category. Undefined when the policy does
 * not know it, or when the two contradict each other: then it stays held.
 */
export function gateId({ dataset }: HTMLScriptElement, policy: NormalizedPolicy): string | undefined {
  const { category, service } = dataset;
  const id = service ?? category ?? '';
  const known = policy.categoryOf.get(id);
  return known && (category ?? known) === known ? id : undefined;
}

/**
 * Whether the parser is done with a node. While a page loads, an inline script is seen before its text
 * is: it is whole once something follows it.
 */
export const isWhole = (node: Node | null): boolean =>
  document.readyState !== 'loading' || (!!node && (!!node.nextSibling || isWhole(node.parentNode)));
