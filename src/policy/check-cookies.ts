import type { CookieDeclaration, StorageDeclaration } from '../types.ts';
import { host } from './check-identity.ts';
import { localizedText } from './check-text.ts';
import { isCookieName } from './formats.ts';
import type { Check } from './inspection.ts';
import { quote } from './problems.ts';
import { all, object, optional, string } from './shapes.ts';
import { isObject } from './snapshot.ts';

/** Browsers cut any longer lifetime to this. Source: RFC 6265bis section 5.5 */
const BROWSER_CAP_DAYS = 400;
/** 13 months. */
const TRACKER_MONTHS_DAYS = 395;
const MAX_PATTERN = 200;
/** What begins with a star must name its own by what follows; one or two letters are in too many keys. */
const MIN_AFTER_STAR = 3;

/**
 * Names that no real cookie has. A pattern that takes two of them takes strangers' cookies too. Short,
 * so that not even a pattern that tries every combination is slow on them.
 */
const UNRELATED_NAMES = ['zqxjkvbw', 'hollyhock', 'QWXKEJPD', '84726501', 'x-kq.7', '__wzt_', 'Kd9fQ2mZ'];

const cookieName: Check = (value, where, to) => {
  if (typeof value !== 'string' || !isCookieName(value)) {
    to.error(where, value, {
      expected: 'a cookie name, without spaces, quotes, commas or semicolons',
      fix: "Copy it from the browser's developer tools.",
      rule: 'R19',
    });
  } else if (value.includes('*')) {
    to.warn(where, value, {
      expected: 'the exact name',
      fix: `A star stands for itself here. For any ending, use "pattern": ${quote(value.replaceAll('*', '.*'))}.`,
    });
  }
};

/** Compiled the way that cookies are matched: against the whole name. */
function compile(pattern: string): RegExp | undefined {
  try {
    // Alone first: "a)|(b" is no expression and would become one between our own parentheses.
    new RegExp(pattern);
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}

const cookiePattern: Check = (value, where, to) => {
  if (typeof value !== 'string' || value === '' || value.length > MAX_PATTERN) {
    to.error(where, value, {
      expected: `a regular expression of 1 to ${MAX_PATTERN} characters`,
      fix: 'Write it as a string, such as "_ga_[A-Z0-9]+", or use name for one exact name.',
    });
    return;
  }
  const expression = compile(value);
  if (!expression) {
    to.error(where, value, {
      expected: 'a regular expression that compiles',
      fix: 'Close every bracket, and double the backslashes in JSON: "\\\\d+".',
    });
    return;
  }
  if (/^\/.*\/[a-z]*$/.test(value)) {
    to.error(where, value, {
      expected: 'a regular expression without slashes around it',
      fix: `Write ${quote(value.replace(/^\/|\/[a-z]*$/g, ''))}.`,
    });
  }
  const taken = UNRELATED_NAMES.filter((name) => expression.test(name));
  if (expression.test('') || taken.length > 1) {
    const proof = taken.length > 0 ? quote(taken[0] as string) : 'the empty name';
    to.error(where, value, {
      expected: `a pattern for the cookies of this service only; this one also takes ${proof}`,
      fix: 'Begin it with the part that all of its names share: it decides which cookies are erased.',
    });
  }
  if (/[+*}]\)+[+*{]/.test(value)) {
    to.warn(where, value, {
      expected: 'no repetition inside of a repetition',
      fix: 'Such a pattern can freeze the page on a long cookie name. Write "[a-z]+" instead of "([a-z]+)+".',
    });
  }
};

const lifetimeDays: Check = (value, where, to) => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    to.error(where, value, {
      expected: 'whole days, 0 for a session cookie',
      fix: 'Round up to days: 13 months are 395, two hours are 1.',
      rule: 'R19',
    });
  } else if (value > BROWSER_CAP_DAYS) {
    to.error(where, value, {
      expected: `at most ${BROWSER_CAP_DAYS} days`,
      fix: 'Shorten the cookie where it is set: browsers keep none longer, so the declared figure is wrong.',
      rule: 'R29',
    });
  } else if (value > TRACKER_MONTHS_DAYS) {
    to.warn(where, value, {
      expected: `at most ${TRACKER_MONTHS_DAYS} days (13 months)`,
      fix: 'Shorten the cookie where it is set.',
      rule: 'R29',
    });
  }
};

const exactlyOneOfNameAndPattern: Check = (value, where, to) => {
  if (!isObject(value)) return;
  const { name, pattern } = value;
  if ((name === undefined) !== (pattern === undefined)) return;
  to.error(where, value, {
    expected: 'either name or pattern',
    fix: name === undefined ? 'Add the name of the cookie.' : 'Remove one of the two.',
    rule: 'R19',
  });
};

/** A service that can be denied has its cookies erased: the receipt must not be among them. */
const sparesTheReceipt: Check = (value, where, to) => {
  if (!isObject(value)) return;
  const receipt = to.facts.cookieName;
  const { name, pattern } = value;
  const isPattern = typeof pattern === 'string' && pattern.length <= MAX_PATTERN;
  if (name !== receipt && !(isPattern && compile(pattern)?.test(receipt))) return;
  to.error(where, value, {
    expected: `a cookie other than ${quote(receipt)}, which remembers the visitor's choice`,
    fix: 'Remove it, or declare it in a service of a required category.',
  });
};

/** @param isRequired whether the service belongs to a required category, whose cookies are never erased */
export function checkCookie(isRequired: boolean): Check {
  const fields = object<CookieDeclaration>({
    name: optional(cookieName),
    pattern: optional(cookiePattern),
    lifetimeDays,
    domain: optional(host),
    path: optional(
      string((text) => /^\/[^;\s\p{Cc}]*$/u.test(text), {
        expected: 'a path that starts with /',
        fix: 'Leave it out for "/".',
      }),
    ),
    purpose: optional(localizedText({ kind: 'sentence', required: isRequired })),
  });
  return all(fields, exactlyOneOfNameAndPattern, ...(isRequired ? [] : [sparesTheReceipt]));
}

const KINDS: readonly string[] = [
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'cacheStorage',
] satisfies StorageDeclaration['kind'][];

const storageKey: Check = (value, where, to) => {
  if (typeof value !== 'string' || value.trim() === '') {
    to.error(where, value, {
      expected: 'a key or a database name',
      fix: "Copy it from the browser's developer tools; * stands for any run of characters.",
      rule: 'R19',
    });
  } else if (value.startsWith('*') && value.replaceAll('*', '').length < MIN_AFTER_STAR) {
    to.error(where, value, {
      expected: 'a key of this service only',
      fix: 'Put the part that all of its keys share before the star: this would erase keys of others.',
    });
  }
};

export const checkStorage: Check = object<StorageDeclaration>({
  kind: string((text) => KINDS.includes(text), {
    expected: `one of ${KINDS.join(', ')}`,
    fix: 'Cookies have their own list, cookies.',
  }),
  key: storageKey,
});
