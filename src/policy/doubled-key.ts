import { skipString } from './json-error.ts';

/**
 * Finds the first key that an object of a text has twice. Readers of JSON differ in which of the two they take, and a person
 * may see the other one.
 * @param text that is JSON
 */
export function findDoubledKey(text: string): { readonly offset: number; readonly key: string } | undefined {
  /** The keys so far of each object that is open; null for a list. */
  const open: (Set<string> | null)[] = [];
  const sign = /["{}[\]]/g;
  const colon = /[ \t\r\n]*:/y;
  for (let found = sign.exec(text); found; found = sign.exec(text)) {
    const [character] = found;
    const offset = found.index;
    if (character === '{') open.push(new Set());
    else if (character === '[') open.push(null);
    else if (character !== '"') open.pop();
    else {
      const end = skipString(text, offset);
      if (typeof end !== 'number') return undefined;
      sign.lastIndex = end;
      colon.lastIndex = end;
      if (!colon.test(text)) continue;
      const key: string = JSON.parse(text.slice(offset, end));
      const keys = open.at(-1);
      if (keys?.has(key)) return { offset, key };
      keys?.add(key);
    }
  }
  return undefined;
}
