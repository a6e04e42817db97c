import type { Shown } from '../../state/actions.ts';
import type { Consent } from '../../types.ts';
import type { EffectContext } from '../effect.ts';

/** The handle that a layer is given: its answers are kept together with what was on screen. */
export function answersOf({ actions, handle, inbound }: EffectContext, shown: Shown): Consent {
  // What keeps a decision should be there when it is made.
  inbound.later().catch(() => {});
  // The handle behind it, since a copy would hold the values of now.
  return Object.assign(Object.create(handle), actions.seen(shown));
}
