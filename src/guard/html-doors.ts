import type { HeldElements } from './held-elements.ts';
import { LINK, MARK, SOURCE } from './marks.ts';
import type { DoorPlace } from './patch.ts';
import type { Rules } from './rules.ts';

const DOORS = [
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'write',
  'writeln',
  'createContextualFragment',
];

/**
 * Every way in which a script gives the parser a text of HTML. Denied sources are marked in the text, since
 * what the parser makes of it has begun to load when anybody else sees it.
 */
export function htmlDoors(rules: Rules, held: HeldElements): DoorPlace[] {
  const mark = (all: string, before: string, value: string, at: number, html: string) =>
    !LINK.test(html.slice(html.lastIndexOf('<', at), at + 1)) && rules.deniedSource(value, document.baseURI)
      ? before + MARK + all.slice(1)
      : all;
  return [Element, ShadowRoot, Document, Range].map(({ prototype }) => [
    prototype,
    DOORS,
    (self, args) => {
      args.forEach((html, index) => {
        // Not what Trusted Types vouched for: a text that is made here would be refused.
        if (typeof html !== 'string') return;
        const marked = html.replace(SOURCE, mark);
        if (marked === html) return;
        args[index] = marked;
        queueMicrotask(() => held.collect(((self as Node).getRootNode?.() ?? document) as ParentNode));
      });
    },
  ]);
}
