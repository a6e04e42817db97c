import { nearest } from './did-you-mean.ts';
import type { Check } from './inspection.ts';
import { legalTrap } from './legal-keys.ts';
import { type Advice, at, quote } from './problems.ts';
import { entries, isObject } from './snapshot.ts';

/** One check for each key of a type, so that a key added to the contract can't be forgotten here. */
export type Fields<T> = { readonly [K in keyof T]-?: Check };

/** Skips what is absent. */
export function optional(check: Check): Check {
  return (value, where, to) => {
    if (value !== undefined) check(value, where, to);
  };
}

/** An object with these keys and no other. */
export function object<T>(fields: Fields<T>, advice?: Partial<Advice>): Check {
  const checks = Object.entries<Check>(fields);
  const known = checks.map(([key]) => key);
  return (value, where, to) => {
    if (!isObject(value)) {
      const expected = `an object with ${known.join(', ')}`;
      to.error(where, value, { expected, fix: 'Write it as { … }, with these keys.', ...advice });
      return;
    }
    for (const key of Object.keys(value)) {
      if (known.includes(key)) continue;
      const meant = nearest(key, known);
      to.error(
        at(where, key),
        value[key],
        legalTrap(key) ?? {
          expected: `one of the keys ${known.join(', ')}`,
          fix: meant ? `Did you mean ${quote(meant)}?` : 'Remove it: nothing reads it.',
        },
      );
    }
    for (const [key, check] of checks) check(value[key], at(where, key), to);
  };
}

/** A list whose items each pass a check. */
export function list(item: Check, advice?: Partial<Advice>): Check {
  return (value, where, to) => {
    if (!Array.isArray(value)) {
      to.error(where, value, { expected: 'a list', fix: 'Write it as [ … ], even when empty.', ...advice });
    }
    for (const [index, entry] of entries(value).entries()) item(entry, at(where, index), to);
  };
}

/** A string for which the test holds. */
export function string(test: (text: string) => boolean, advice: Advice): Check {
  return (value, where, to) => {
    if (typeof value !== 'string' || !test(value)) to.error(where, value, advice);
  };
}

/** True or false. */
export const boolean: Check = (value, where, to) => {
  if (typeof value === 'boolean') return;
  to.error(where, value, { expected: 'true or false', fix: 'Write it without quotes.' });
};

/** Several checks of one value, in this order. */
export function all(...checks: readonly Check[]): Check {
  return (value, where, to) => {
    for (const check of checks) check(value, where, to);
  };
}
