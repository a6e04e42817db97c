import type { Decision } from '../../state/actions.ts';
import type { EffectContext, Stop } from '../effect.ts';

/** Keeps the visitor's decisions on the device, and sends them where the site wants them. */
export interface Records {
  /** @param decision null to forget everything that is kept */
  keep(decision: Decision | null): void;
  /** See `Consent.exportReceipt`. */
  exportReceipt(format: 'json' | 'csv'): string;
  readonly stop: Stop;
}

export function startRecords(_context: EffectContext): Records {
  return { keep() {}, exportReceipt: () => '', stop() {} };
}
