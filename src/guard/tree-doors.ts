import { patch } from './patch.ts';

/**
 * Trees that no other door sees being made: templates of the page's own markup, and documents of frames, whose
 * globals are other ones. Each is seen to when a script reaches for it.
 * @param enter called with the globals of a frame, at each access
 * @param examine called with the content of a template, at each access
 */
export function treeDoors(
  realm: typeof globalThis,
  enter: (realm: typeof globalThis) => void,
  examine: (content: DocumentFragment) => void,
): (() => void)[] {
  return [
    patch(realm.HTMLTemplateElement.prototype, 'content', (self, _, original) => {
      const content: DocumentFragment = Reflect.apply(original, self, []);
      examine(content);
      return [content];
    }),
    ...['contentWindow', 'contentDocument'].map((key) =>
      patch(realm.HTMLIFrameElement.prototype, key, (self, _, original) => {
        const reached = Reflect.apply(original, self, []);
        enter(reached.defaultView ?? reached);
        return [reached];
      }),
    ),
  ];
}
