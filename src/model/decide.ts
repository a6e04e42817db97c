import type { NormalizedPolicy } from '../policy/normalize.ts';
import type { Choice, Choices, DecisionMethod, Environment, Receipt } from '../types.ts';

/**
 * The receipt of a decision. A service that is not named follows its category when that is named and
 * keeps its choice otherwise; what was never chosen is denied. A category is written as granted only
 * when everything in it is, so that a reader of the cookie who knows only categories errs on the strict
 * side.
 */
export function decide(
  policy: NormalizedPolicy,
  current: Choices,
  wanted: Choices,
  method: DecisionMethod,
  { now, uuid }: Environment,
): Receipt {
  const choices: Record<string, Choice> = {};
  const services: Record<string, Choice> = {};
  for (const { id, category, token } of policy.units) {
    const choice = wanted[id] ?? wanted[category] ?? current[id] ?? 'denied';
    if (choices[category] !== 'denied') choices[category] = choice;
    // Two services may share a token by accident: then one refusal refuses both.
    if (services[token] !== 'denied') services[token] = choice;
  }
  return {
    schemaVersion: 1,
    id: uuid(),
    time: new Date(Math.floor(now() / 1000) * 1000).toISOString(),
    policyVersion: policy.version,
    method,
    choices,
    services,
  };
}
