import { isRegion } from '../policy/regions.ts';
import type { BrowserSignal, ConsentRecord, DecisionMethod, Regime, ShownLayer } from '../types.ts';

type Test = (value: unknown) => boolean;

const matches =
  (pattern: RegExp): Test =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const isOneOf =
  (...values: readonly string[]): Test =>
  (value) =>
    typeof value === 'string' && values.includes(value);
const orNull =
  (test: Test): Test =>
  (value) =>
    value === null || test(value);

const METHODS: Record<DecisionMethod, 1> = {
  'accept-all': 1,
  'reject-all': 1,
  custom: 1,
  withdraw: 1,
  import: 1,
  signal: 1,
};
const REGIMES: Record<Regime, 1> = { 'opt-in': 1, 'opt-out': 1, notice: 1 };
const BROWSER_SIGNALS: Record<BrowserSignal, 1> = { gpc: 1, dnt: 1 };
const LAYERS: Record<ShownLayer, 1> = { banner: 1, notice: 1, preferences: 1, inline: 1, placeholders: 1 };

const isUuid = matches(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
const isHash = matches(/^[\da-f]{64}$/);
/** Anything that a site may call a version or a tool, within reason. */
const isName = matches(/^.{1,200}$/su);
const isId = /^[a-z][\w-]*$/i;
const isAnswers: Test = (value) =>
  value !== null &&
  typeof value === 'object' &&
  !Array.isArray(value) &&
  Object.entries(value).every(([id, choice]) => isId.test(id) && isOneOf('granted', 'denied')(choice));

/** Every field of a record. */
const FIELDS: { readonly [Field in keyof ConsentRecord]: Test } = {
  schemaVersion: (value) => value === 1,
  id: isUuid,
  previousId: orNull(isUuid),
  time: matches(/^\d{4}(-\d\d){2}T\d\d(:\d\d){2}(\.000)?Z$/),
  method: isOneOf(...Object.keys(METHODS)),
  importedFrom: orNull(isName),
  policyVersion: isName,
  policyHash: isHash,
  layer: orNull(isOneOf(...Object.keys(LAYERS))),
  locale: orNull(matches(/^[a-z]{2,8}(-[a-z\d]{1,8})*$/i)),
  textsHash: orNull(isHash),
  categories: isAnswers,
  services: isAnswers,
  region: (value) => typeof value === 'string' && isRegion(value),
  regime: isOneOf(...Object.keys(REGIMES)),
  browserSignal: orNull(isOneOf(...Object.keys(BROWSER_SIGNALS))),
  overridesGpc: (value) => typeof value === 'boolean',
  sdkVersion: matches(/^\d[\w.+-]{0,40}$/),
};

const hasEveryField = (value: object): value is ConsentRecord =>
  Object.entries(FIELDS).every(
    ([field, test]) => Object.hasOwn(value, field) && test(Reflect.get(value, field)),
  );

/**
 * A record as it may be written: what else it has is dropped. What stands in the storage of a browser is anybody's to
 * edit, and ends up in files that are opened elsewhere.
 * @param value of JSON
 * @returns null when it is none
 */
export function readRecord(value: unknown): ConsentRecord | null {
  if (value === null || typeof value !== 'object' || !hasEveryField(value)) return null;
  const copy = { ...value };
  for (const field of Object.keys(copy))
    if (!Object.hasOwn(FIELDS, field)) Reflect.deleteProperty(copy, field);
  return copy;
}
