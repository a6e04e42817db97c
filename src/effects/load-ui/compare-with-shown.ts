import { readStored } from '../../lib/local-store.ts';
import { keptAnswers } from '../../model/kept-answers.ts';
import { renew } from '../../model/renew.ts';
import { keyOf } from '../../model/stored-keys.ts';
import { compareOutlines, type PolicyDifference } from '../../policy/compare-outlines.ts';
import { outlinePolicy, type PolicyOutline } from '../../policy/outline.ts';
import type { ConsentRecord } from '../../types.ts';
import type { EffectContext } from '../effect.ts';

/**
 * Compares the policy with what the decision in force was made about, which the device has kept. The cookie alone
 * says that a service changed; this says how, and takes back the question where it asks for nothing more (R41).
 * @returns undefined where nothing usable is kept: then everything that changed is asked
 */
export function compareWithShown({ policy, state, actions }: EffectContext): PolicyDifference | undefined {
  const receipt = state.$receipt.get();
  const reason = state.$promptReason.get();
  if (!receipt || reason?.type !== 'policy-changed') return undefined;
  try {
    const then: PolicyOutline = JSON.parse(readStored(keyOf(policy, 'outline')) ?? 'null');
    const [record]: ConsentRecord[] = JSON.parse(readStored(keyOf(policy, 'records')) ?? '[]');
    // Kept by another decision than the cookie: one was restored, erased, or made on another sub-domain.
    if (record?.id !== receipt.id || then.version !== receipt.policyVersion) return undefined;
    const difference = compareOutlines(then, outlinePolicy(policy));
    const answers = keptAnswers(policy, reason, difference, { ...record.categories, ...record.services });
    if (Object.keys(answers)[0]) actions.hydrate(renew(policy, receipt, answers));
    return difference;
  } catch {
    return undefined;
  }
}
