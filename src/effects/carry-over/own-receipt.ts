import { addMonths } from '../../model/lifetime.ts';
import { newestReceipt } from '../../model/newest-receipt.ts';
import { encodeReceipt } from '../../model/receipt.ts';
import type { Receipt } from '../../types.ts';
import type { EffectContext } from '../effect.ts';

/** What the device itself keeps; damaged where something is there and can't be read. */
export function readOwn({ policy, environment, jar }: EffectContext): {
  readonly receipt: Receipt | null;
  readonly isDamaged: boolean;
} {
  const texts = jar.values(policy.scope.cookieName);
  const receipt = newestReceipt(texts, policy, environment.now());
  return { receipt, isDamaged: !receipt && !!texts[0] };
}

/** Writes it where storage will read it. @returns whether the browser kept it */
export function writeOwn({ policy, jar }: EffectContext, receipt: Receipt): boolean {
  const { cookieName, cookieDomain } = policy.scope;
  // From its own time on: a choice that comes from elsewhere is no younger for having come.
  const expires = addMonths(receipt.time, policy.lifetimeMonths);
  return jar.write(cookieName, encodeReceipt(receipt), expires, cookieDomain);
}
