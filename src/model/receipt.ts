import { hash } from '../policy/hash.ts';
import type { Choice, Choices, DecisionMethod, Receipt } from '../types.ts';

/** Turns the fields of one schema version into those of the next. */
export type Migrations = Readonly<Record<string, (fields: string[]) => string[]>>;

/** By the schema version that they read. None yet: version 1 is the first. */
const MIGRATIONS: Migrations = {};

/** The ids, or tokens, that got this choice. */
export const keysOf = (choices: Choices, choice: Choice): string[] =>
  Object.keys(choices).filter((key) => choices[key] === choice);

/**
 * The value of the receipt cookie: fields joined by `:`, the last one a hash of the others. Every
 * character may stand in a cookie as it is (RFC 6265 § 4.1.1). Format: docs/receipt.md.
 */
export function encodeReceipt(receipt: Receipt): string {
  const { id, time, policyVersion, method, choices, services, regime, overridesGpc } = receipt;
  const text = [
    1,
    id,
    Date.parse(time) / 1000,
    method,
    encodeURIComponent(policyVersion),
    keysOf(choices, 'granted').join('.'),
    keysOf(choices, 'denied').join('.'),
    Object.keys(services)[0]?.length ?? 8,
    keysOf(services, 'granted').join(''),
    keysOf(services, 'denied').join(''),
    // Only where there is something to say, so that all others are as they always were.
    ...(regime || overridesGpc ? [`${regime ?? ''}${overridesGpc ? '.gpc' : ''}`] : []),
  ].join(':');
  return `${text}:${hash(text)}`;
}

/**
 * Reads a receipt cookie. Whatever is not, to the last character, what was once written gives null, and
 * so does a schema version that this code doesn't know: no grant comes from a text that is not understood.
 * @param migrations replaces the table of older schema versions, for tests
 */
export function decodeReceipt(text: string, migrations: Migrations = MIGRATIONS): Receipt | null {
  try {
    let fields = text.split(':');
    const sum = fields.pop();
    if (hash(fields.join(':')) !== sum) return null;
    // As a number, so that the names that every object has are no versions: one would never end the loop.
    while (fields[0] !== '1') fields = (migrations[Number(fields[0])] as Migrations[string])(fields);
    const [, id, time, method, version, granted, denied, width, grantedTokens, deniedTokens, more = ''] =
      fields as Required<[string, string, string, string, string, string, string, string, string, string]> &
        string[];
    const [regime, gpc] = more.split('.');
    const toChoices = (key: RegExp, yes: string, no: string): Record<string, Choice> => {
      const choices: Record<string, Choice> = Object.create(null);
      for (const id of yes.match(key) ?? []) choices[id] = 'granted';
      for (const id of no.match(key) ?? []) choices[id] = 'denied';
      return choices;
    };
    return {
      schemaVersion: 1,
      id,
      time: new Date(+time * 1000).toISOString(),
      policyVersion: decodeURIComponent(version),
      method: method as DecisionMethod,
      choices: toChoices(/[^.]+/g, granted, denied),
      services: toChoices(width === '4' ? /.{4}/g : /.{8}/g, grantedTokens, deniedTokens),
      ...(regime && { regime: regime as 'opt-out' }),
      ...(gpc && { overridesGpc: true as const }),
    };
  } catch {
    return null;
  }
}
