import { readStored, writeStored } from './local-store.ts';

/** Longer than any list of ours: not worth the time that reading it takes. */
const MAX_LENGTH = 1_000_000;
/** So many decisions are kept, and wait to be sent. */
export const MAX_KEPT = 20;

/**
 * The stored list of that key, whatever anybody has made of it.
 * @param read one entry; null where it is none
 */
export function readList<T>(key: string, read: (value: unknown) => T | null): T[] {
  const text = readStored(key) ?? '';
  if (!text || text.length > MAX_LENGTH) return [];
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.slice(0, MAX_KEPT).flatMap((value) => read(value) ?? []) : [];
  } catch {
    return [];
  }
}

/**
 * Stores as much of a list as there is room for.
 * @param list newest first, which is what stays
 * @returns how many were kept
 */
export function writeList(key: string, list: readonly unknown[]): number {
  for (let count = Math.min(list.length, MAX_KEPT); count > 0; count--) {
    if (writeStored(key, JSON.stringify(list.slice(0, count)))) return count;
  }
  writeStored(key, null);
  return 0;
}
