import type { NormalizedPolicy } from '../policy/normalize.ts';
import type { Choice, PromptReason, Receipt } from '../types.ts';
import { addMonths } from './lifetime.ts';

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
  const choices: Record<string, Choice> = {};
  const ask = (type: 'first-visit' | 'expired' | 'receipt-damaged'): Resolution => ({
    receipt: null,
    choices,
    promptReason: policy.units[0] ? { type } : null,
  });
  if (!receipt) return ask(isDamaged ? 'receipt-damaged' : 'first-visit');
  const { time, services, policyVersion } = receipt;
  // From the future by more than a wrong clock explains: it would never expire.
  if (Date.parse(time) > now + 864e5) return ask('receipt-damaged');
  if (!(now < addMonths(time, policy.lifetimeMonths))) return ask('expired');

  const seen = policy.changes.findIndex(({ version }) => version === policyVersion);
  const changes = policy.changes.filter(({ date }, i) => (seen < 0 ? date >= time.slice(0, 10) : i > seen));
  const affected = changes.flatMap(({ affects = [] }) => affects);
  // The site has said of each version since then what it changed.
  const isStated = changes.at(-1)?.version === policy.version && changes.every(({ affects }) => affects);

  const gone = Object.keys(services).filter((token) => !policy.units.some((unit) => unit.token === token));
  const added: string[] = [];
  const modified: string[] = [];
  for (const { id, category, token } of policy.units) {
    let before = services[token];
    const isSame = before;
    const like = gone.findIndex((other) => other[0] === token[0]);
    if (!isSame && like >= 0) before = services[gone.splice(like, 1)[0] as string];
    if ((before ?? receipt.choices[category]) === 'denied') choices[id] = 'denied';
    else if (!before) added.push(id);
    else if (!(isSame || isStated) || affected.includes(id) || affected.includes(category)) modified.push(id);
    else choices[id] = before;
  }
  for (const { id } of policy.optional) {
    const answers = policy.units.filter(({ category }) => category === id).map((unit) => choices[unit.id]);
    if (answers.every(Boolean)) choices[id] = answers.includes('denied') ? 'denied' : 'granted';
  }

  const promptReason: PromptReason = {
    type: 'policy-changed',
    fromVersion: policyVersion,
    since: time,
    added,
    modified,
    removedCount: gone.length,
    changes,
  };
  return { receipt, choices, promptReason: added[0] || modified[0] ? promptReason : null };
}
