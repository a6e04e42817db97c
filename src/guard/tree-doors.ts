import type { DoorPlace } from './patch.ts';

/**
 * Trees that no other door sees being made: templates of the page's own markup, and documents of frames, whose
 * functions are other ones. Each is seen to when a script reaches for it.
 * @param enter called with the globals of a frame, at each access
 * @param examine called with each element of a template, at each access
 */
export function treeDoors(
  realm: typeof globalThis,
  enter: (realm: typeof globalThis) => void,
  examine: (element: Element) => void,
): DoorPlace[] {
  return [realm.HTMLTemplateElement, realm.HTMLIFrameElement].map(({ prototype }) => [
    prototype,
    ['content', 'contentWindow', 'contentDocument'],
    (self, args, key, original) => {
      const reached = Reflect.apply(original, self, args);
      if (key === 'content') reached.querySelectorAll('*').forEach(examine);
      else enter(reached.defaultView ?? reached);
      return [reached];
    },
  ]);
}
