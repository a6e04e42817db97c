import { hash } from '../policy/hash.ts';
import type { Choice, DecisionMethod, Receipt } from '../types.ts';

/** Turns the fields of one schema version into those of the next. */
export type Migrations = Readonly<Record<string, (fields: string[]) => string[]>>;

/** By the schema version that they read. None yet: version 1 is the first. */
const MIGRATIONS: Migrations = {};

const keysOf = (choices: Receipt['choices'], choice: Choice) =>
  Object.keys(choices).filter((key) => choices[key] === choice);

/**
 * The value of the receipt cookie: fields joined by `:`, the last one a hash of the others. Every
 * character may stand in a cookie as it is (RFC 6265 § 4.1.1). Format: docs/receipt.md.
 */
export function encodeReceipt({ id, time, policyVersion, method, choices, services }: Receipt): string {
  const text = [
    1,
    id,
    Date.parse(time) / 1000,
    method,
    encodeURIComponent(policyVersion),
    keysOf(choices, 'granted').join('.'),
    keysOf(choices, 'denied').join('.'),
    keysOf(services, 'granted').join(''),
    keysOf(services, 'denied').join(''),
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
    const cut = text.lastIndexOf(':');
    let fields = text.slice(0, cut).split(':');
    if (hash(text.slice(0, cut)) !== text.slice(cut + 1)) return null;
    while (fields[0] !== '1') fields = (migrations[fields[0] as string] as Migrations[string])(fields);
    const [, id, time, method, version, granted, denied, grantedTokens, deniedTokens] =
      fields as Required<[string, string, string, string, string, string, string, string, string]>;
    const toChoices = (pattern: RegExp, yes: string, no: string): Record<string, Choice> => ({
      ...Object.fromEntries([...yes.matchAll(pattern)].map(([key]) => [key, 'granted' as const])),
      ...Object.fromEntries([...no.matchAll(pattern)].map(([key]) => [key, 'denied' as const])),
    });
    return {
      schemaVersion: 1,
      id,
      time: new Date(+time * 1000).toISOString(),
      policyVersion: decodeURIComponent(version),
      method: method as DecisionMethod,
      choices: toChoices(/[^.]+/g, granted, denied),
      services: toChoices(/.{4}/g, grantedTokens, deniedTokens),
    };
  } catch {
    return null;
  }
}
