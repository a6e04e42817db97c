/**
 * Puts a function in the place of another, quietly where the page has frozen it. Returns what puts it back as it
 * was; where somebody has put theirs on top since, that one stays, and it leads through ours.
 * @param make is given the function that was there
 */
export function override<T extends object, K extends keyof T & string>(
  target: T,
  name: K,
  make: (original: T[K]) => T[K],
): () => void {
  const own = Object.getOwnPropertyDescriptor(target, name);
  const replacement = make(target[name]);
  Reflect.set(target, name, replacement);
  return () => {
    if (target[name] !== replacement) return;
    if (own) Object.defineProperty(target, name, own);
    else Reflect.deleteProperty(target, name);
  };
}
