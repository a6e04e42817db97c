import type { PolicyDifference } from '../policy/compare-outlines.ts';
import type { NormalizedPolicy } from '../policy/normalize.ts';
import type { Choice, Choices, PolicyChanged } from '../types.ts';

/**
 * What is asked only since a token knows no direction: the policy asks for no more of it than it did, so that the
 * answer of then stands (R41). What the site itself asks again by `affects` stays asked.
 * @param answers of the decision in force, by service id and category id
 */
export function keptAnswers(
  policy: NormalizedPolicy,
  { added, modified, changes }: PolicyChanged,
  difference: PolicyDifference,
  answers: Choices,
): Choices {
  const kept: Record<string, Choice> = {};
  // Who asks for which sites is asked about every service.
  if (difference.sites[0] || difference.controllers[0] || difference.isWider) return kept;
  const forced = changes.flatMap(({ affects = [] }) => affects);
  for (const { id, category } of policy.units) {
    const isAsked = added.includes(id) || modified.includes(id);
    const isMore = [...difference.added, ...difference.modified].some((one) => one.id === id);
    const answer = answers[id];
    if (!isAsked || isMore || forced.includes(id) || forced.includes(category)) continue;
    if (answer === 'granted' || answer === 'denied') kept[id] = answer;
  }
  return kept;
}
