import type { NormalizedPolicy } from '../policy/normalize.ts';
import { isRegion } from '../policy/regions.ts';
import type { Choice, ConsentRecord, Receipt, ShownLayer } from '../types.ts';

/** A decision, as far as its record is made of it. */
export interface Decided {
  readonly receipt: Receipt;
  readonly previousId: string | null;
  readonly shown: { readonly layer: ShownLayer; readonly locale: string } | null;
  readonly importedFrom: string | null;
}

/** What neither the decision nor the policy says. */
export interface RecordFacts {
  readonly policyHash: string;
  readonly textsHash: string | null;
  readonly sdkVersion: string;
}

/**
 * The record of a decision. The answers are read from the receipt and not from the state, which may have gone on
 * since.
 */
export function makeRecord(
  { optional, units, region, browserSignal }: NormalizedPolicy,
  { receipt, previousId, shown, importedFrom }: Decided,
  { policyHash, textsHash, sdkVersion }: RecordFacts,
): ConsentRecord {
  const {
    id,
    time,
    method,
    policyVersion,
    choices,
    services,
    regime = 'opt-in',
    overridesGpc = false,
  } = receipt;
  // A receipt of many services has room for half of each token.
  const answerOf = (token: string) => services[token] ?? services[token.slice(4)];
  const byId = (answers: readonly (readonly [id: string, choice: Choice | undefined])[]) =>
    Object.fromEntries(answers.flatMap(([id, choice]) => (choice ? [[id, choice]] : [])));
  return {
    schemaVersion: 1,
    id,
    previousId,
    time,
    method,
    importedFrom,
    policyVersion,
    policyHash,
    layer: shown?.layer ?? null,
    locale: shown?.locale ?? null,
    textsHash,
    categories: byId(optional.map(({ id }) => [id, choices[id]])),
    // A category without services is a unit of its own.
    services: byId(
      units.filter(({ id, category }) => id !== category).map(({ id, token }) => [id, answerOf(token)]),
    ),
    region: isRegion(region) ? region : 'eu',
    regime,
    browserSignal,
    overridesGpc,
    sdkVersion,
  };
}
