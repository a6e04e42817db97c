import { MARK, SOURCE, TAG } from './carriers.ts';
import type { HeldElements } from './held-elements.ts';
import type { DoorPlace } from './patch.ts';
import type { Rules } from './rules.ts';

/**
 * Every way in which a script gives the parser a text of HTML. Denied sources are marked in the text, since
 * what the parser makes of it has begun to load when anybody else sees it.
 */
export function htmlDoors(rules: Rules, held: HeldElements, realm: typeof globalThis): DoorPlace[] {
  const { document } = realm;
  let trusted: { createHTML(html: string): unknown } | undefined;
  return [realm.Element, realm.ShadowRoot, realm.Document, realm.Range].map(({ prototype }) => [
    prototype,
    [
      'innerHTML',
      'outerHTML',
      'insertAdjacentHTML',
      'setHTMLUnsafe',
      'write',
      'writeln',
      'createContextualFragment',
    ],
    (self, args) => {
      args.forEach((html, index) => {
        const text = `${html}`;
        const marked = text.replace(TAG, (tag) =>
          tag.replace(SOURCE, (all: string, _, name: string, value: string) =>
            rules.deniedSource(value.replace(/^["']|["']$/g, ''), document.baseURI, name.toLowerCase())
              ? all[0] + MARK + all.slice(1)
              : all,
          ),
        );
        if (marked === text) return;
        if (typeof html === 'string') args[index] = marked;
        else {
          // The page vouched for the text, which loses nothing but addresses.
          trusted ??= Reflect.get(realm, 'trustedTypes').createPolicy('bandeau-guard', {
            createHTML: String,
          });
          args[index] = trusted?.createHTML(marked);
        }
        const root = (self as Node).getRootNode?.() as ParentNode;
        queueMicrotask(() => held.collect(root ?? document));
      });
    },
  ]);
}
