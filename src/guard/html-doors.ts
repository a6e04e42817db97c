import type { Trust } from '../lib/trust.ts';
import type { HeldElements } from './held-elements.ts';
import { ATTRIBUTE, MARK, MARKS, plainName, TAG } from './marks.ts';
import type { DoorPlace, Realm } from './patch.ts';
import type { Rules } from './rules.ts';

const DOORS = [
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'setHTML',
  'setHTMLUnsafe',
  'write',
  'writeln',
  'createContextualFragment',
];

/**
 * Every way in which a script gives the parser a text of HTML. Denied sources are marked in the text, since
 * what the parser makes of it has begun to load when anybody else sees it.
 */
export function htmlDoors({ deniedSource }: Rules, { collect }: HeldElements, realm: Realm): DoorPlace[] {
  const { document, trustedTypes } = realm;
  const markTag = (tag: string) =>
    tag.replace(ATTRIBUTE, (all, name, value) =>
      MARKS.includes(plainName(name)) && deniedSource(value, document.baseURI)
        ? MARK + all.replace(/^xlink:/i, '')
        : all,
    );
  /** What the page vouched for and has lost nothing but addresses since; nothing where it vouches for no more. */
  let policy: Trust | undefined;
  const trust = (html: string) => {
    try {
      policy ??= trustedTypes?.createPolicy('bandeau-guard', { createHTML: String });
    } catch {
      // The page's `trusted-types` does not name it.
    }
    return policy ? policy.createHTML(html) : trustedTypes?.emptyHTML;
  };
  return [realm.Element, realm.ShadowRoot, realm.Document, realm.Range].map(({ prototype }) => [
    prototype,
    DOORS,
    (self, args) => {
      args.forEach((given, index) => {
        const html = `${given}`;
        const marked = html.replace(TAG, markTag);
        if (marked === html) return;
        args[index] = trustedTypes?.isHTML(given) ? trust(marked) : marked;
        queueMicrotask(() => collect(((self as Node).getRootNode?.() ?? document) as ParentNode));
      });
    },
  ]);
}
