import { isCarrier, isScript, SOURCES } from './carriers.ts';
import { type HeldElements, markOf } from './held-elements.ts';
import { type Door, patch } from './patch.ts';

const ATTRIBUTE = RegExp(`^(?:xlink:)?(${SOURCES.join('|')}|type)$`, 'i');
const CLASSES = 'Script,Image,IFrame,Frame,Embed,Object,Link,Source,Media,Video,Track,Input';
const PROPERTIES = 'src,href,srcset,data,poster,imageSrcset,srcdoc';

/**
 * Every way in which a script gives an element its source: the properties, and the methods that set an
 * attribute. However the element is made and wherever it is inserted, nothing is requested without one.
 */
export function attributeDoors(held: HeldElements, realm: typeof globalThis): (() => void)[] {
  const setSource = (element: Element, name: string, value: string): readonly [undefined] | undefined => {
    const mark = markOf(element, name);
    const isMarked = element.hasAttribute(mark);
    if (name === 'type') {
      // A script may get its type after its address.
      if (!isMarked || !isScript(element)) return undefined;
      element.setAttribute(mark, value);
      return [undefined];
    }
    if (isMarked) held.unmark(element, name);
    return held.hold(element, name, value, false) && !isScript(element) ? [undefined] : undefined;
  };
  const attribute =
    (read: (args: unknown[]) => readonly [name: unknown, value: unknown]): Door =>
    (self, args) => {
      const [written, value] = read(args);
      const name = ATTRIBUTE.exec(`${written}`)?.[1]?.toLowerCase();
      return name && isCarrier(self as Element) ? setSource(self as Element, name, `${value}`) : undefined;
    };
  const node = attribute(([attr]) => [(attr as Attr).localName, (attr as Attr).value]);
  const property =
    (name: string): Door =>
    (self, [value]) =>
      setSource(self as Element, name, `${value}`);

  const { prototype } = realm.Element;
  return [
    patch(
      prototype,
      'setAttribute',
      attribute(([name, value]) => [name, value]),
    ),
    patch(
      prototype,
      'setAttributeNS',
      attribute(([, name, value]) => [name, value]),
    ),
    patch(prototype, 'setAttributeNode', node),
    patch(prototype, 'setAttributeNodeNS', node),
    patch(realm.HTMLScriptElement.prototype, 'type', property('type')),
    ...CLASSES.split(',').flatMap((name) =>
      PROPERTIES.split(',').map((key) =>
        patch(Reflect.get(realm, `HTML${name}Element`)?.prototype, key, property(key.toLowerCase())),
      ),
    ),
  ];
}
