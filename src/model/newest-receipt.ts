import type { Receipt } from '../types.ts';
import { decodeReceipt } from './receipt.ts';

/** Of twins, for this host and for a parent domain, the newest that can be read; null where none can. */
export function newestReceipt(texts: readonly string[]): Receipt | null {
  const [newest = null] = texts
    .flatMap((text) => decodeReceipt(text) ?? [])
    .sort((a, b) => (a.time < b.time ? 1 : -1));
  return newest;
}
