import type { NormalizedPolicy } from '../policy/normalize.ts';
import type { Choice, PromptReason, Receipt } from '../types.ts';
import { changesSince } from './changes-since.ts';
import { addMonths, isFromFuture } from './lifetime.ts';
import { keysOf } from './receipt.ts';

/** What follows from a receipt under the policy of today. */
export interface Resolution {
  /** Null when no decision is in force. */
  readonly receipt: Receipt | null;
  /** By category id and service id; what must be asked is absent, and so denied. */
  readonly choices: Readonly<Record<string, Choice>>;
  readonly promptReason: PromptReason | null;
  /** The browser's signal has turned off what the receipt grants. */
  readonly isOverruled?: boolean;
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
  const { services = {}, choices: categories = {}, overridesGpc }: Partial<Receipt> = receipt ?? {};
  const hasRefused = keysOf(categories, 'denied')[0];
  const hasGranted = keysOf(categories, 'granted')[0];
  let isOverruled = false;
  const finish = (given: Receipt | null, promptReason: PromptReason | null): Resolution => {
    for (const { id } of policy.optional) {
      // What is exempt says nothing of the rest of its category.
      const answers = policy.units
        .filter(({ category, isExempt }) => category === id && !isExempt)
        .map(({ id }) => choices[id]);
      if (answers[0] && !answers.includes(undefined))
        choices[id] = answers.includes('denied') ? 'denied' : 'granted';
    }
    return { receipt: given, choices, promptReason, ...(isOverruled && { isOverruled }) };
  };
  const ask = (type: 'first-visit' | 'expired' | 'receipt-damaged') => {
    for (const { id, isExempt, isSale } of policy.units) {
      // What can't be read may have been a refusal.
      if (type === 'receipt-damaged' || (isOptIn && !isExempt)) continue;
      choices[id] = isSale && (policy.browserSignal || hasRefused) ? 'denied' : 'granted';
    }
    return finish(null, policy.units.some(({ isExempt }) => !isExempt) ? { type } : null);
  };
  if (!receipt) return ask(isDamaged ? 'receipt-damaged' : 'first-visit');
  const { time, policyVersion } = receipt;
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
  /** What was granted where nobody had asked before is no consent. */
  const isNoConsent = isOptIn && !!receipt.regime;
  for (const unit of policy.units) {
    const { id, category, token, isExempt, isSale } = unit;
    // The same service, unchanged; or, where the receipt has room for ids, the same service in another state.
    const same = [token, token.slice(4)].find((own) => services[own]);
    const then = same ?? tokens.find((other) => other[4] && other.slice(0, 4) === token.slice(0, 4));
    // What has no services any more is answered by its category, once the device knows that nothing else changed.
    const before = then ? services[then] : id === category ? receipt.choices[id] : undefined;
    if (then) met.add(then);
    const isForced = affected.includes(id) || affected.includes(category);
    const isGranted = before === 'granted' && !isForced;
    if ((before ?? (isExempt || categories[category])) === 'denied') choices[id] = 'denied';
    // The switch that overrides it was that of this service.
    else if (isSale && policy.browserSignal && !(overridesGpc && isGranted)) {
      choices[id] = 'denied';
      isOverruled ||= isGranted;
    } else if (isExempt) choices[id] = receipt.method === 'withdraw' && !hasGranted ? 'denied' : 'granted';
    // Who has opted out has opted out of what is sold later, too, and who has refused everything of all that comes.
    else if (!isOptIn)
      choices[id] = !isGranted && hasRefused && (isSale || !hasGranted) ? 'denied' : 'granted';
    else if (!before || isNoConsent) added.push(id);
    else if (!((then && then === same) || isStated) || isForced) {
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
