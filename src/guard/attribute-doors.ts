import type { HeldElements } from './held-elements.ts';
import { MARKS } from './marks.ts';
import type { DoorPlace, Realm } from './patch.ts';

/**
 * Every way in which a script gives an element its source: the properties, and the methods that set an
 * attribute. However the element is made and wherever it is inserted, nothing is requested without one.
 */
export function attributeDoors({ hold, meet }: HeldElements, realm: Realm): DoorPlace[] {
  const door = (self: unknown, name: unknown, value: unknown): readonly [undefined] | undefined =>
    hold(self as Element, `${name}`, `${value}`) ? [undefined] : undefined;
  return [
    [
      realm.Element.prototype,
      ['setAttribute', 'setAttributeNS', 'setAttributeNode', 'setAttributeNodeNS'],
      (self, args) => {
        const [node] = args as Attr[];
        return node?.localName
          ? door(self, node.localName, node.value)
          : door(self, args.at(-2), args.at(-1));
      },
    ],
    [
      realm.NamedNodeMap.prototype,
      ['setNamedItem', 'setNamedItemNS'],
      (_self, [node], _key, call) => {
        // A list does not tell whose it is; an attribute in it does.
        const probe = realm.document.createAttribute('data-bandeau');
        call([probe]);
        const { ownerElement } = probe;
        ownerElement?.removeAttributeNode(probe);
        const { localName, value } = node as Attr;
        return door(ownerElement, localName, value);
      },
    ],
    [
      realm.Attr.prototype,
      ['value'],
      (self, [value]) => {
        const { ownerElement, localName } = self as Attr;
        return door(ownerElement, localName, value);
      },
    ],
    [
      realm,
      ['Audio'],
      (_, [address]) => {
        const audio = realm.document.createElement('audio');
        audio.preload = 'auto';
        return door(audio, 'src', address) && [audio];
      },
    ],
    [
      realm.HTMLTemplateElement.prototype,
      ['content'],
      // What the parser has put there comes into the page from here only.
      (_self, args, _key, call) => meet(call(args) as DocumentFragment),
    ],
    ...Object.getOwnPropertyNames(realm)
      .filter((name) => /^HTML.+Element$/.test(name))
      .map(
        (name): DoorPlace => [
          Reflect.get(realm, name).prototype,
          MARKS,
          (self, [value], key) => door(self, key, value),
        ],
      ),
  ];
}
