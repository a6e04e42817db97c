import type { AccountOptions } from '../../types.ts';
import type { EffectContext } from '../effect.ts';

/**
 * Finds a choice that comes from elsewhere, before any effect is started: an account's, a sister site's, another
 * tool's. @returns what is left to do once they are
 */
export async function begin(_context: EffectContext): Promise<() => void> {
  return () => {};
}

/** See `Consent.attachAccount`. */
export async function attachAccount(_context: EffectContext, _account: AccountOptions): Promise<() => void> {
  return () => {};
}

/** See `Consent.decorate`. */
export async function decorate(_context: EffectContext, url: string): Promise<string> {
  return url;
}
