import type { Door, DoorPlace, Realm } from './patch.ts';

/**
 * The functions of a frame are not those of its page. A window of the same origin gets its doors when a script
 * reaches into it.
 * @param enter called with the window at each access; whatever it throws is about one that is out of reach
 */
export function frameDoors(realm: Realm, enter: (realm: Realm) => void): DoorPlace[] {
  const door: Door = (_self, args, _key, call) => {
    const reached = call(args) as (Window & Document) | null;
    try {
      enter((reached?.defaultView ?? reached) as Realm);
    } catch {
      // Of another origin, or not there.
    }
    return [reached];
  };
  return [
    [realm, ['open'], door],
    ...[realm.HTMLIFrameElement, realm.HTMLObjectElement].map(
      ({ prototype }): DoorPlace => [prototype, ['contentWindow', 'contentDocument'], door],
    ),
  ];
}
