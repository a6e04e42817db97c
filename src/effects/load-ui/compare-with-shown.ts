import { readStored } from '../../lib/local-store.ts';
import { keptAnswers } from '../../model/kept-answers.ts';
import { newestReceipt } from '../../model/newest-receipt.ts';
import { renew } from '../../model/renew.ts';
import { keyOf } from '../../model/stored-keys.ts';
import { compareOutlines, type PolicyDifference } from '../../policy/compare-outlines.ts';
import { outlinePolicy, type PolicyOutline, tokenOf } from '../../policy/outline.ts';
import type { Choice } from '../../types.ts';
import type { EffectContext } from '../effect.ts';

/**
 * Compares the policy with what the decision in force was made about, which the device has kept. The cookie alone
 * says that a service changed; this says how, and takes back the question where it asks for nothing more (R41).
 * Of what is kept only what the receipt has a token of counts: anybody on the page can write to storage.
 * @returns undefined where nothing usable is kept: then everything that changed is asked
 */
export function compareWithShown(context: EffectContext): PolicyDifference | undefined {
  const { policy, state, environment, actions, jar, inbound } = context;
  const receipt = state.$receipt.get();
  const reason = state.$promptReason.get();
  if (!receipt || reason?.type !== 'policy-changed') return undefined;
  try {
    const then: PolicyOutline = JSON.parse(readStored(keyOf(policy, 'outline')) ?? 'null');
    // Kept by another decision than the cookie: one was restored, erased, or made on another sub-domain.
    if (then.version !== receipt.policyVersion) return undefined;
    const answers: Record<string, Choice> = Object.create(null);
    const services = then.services.filter((service) => {
      const token = tokenOf(service, then);
      const answer = receipt.services[token] ?? receipt.services[token.slice(4)];
      if (answer) answers[service.id] = answer;
      return answer && typeof service.name === 'string';
    });
    const difference = compareOutlines({ ...then, services }, outlinePolicy(policy));
    for (const { id } of policy.optional) answers[id] ??= receipt.choices[id] ?? 'denied';
    const kept = keptAnswers(policy, reason, difference, answers);
    // Another page may have decided since this one looked, where nothing tells of it.
    const stored = newestReceipt(jar.values(policy.scope.cookieName), policy, environment.now());
    if (stored?.id !== receipt.id && !inbound.isSuspended) return undefined;
    if (Object.keys(kept)[0]) actions.hydrate(renew(policy, receipt, kept));
    return difference;
  } catch {
    return undefined;
  }
}
