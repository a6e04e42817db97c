import { isCarrier, isScript, MARK, MARKS } from './carriers.ts';
import type { HeldElements } from './held-elements.ts';
import type { DoorPlace } from './patch.ts';

const ATTRIBUTE = RegExp(`^(?:xlink:)?(${MARKS.join('|')})$`, 'i');

/**
 * Every way in which a script gives an element its source: the properties, and the methods that set an
 * attribute. However the element is made and wherever it is inserted, nothing is requested without one.
 */
export function attributeDoors(held: HeldElements, realm: typeof globalThis): DoorPlace[] {
  const set = (self: unknown, written: unknown, given: unknown): readonly [undefined] | undefined => {
    const name = ATTRIBUTE.exec(`${written}`)?.[1]?.toLowerCase();
    const element = self as Element;
    if (!name || !isCarrier(element)) return undefined;
    const value = `${given}`;
    if (name === 'type') {
      // A script may get its type after its address.
      if (!element.hasAttribute(MARK + name)) return undefined;
      element.setAttribute(MARK + name, value);
      return [undefined];
    }
    // What was held for this attribute is no longer wanted.
    if (isScript(element)) held.restore(element, 'type');
    else element.removeAttribute(MARK + name);
    return held.hold(element, name, value) && !isScript(element) ? [undefined] : undefined;
  };
  return [
    [
      realm.Element.prototype,
      ['setAttribute', 'setAttributeNS', 'setAttributeNode', 'setAttributeNodeNS'],
      (self, args) => {
        const [node] = args as Attr[];
        return node?.localName ? set(self, node.localName, node.value) : set(self, args.at(-2), args.at(-1));
      },
    ],
    ...Object.getOwnPropertyNames(realm)
      .filter((name) => /^HTML.+Element$/.test(name))
      .map(
        (name): DoorPlace => [
          Reflect.get(realm, name).prototype,
          MARKS,
          (self, [value], key) => set(self, key, value),
        ],
      ),
  ];
}
