import type { NormalizedPolicy, Unit } from '../policy/normalize.ts';
import type { Choice, PromptReason, Receipt } from '../types.ts';
import { changesSince } from './changes-since.ts';
import { addMonths, isFromFuture } from './lifetime.ts';

/** What follows from a receipt under the policy of today. */
export interface Resolution {
  /** Null when no decision is in force. */
  readonly receipt: Receipt | null;
  /** By category id and service id; what must be asked is absent, and so denied. */
  readonly choices: Readonly<Record<string, Choice>>;
  readonly promptReason: PromptReason | null;
}

/**
 * Reads a decision under the policy of today: what was granted and has not materially changed since
 * stands, what is new or changed is denied and asked, and a refusal is never asked again about the
 * category that was refused (R41, R42). What may run unasked, by an exemption or where the law lets sites ask
 * afterwards, does until it is refused; what the browser's signal turns off waits for the visitor to switch it on.
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
  const isOptIn = policy.regime === 'opt-in';
  let overridesGpc: boolean | undefined;
  const isTurnedOff = ({ isSale }: Unit) => isSale && policy.browserSignal && !overridesGpc;
  /** What holds where nothing was answered. */
  const unasked = (unit: Unit): Choice | undefined =>
    unit.isExempt || !isOptIn ? (isTurnedOff(unit) ? 'denied' : 'granted') : undefined;
  const finish = (given: Receipt | null, promptReason: PromptReason | null): Resolution => {
    for (const { id } of policy.optional) {
      // What is exempt says nothing of the rest of its category.
      const answers = policy.units
        .filter(({ category, isExempt }) => category === id && !isExempt)
        .map(({ id }) => choices[id]);
      if (answers[0] && !answers.includes(undefined))
        choices[id] = answers.includes('denied') ? 'denied' : 'granted';
    }
    return { receipt: given, choices, promptReason };
  };
  const ask = (type: 'first-visit' | 'expired' | 'receipt-damaged') => {
    for (const unit of policy.units) {
      const choice = unasked(unit);
      if (choice) choices[unit.id] = choice;
    }
    return finish(null, policy.units.some(({ isExempt }) => !isExempt) ? { type } : null);
  };
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

  ({ overridesGpc } = receipt);
  const tokens = Object.keys(services);
  const met = new Set<string>();
  const added: string[] = [];
  const modified: string[] = [];
  /** What was granted where nobody had asked before is no consent. */
  const isNoConsent = isOptIn && !!receipt.regime;
  for (const unit of policy.units) {
    const { id, category, token } = unit;
    // The same service, unchanged; or, where the receipt has room for ids, the same service in another state.
    const same = [token, token.slice(4)].find((own) => services[own]);
    const then = same ?? tokens.find((other) => other[4] && other.slice(0, 4) === token.slice(0, 4));
    // What has no services any more is answered by its category, once the device knows that nothing else changed.
    const before = then ? services[then] : id === category ? receipt.choices[id] : undefined;
    if (then) met.add(then);
    const isRefused = (before ?? (unit.isExempt || receipt.choices[category])) === 'denied';
    const free = isRefused || isTurnedOff(unit) ? 'denied' : unasked(unit);
    if (free) choices[id] = free;
    else if (!before || isNoConsent) added.push(id);
    else if (!((then && then === same) || isStated) || affected.includes(id) || affected.includes(category)) {
      modified.push(id);
    } else choices[id] = before;
  }
  const promptReason: PromptReason = isNoConsent
    ? { type: 'first-visit' }
    : {
        type: 'policy-changed',
        fromVersion: policyVersion,
        since: time,
        added,
        modified,
        removedCount: tokens.length - met.size,
        changes,
      };
  return finish(receipt, added[0] || modified[0] ? promptReason : null);
}
