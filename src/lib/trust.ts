/** The part of Trusted Types that is used here. Source: https://w3c.github.io/trusted-types/dist/spec/ */
interface TrustedTypes {
  // What it makes is no string, but stands for one wherever the browser wants it.
  createPolicy(name: string, rules: Record<string, (text: string) => string>): Trust;
  getAttributeType(element: string, attribute: string): string | null;
  isHTML(value: unknown): boolean;
  readonly emptyHTML: unknown;
}

declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypes;
  }
}

/** Makes a text acceptable where the page demands a trusted one. */
export type Trust = Readonly<
  Record<'createHTML' | 'createScript' | 'createScriptURL', (text: string) => string>
>;

const asItIs = (text: string) => text;
const AS_IT_IS = { createHTML: asItIs, createScript: asItIs, createScriptURL: asItIs };

/**
 * A Trusted Types policy of that name. Where there are no Trusted Types, or the page's `trusted-types`
 * directive does not allow the name, texts stay as they are, and what enforces Trusted Types refuses them.
 */
export function createTrust(name: string): Trust {
  try {
    return window.trustedTypes?.createPolicy(name, AS_IT_IS) ?? AS_IT_IS;
  } catch {
    return AS_IT_IS;
  }
}

/** Sets an attribute whose text the page may want to be trusted. @throws {TypeError} when it is not */
export function setTrusted(element: Element, attribute: string, text: string, trust: Trust): void {
  const type = window.trustedTypes?.getAttributeType(element.localName, attribute);
  const make = type?.replace('Trusted', 'create') as keyof Trust | undefined;
  element.setAttribute(attribute, make ? trust[make](text) : text);
}
