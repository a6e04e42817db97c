/**
 * JSX that makes DOM nodes at once, for the parts of the interface that never change after they are
 * drawn: they need no framework. Files choose it by their `@jsxImportSource`.
 */
type Child = Node | string | number | false | null | undefined | readonly Child[];
type Props = Readonly<Record<string, unknown>> & { readonly children?: Child };
type Component = (props: never) => Node;

const append = (parent: Element, child: Child): void => {
  if (Array.isArray(child)) for (const one of child) append(parent, one);
  // What is no node becomes a text node.
  else if (child || child === 0) parent.append(child as Node | string);
};

/**
 * Makes an element with attributes (`true` is an empty one; `false`, `null` and `undefined` are none),
 * `onClick`-style listeners, and text or node children. Text is only ever text.
 */
export function jsx(type: string | Component, props: Props): Node {
  if (typeof type === 'function') return type(props as never);
  const element = document.createElement(type);
  for (const [name, value] of Object.entries(props)) {
    if (name === 'children') append(element, value as Child);
    else if (typeof value === 'function')
      element.addEventListener(name.slice(2).toLowerCase(), value as EventListener);
    else if (value || value === 0) element.setAttribute(name, value === true ? '' : `${value}`);
  }
  return element;
}

/** For several children; the same here. */
export const jsxs: typeof jsx = jsx;

export namespace JSX {
  export type Element = Node;
  export interface ElementChildrenAttribute {
    children: unknown;
  }
  export interface IntrinsicElements {
    [tag: string]: { readonly [attribute: string]: unknown; readonly children?: Child };
  }
}
