import { listen } from '../../lib/listen.ts';

const sourceOf = (held: HTMLScriptElement) => held.getAttribute('src') ?? held.dataset['src'];

/** Inline scripts run the moment they are inserted, so they must wait for the external ones before them. */
export const isInline = (held: HTMLScriptElement): boolean => !sourceOf(held);

/** Whether the browser would have run it only after the page was parsed. */
export const isDeferred = (held: HTMLScriptElement): boolean =>
  !held.hasAttribute('async') &&
  (held.dataset['type'] === 'module' || (held.hasAttribute('defer') && !isInline(held)));

/**
 * Lets a held script run, exactly as it was written.
 * @returns settled when the next inline script may run: at once, or when this one has loaded or failed
 * @throws {TypeError} when the page's Trusted Types forbid it
 */
export function release(held: HTMLScriptElement): Promise<unknown> | undefined {
  const src = sourceOf(held);
  const isAsync = held.hasAttribute('async');
  let script = document.createElement('script');
  try {
    for (const { name, value } of held.attributes) {
      if (!/^(data-)?(src|type)$/.test(name)) script.setAttribute(name, value);
    }
    if (src) script.src = src;
    else script.text = held.text;
  } catch (error) {
    // Trusted Types without a policy refuse a text or an address that a script sets. The element that
    // the parser made has both, unless its address is in data-src: it runs when it is inserted again.
    if (src && !held.hasAttribute('src')) throw error;
    script = held;
  }
  // The attribute reads as empty under a Content-Security-Policy; the property doesn't.
  script.nonce = held.nonce;
  script.type = held.dataset['type'] ?? '';
  // A script that was made by a script is async unless told otherwise.
  script.async = isAsync;
  const { parentNode, nextSibling } = held;
  held.remove();
  parentNode?.insertBefore(script, nextSibling);
  if (!src || isAsync) return undefined;
  return new Promise((resolve) => listen(script, ['load', 'error'], resolve));
}
