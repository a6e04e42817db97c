import type { Door, DoorPlace, Realm } from './patch.ts';

/**
 * The functions of a frame are not those of its page. A window of the same origin gets its doors when a script
 * reaches into it.
 * @param enter called with the window at each access; whatever it throws is about one that is out of reach
 */
export function frameDoors(realm: Realm, enter: (realm: Realm) => void): DoorPlace[] {
  const door: Door = (self, args, _, original) => {
    const reached = Reflect.apply(original, self, args);
    try {
      enter(reached.defaultView ?? reached);
    } catch {
      // Of another origin, or not there.
    }
    return [reached];
  };
  return [
    [realm, ['open'], door],
    ...[realm.HTMLIFrameElement, realm.HTMLObjectElement, realm.HTMLFrameElement].map(
      ({ prototype }): DoorPlace => [prototype, ['contentWindow', 'contentDocument'], door],
    ),
  ];
}
