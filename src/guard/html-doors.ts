import type { HeldElements } from './held-elements.ts';
import { LINK, MARK, SOURCE } from './marks.ts';
import type { DoorPlace } from './patch.ts';
import type { Rules } from './rules.ts';

const DOORS = [
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'setHTMLUnsafe',
  'write',
  'writeln',
  'createContextualFragment',
];

/**
 * Every way in which a script gives the parser a text of HTML. Denied sources are marked in the text, since
 * what the parser makes of it has begun to load when anybody else sees it.
 */
export function htmlDoors(rules: Rules, held: HeldElements, realm: typeof globalThis): DoorPlace[] {
  const { document } = realm;
  let trusted: { createHTML(html: string): unknown } | undefined;
  const mark = (all: string, before: string, value: string, at: number, html: string) =>
    rules.deniedSource(value, document.baseURI) && !LINK.test(html.slice(html.lastIndexOf('<', at)))
      ? before + MARK + all.slice(1)
      : all;
  return [realm.Element, realm.ShadowRoot, realm.Document, realm.Range].map(({ prototype }) => [
    prototype,
    DOORS,
    (self, args) => {
      args.forEach((html, index) => {
        const text = `${html}`;
        const marked = text.replace(SOURCE, mark);
        if (marked === text) return;
        if (typeof html === 'string') args[index] = marked;
        else {
          // The page vouched for the text, which loses nothing but addresses.
          trusted ??= Reflect.get(realm, 'trustedTypes').createPolicy('bandeau-guard', {
            createHTML: String,
          });
          args[index] = trusted?.createHTML(marked);
        }
        queueMicrotask(() => held.collect(((self as Node).getRootNode?.() ?? document) as ParentNode));
      });
    },
  ]);
}
