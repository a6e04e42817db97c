import { adoptStyles } from '../lib/adopt-styles.ts';
import { listen } from '../lib/listen.ts';
import type { GateEntry } from '../types.ts';
import type { PlaceholderProps } from './contract.ts';
import { drawPlaceholder } from './placeholder.tsx';
import css from './styles/placeholder.css';

/** Stands in for every held embed of the page, and goes when it is released. Returns its stop. */
export function startPlaceholders(props: PlaceholderProps): () => void {
  const shown = new Map<HTMLElement, { node: HTMLElement; undo: () => void }>();
  const styled = new Map<Node, () => void>();

  const hide = (element: HTMLElement) => {
    const placeholder = shown.get(element);
    if (!placeholder) return;
    shown.delete(element);
    const hadFocus = placeholder.node.contains(document.activeElement);
    placeholder.undo();
    if (hadFocus) element.focus();
  };

  const show = (element: HTMLElement, id: string) => {
    hide(element);
    // Nobody can allow it: a site for children.
    if (!props.policy.isAsked(id)) return;
    // Another instance on the page has put one already.
    if (element.previousElementSibling?.getAttribute('data-bandeau-layer') === 'placeholder') return;
    const { display, visibility, position, inset, aspectRatio, margin } = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    // What nobody was to see is no embed.
    const isUnseen = element.localName === 'iframe' && element.hasAttribute('width') && width < 10;
    if (display === 'none' || visibility === 'hidden' || isUnseen) return;
    // It is connected, so this is a document or a shadow root.
    const root = element.getRootNode() as Document | ShadowRoot;
    if (!styled.has(root)) styled.set(root, adoptStyles(css, root));
    const node = drawPlaceholder(props, element, id);
    const isOut = /abs|fix/.test(position);
    // The place and the room that the embed takes, so that nothing moves now or later.
    Object.assign(node.style, {
      position: isOut ? position : 'relative',
      inset,
      display: display === 'inline' ? 'inline-flex' : '',
      // A block in the middle stays there when the page gets another width.
      margin: display === 'inline' ? margin : margin.replace(/^(\S+) [1-9]\S+/, '$1 auto'),
      aspectRatio: aspectRatio === 'auto' ? '' : width / height,
      minHeight: isOut || aspectRatio !== 'auto' ? '' : `${height}px`,
    });
    const { style } = element;
    const before = [style.getPropertyValue('display'), style.getPropertyPriority('display')] as const;
    const hadStyle = element.hasAttribute('style');
    style.setProperty('display', 'none', 'important');
    element.before(node);
    // What is as wide as the page lets it be stays so when that changes.
    if (width && Math.abs(node.offsetWidth - width) > 1) node.style.width = `${width}px`;
    shown.set(element, {
      node,
      undo() {
        node.remove();
        style.setProperty('display', ...before);
        // Read first: Chromium does not remove an attribute that it has not written yet.
        if (!hadStyle && !element.getAttribute('style')) element.removeAttribute('style');
      },
    });
  };

  const update = (entry: GateEntry | null) => {
    const { action, element, service = '', reason } = entry ?? {};
    if (!(element instanceof HTMLElement && element.matches('iframe,video,audio,embed,object'))) return;
    if (action !== 'held') hide(element);
    else if (element.isConnected && /^(denied|not asked)$/.test(reason ?? '')) show(element, service);
  };

  // The page may move an embed, or take it away.
  const follow = new MutationObserver(() => {
    for (const [element, { node }] of shown) {
      if (!element.isConnected) hide(element);
      else if (node.nextSibling !== element) element.before(node);
    }
  });
  follow.observe(document, { childList: true, subtree: true });
  // The last word on each element is what holds.
  const last = new Map(props.handle.report().map((entry) => [entry.element, entry]));
  for (const entry of last.values()) update(entry);
  const stopListening = listen(document, ['bandeau:gate'], ({ detail }: CustomEvent<GateEntry>) =>
    update(detail),
  );

  return () => {
    stopListening();
    follow.disconnect();
    for (const element of [...shown.keys()]) hide(element);
    for (const dropStyles of styled.values()) dropStyles();
  };
}
