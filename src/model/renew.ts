import type { NormalizedPolicy } from '../policy/normalize.ts';
import type { Choice, Choices, Receipt } from '../types.ts';

/**
 * The receipt of a decision under a later policy that asks no more of some services than it did: these keep their
 * answer. It is the same decision: nothing else of it changes, least of all its time.
 * @param answers of the services that keep theirs, by id
 */
export function renew(policy: NormalizedPolicy, receipt: Receipt, answers: Choices): Receipt {
  const services: Record<string, Choice> = { ...receipt.services };
  const today = new Set(policy.units.map(({ token }) => token));
  // A receipt of more than 80 services holds half of each token.
  const width = Object.keys(services)[0]?.length ?? 8;
  for (const { id, token } of policy.units) {
    const answer = answers[id];
    if (!answer) continue;
    for (const then of Object.keys(services)) {
      if (width === 8 && then.slice(0, 4) === token.slice(0, 4) && !today.has(then)) delete services[then];
    }
    const own = token.slice(-width);
    // Two services may share a token by accident: then one refusal refuses both.
    if (services[own] !== 'denied') services[own] = answer;
  }
  return { ...receipt, services };
}
