import type { DeniedValues } from './denied-values.ts';
import type { HeldElements } from './held-elements.ts';
import { type Door, patch } from './patch.ts';

/**
 * Every way in which a script gives the parser a text of HTML. Denied addresses are marked in the text, since
 * what the parser makes of it has begun to load when anybody else sees it.
 */
export function htmlDoors(
  { mark }: DeniedValues,
  held: HeldElements,
  realm: typeof globalThis,
): (() => void)[] {
  const { document, Element, ShadowRoot, Document, Range } = realm;
  let trusted: ((html: string) => unknown) | undefined;
  /** The page vouched for the text, which loses nothing but addresses. */
  const trust = (html: string) => {
    if (!trusted) {
      const policy = Reflect.get(realm, 'trustedTypes').createPolicy('bandeau-guard', {
        createHTML: (html: string) => html,
      });
      trusted = (html) => policy.createHTML(html);
    }
    return trusted(html);
  };
  const door: Door = (self, args) => {
    args.forEach((html, index) => {
      const text = `${html}`;
      const marked = mark(text, document.baseURI);
      if (marked === text) return;
      args[index] = typeof html === 'string' ? marked : trust(marked);
      const root = (self as Node).getRootNode?.() ?? document;
      queueMicrotask(() => held.collect(root as ParentNode));
    });
  };
  return [
    ...[Element.prototype, ShadowRoot.prototype].flatMap((target) =>
      ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe'].map((key) =>
        patch(target, key, door),
      ),
    ),
    ...['write', 'writeln'].map((key) => patch(Document.prototype, key, door)),
    patch(Range.prototype, 'createContextualFragment', door),
  ];
}
