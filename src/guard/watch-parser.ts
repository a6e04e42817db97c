import type { HeldElements } from './held-elements.ts';

/**
 * Neutralises what the parser makes, one element after the other, before it is run. The observer ends with
 * the parser, so that a page that has loaded pays nothing.
 */
export function watchParser({ hold }: HeldElements): void {
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) {
        const script = node as HTMLScriptElement;
        // A script that a script made is async without saying so, and has begun to load when it is seen here.
        if (!script.attributes?.length || (script.async && !script.hasAttribute('async'))) continue;
        for (const { name, value } of [...script.attributes]) hold(script, name, value);
      }
    }
  });
  observer.observe(document, { childList: true, subtree: true });
  document.addEventListener('DOMContentLoaded', () => observer.disconnect());
}
