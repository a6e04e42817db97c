import type { CookieDeclaration } from '../types.ts';

/**
 * Whether a cookie of this name is the declared one. A `pattern` must match the whole name; one that is
 * no regular expression matches nothing, so that a mistake erases too little rather than too much.
 */
export function matchesCookie(declared: Pick<CookieDeclaration, 'name' | 'pattern'>, name: string): boolean {
  if (declared.pattern === undefined) return declared.name === name;
  try {
    return new RegExp(`^(?:${declared.pattern})$`).test(name);
  } catch {
    return false;
  }
}
