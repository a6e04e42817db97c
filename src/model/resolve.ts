import type { NormalizedPolicy } from '../policy/normalize.ts';
import type { Choice, PromptReason, Receipt } from '../types.ts';
import { changesSince } from './changes-since.ts';
import { addMonths, isFromFuture } from './lifetime.ts';

/** What follows from a receipt under the policy of today. */
export interface Resolution {
  /** Null when no decision is in force. */
  readonly receipt: Receipt | null;
  /** By category id and service id; what must be asked is absent. */
  readonly choices: Readonly<Record<string, Choice>>;
  readonly promptReason: PromptReason | null;
}

/**
 * Reads a decision under the policy of today: what was granted and has not materially changed since
 * stands, what is new or changed is denied and asked, and a refusal is never asked again about the
 * category that was refused (R41, R42).
 * @param isDamaged a cookie was there and could not be read
 * @param now milliseconds since the epoch
 */
export function resolve(
  policy: NormalizedPolicy,
  receipt: Receipt | null,
  isDamaged: boolean,
  now: number,
): Resolution {
  const choices: Record<string, Choice> = Object.create(null);
  const ask = (type: 'first-visit' | 'expired' | 'receipt-damaged'): Resolution => ({
    receipt: null,
    choices,
    promptReason: policy.units[0] ? { type } : null,
  });
  if (!receipt) return ask(isDamaged ? 'receipt-damaged' : 'first-visit');
  const { time, services, policyVersion } = receipt;
  if (isFromFuture(time, now)) return ask('receipt-damaged');
  if (!(now < addMonths(time, policy.lifetimeMonths))) return ask('expired');

  const changes = changesSince(policy, receipt);
  const affected = changes.flatMap(({ affects = [] }) => affects);
  // The site has said of each version since then why the rest keeps its answer, or that it changed nothing.
  const isStated =
    changes.at(-1)?.version === policy.version &&
    changes.some(({ keepsBecause }) => keepsBecause) &&
    changes.every(({ affects, keepsBecause }) => keepsBecause || (affects && !affects[0]));

  const tokens = Object.keys(services);
  const met = new Set<string>();
  const added: string[] = [];
  const modified: string[] = [];
  for (const { id, category, token } of policy.units) {
    // The same service, unchanged; or, where the receipt has room for ids, the same service in another state.
    const same = [token, token.slice(4)].find((own) => services[own]);
    const then = same ?? tokens.find((other) => other[4] && other.slice(0, 4) === token.slice(0, 4));
    // What has no services any more is answered by its category, once the device knows that nothing else changed.
    const before = then ? services[then] : id === category ? receipt.choices[id] : undefined;
    if (then) met.add(then);
    if ((before ?? receipt.choices[category]) === 'denied') choices[id] = 'denied';
    else if (!before) added.push(id);
    else if (!((then && then === same) || isStated) || affected.includes(id) || affected.includes(category)) {
      modified.push(id);
    } else choices[id] = before;
  }
  for (const { id } of policy.optional) {
    const answers = policy.units.filter(({ category }) => category === id).map(({ id }) => choices[id]);
    if (!answers.includes(undefined)) choices[id] = answers.includes('denied') ? 'denied' : 'granted';
  }

  const promptReason: PromptReason = {
    type: 'policy-changed',
    fromVersion: policyVersion,
    since: time,
    added,
    modified,
    removedCount: tokens.length - met.size,
    changes,
  };
  return { receipt, choices, promptReason: added[0] || modified[0] ? promptReason : null };
}
