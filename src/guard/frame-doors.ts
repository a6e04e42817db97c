import type { DoorPlace } from './patch.ts';

/**
 * The functions of a frame are not those of its page. A frame of the same origin is seen to when a script
 * reaches into it.
 * @param enter called with the globals of the frame, at each access
 */
export function frameDoors(realm: typeof globalThis, enter: (realm: typeof globalThis) => void): DoorPlace[] {
  return [
    [
      realm.HTMLIFrameElement.prototype,
      ['contentWindow', 'contentDocument'],
      (self, args, _, original) => {
        const reached = Reflect.apply(original, self, args);
        enter(reached.defaultView ?? reached);
        return [reached];
      },
    ],
  ];
}
