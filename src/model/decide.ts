import type { NormalizedPolicy } from '../policy/normalize.ts';
import type { Choice, Choices, DecisionMethod, Environment, Receipt } from '../types.ts';

/** Of more services than this a receipt keeps half of each token, to stay under 1 KB with 200. */
const MAX_WHOLE_TOKENS = 80;

/**
 * The receipt of a decision. A service that is not named follows its category when that is named and
 * keeps its choice otherwise; what was never chosen is denied. A category is written as granted only
 * when everything in it is, so that a reader of the cookie who knows only categories errs on the strict
 * side. What runs by an exemption is written only once it was objected to, since nobody has granted it. What the browser's
 * signal turns off is granted by its own name alone, never by accepting everything.
 */
export function decide(
  policy: NormalizedPolicy,
  current: Choices,
  wanted: Choices,
  method: DecisionMethod,
  { now, uuid }: Environment,
): Receipt {
  // Without what a page may have given to every object.
  const choices: Record<string, Choice> = Object.create(null);
  const services: Record<string, Choice> = Object.create(null);
  const own: Choices = Object.assign(Object.create(null), wanted);
  let overridesGpc = false;
  for (const { id, category, token: whole, isExempt, isSale } of policy.units) {
    const token = policy.units.length > MAX_WHOLE_TOKENS ? whole.slice(4) : whole;
    if (isExempt) {
      // Nobody has granted it, and nobody objects but by its name.
      if ((own[id] ?? current[id]) === 'denied') services[token] = 'denied';
      continue;
    }
    const given = own[id] ?? own[category];
    const isTurnedOff = isSale && policy.browserSignal;
    // Where visitors opt out, what nothing was said of goes on.
    const unsaid = policy.regime === 'opt-in' || isTurnedOff ? 'denied' : 'granted';
    const choice =
      (isTurnedOff && method !== 'custom' && given === 'granted' ? undefined : given) ??
      current[id] ??
      unsaid;
    if (isTurnedOff && choice === 'granted') overridesGpc = true;
    if (choices[category] !== 'denied') choices[category] = choice;
    // Two services may share a token by accident: then one refusal refuses both.
    if (services[token] !== 'denied') services[token] = choice;
  }
  const time = now();
  return {
    schemaVersion: 1,
    id: uuid(),
    time: new Date(time - (time % 1000)).toISOString(),
    policyVersion: policy.version,
    method,
    choices,
    services,
    ...(policy.regime !== 'opt-in' && { regime: policy.regime }),
    ...(overridesGpc && { overridesGpc }),
  };
}
