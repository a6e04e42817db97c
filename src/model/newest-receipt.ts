import type { Receipt } from '../types.ts';
import { decodeReceipt, keysOf } from './receipt.ts';

/**
 * Of twins, for this host and for a parent domain, the newest that can be read; of two of the same second the one that
 * grants less. Null where none can be read.
 * @param isUsable false for what is expired or from the future: it counts only where there is nothing else
 */
export function newestReceipt(
  texts: readonly string[],
  isUsable: (receipt: Receipt) => boolean = () => true,
): Receipt | null {
  const granted = ({ services }: Receipt) => keysOf(services, 'granted').length;
  const [newest = null] = texts
    .flatMap((text) => decodeReceipt(text) ?? [])
    .sort(
      (a, b) =>
        +isUsable(b) - +isUsable(a) || Date.parse(b.time) - Date.parse(a.time) || granted(a) - granted(b),
    );
  return newest;
}
