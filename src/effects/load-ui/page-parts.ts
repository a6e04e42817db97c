import type { GateEntry } from '../../types.ts';
import type { EffectContext } from '../effect.ts';
import type { loadTexts } from './languages.ts';

/**
 * Where the page wants the preferences (`inline`), the table of cookies (`declaration`) or what came of the browser's
 * signal (`opt-out-status`).
 */
export const PLACES = '[data-bandeau=inline],[data-bandeau=declaration],[data-bandeau=opt-out-status]';

/** What a placeholder can stand in for. */
export const isHeldEmbed = (entry: GateEntry | null): boolean =>
  entry?.action === 'held' && /^(iframe|video|audio|embed|object)$/.test(entry.element?.localName ?? '');

/** What the parts of the page are given: with what the core has already, so that they need not bring it. */
export interface PartContext extends EffectContext {
  readonly loadTexts: typeof loadTexts;
}
