import type { Trust } from '../../lib/trust.ts';

/** What a released script leaves where it was held: neither held nor run, also in a copy. */
const RELEASED = 'text/x-released';

const sourceOf = (held: HTMLScriptElement) => held.getAttribute('src') || held.getAttribute('data-src');
const typeOf = (held: HTMLScriptElement) => held.getAttribute('data-type') ?? '';

/** Inline scripts run the moment they are inserted, so they must wait for the external ones before them. */
export const isInline = (held: HTMLScriptElement): boolean => !sourceOf(held);

/** Whether the browser would have run it only after the page was parsed. */
export const isDeferred = (held: HTMLScriptElement): boolean =>
  !held.hasAttribute('async') &&
  (typeOf(held) === 'module' || (held.hasAttribute('defer') && !isInline(held)));

/**
 * Whether the parser is done with an inline script: while a page loads, it is seen before its text is. At its
 * end tag the parser leaves a script that it did not run to run as if a script had made it, that is async.
 * Source: https://html.spec.whatwg.org/multipage/scripting.html#prepare-the-script-element (step 4)
 */
export const isWhole = (held: HTMLScriptElement): boolean =>
  document.readyState !== 'loading' || !isInline(held) || (held.async && !held.hasAttribute('async'));

/**
 * Lets a held script run, exactly as it was written, from a new element: the old one would not run when it
 * came through `innerHTML`. It takes the place of the old one; but that stays behind it where it has properties
 * of somebody's, since a framework that knows it will look for it.
 * @param isAsync runs when it comes, whatever was inserted before it
 * @param prepare is given the new element before it is inserted: an inline script runs at once
 * @returns the element that runs
 * @throws {TypeError} when the page's Trusted Types forbid it
 */
export function release(
  held: HTMLScriptElement,
  trust: Trust,
  isAsync: boolean,
  prepare: (script: HTMLScriptElement) => void,
): HTMLScriptElement {
  const src = sourceOf(held);
  // No copy of it, though that is faster: one that came through `innerHTML` has been run already, and so has its copy.
  let script = document.createElement('script');
  try {
    // Not the list of attributes: it makes an object of each.
    for (const name of held.getAttributeNames()) {
      if (!/^(data-)?(src|type|bandeau-held)$/.test(name)) {
        script.setAttribute(name, held.getAttribute(name) ?? '');
      }
    }
    if (src) script.src = trust.createScriptURL(src);
    else script.text = trust.createScript(held.text);
  } catch (error) {
    // Trusted Types without a policy refuse a text or an address that a script sets. The element that
    // the parser made has both, unless its address is in data-src: it runs when it is inserted again.
    if (src && !held.hasAttribute('src')) throw error;
    script = held;
  }
  // The attribute reads as empty under a Content-Security-Policy; the property doesn't.
  script.nonce = held.nonce;
  script.type = typeOf(held);
  // A script that was made by a script is async unless told otherwise.
  script.async = isAsync;
  prepare(script);
  const { parentNode, nextSibling } = held;
  if (script === held) {
    held.remove();
    parentNode?.insertBefore(script, nextSibling);
  } else {
    held.type = RELEASED;
    // The page finds the one that runs.
    held.removeAttribute('id');
    if (Object.keys(held)[0]) held.before(script);
    else held.replaceWith(script);
  }
  return script;
}

/** Stops a script that is being fetched: in a document without a window it will not run. */
export function abandon(script: HTMLScriptElement): void {
  new Document().adoptNode(script);
}
