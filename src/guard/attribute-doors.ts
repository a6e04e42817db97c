import type { HeldElements } from './held-elements.ts';
import { MARKS } from './marks.ts';
import type { DoorPlace } from './patch.ts';

/**
 * Every way in which a script gives an element its source: the properties, and the methods that set an
 * attribute. However the element is made and wherever it is inserted, nothing is requested without one.
 */
export function attributeDoors({ hold }: HeldElements): DoorPlace[] {
  const door = (self: unknown, name: unknown, value: unknown): readonly [undefined] | undefined =>
    hold(self as Element, `${name}`, `${value}`) ? [undefined] : undefined;
  return [
    [
      Element.prototype,
      ['setAttribute', 'setAttributeNS', 'setAttributeNode', 'setAttributeNodeNS'],
      (self, args) => {
        const [node] = args as Attr[];
        return node?.localName
          ? door(self, node.localName, node.value)
          : door(self, args.at(-2), args.at(-1));
      },
    ],
    ...Object.getOwnPropertyNames(window)
      .filter((name) => /^HTML.+Element$/.test(name))
      .map(
        (name): DoorPlace => [
          Reflect.get(window, name).prototype,
          MARKS,
          (self, [value], key) => door(self, key, value),
        ],
      ),
  ];
}
