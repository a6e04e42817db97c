import type { NormalizedPolicy } from '../policy/normalize.ts';
import type { Receipt } from '../types.ts';
import { addMonths, isFromFuture } from './lifetime.ts';
import { decodeReceipt, keysOf } from './receipt.ts';

/**
 * Of twins, for this host and for a parent domain, the newest that can be read; of two of the same second the one that
 * grants less. What is expired or from the future counts only where there is nothing else. Null where none can be read.
 * @param now milliseconds since the epoch
 */
export function newestReceipt(
  texts: readonly string[],
  { lifetimeMonths }: Pick<NormalizedPolicy, 'lifetimeMonths'>,
  now: number,
): Receipt | null {
  const isUsable = ({ time }: Receipt) => now < addMonths(time, lifetimeMonths) && !isFromFuture(time, now);
  const granted = ({ services }: Receipt) => keysOf(services, 'granted').length;
  const [newest = null] = texts
    .flatMap((text) => decodeReceipt(text) ?? [])
    .sort(
      (a, b) =>
        +isUsable(b) - +isUsable(a) || Date.parse(b.time) - Date.parse(a.time) || granted(a) - granted(b),
    );
  return newest;
}
