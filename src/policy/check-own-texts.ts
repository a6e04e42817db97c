import { localizedText } from './check-text.ts';
import { nearest } from './did-you-mean.ts';
import type { Check } from './inspection.ts';
import { at, quote } from './problems.ts';
import { isObject } from './snapshot.ts';
import { TEXT_KEYS } from './text-keys.ts';

/** Words that stand alone may be the same in every language. */
const kindOf = (key: string) => (/\.(text|consequence|reloads|rest)$/.test(key) ? 'sentence' : 'title');

/** Answers that are read side by side: each needs the other. */
const PAIRS = [
  ['banner.acceptAll', 'banner.rejectAll'],
  ['banner.rejectAll', 'banner.acceptAll'],
  ['notice.accept', 'notice.reject'],
  ['notice.reject', 'notice.accept'],
] as const;

const checkBraces: (known: readonly string[]) => Check = (known) => (value, where, to) => {
  for (const text of isObject(value) ? Object.values(value) : [value]) {
    if (typeof text !== 'string') continue;
    for (const [whole, name = ''] of text.matchAll(/\{(\w*)\}/g)) {
      if (known.includes(name)) continue;
      to.warn(where, text, {
        expected:
          known.length > 0
            ? `only ${known.map((one) => `{${one}}`).join(' and ')} in braces`
            : 'no word in braces',
        fix: `Remove ${whole}: nothing is known by that name here, so nothing would be shown in its place.`,
      });
    }
  }
};

/** The site's own words: known keys, plain texts, and never one answer without the other. */
export const checkOwnTexts: Check = (value, where, to) => {
  if (!isObject(value)) {
    to.error(where, value, {
      expected: 'an object with a text for each key, such as { "banner.title": "…" }',
      fix: 'Write it as { … }, or leave it out.',
    });
    return;
  }
  for (const [key, text] of Object.entries(value)) {
    const place = at(where, key);
    const known = TEXT_KEYS.get(key);
    if (!known) {
      const meant = nearest(key, TEXT_KEYS.keys());
      const isPlural = TEXT_KEYS.has(`${key}.other`);
      to.error(place, text, {
        expected: 'the folder and key of a text in locales/, such as banner.title or preferences.save',
        fix: isPlural
          ? `Write a key for each plural form, such as ${quote(`${key}.one`)} and ${quote(`${key}.other`)}.`
          : /^banner\.categories\./.test(key)
            ? 'Write it as title or description of the category itself.'
            : meant
              ? `Did you mean ${quote(meant)}?`
              : 'Remove it: nothing reads it.',
      });
      continue;
    }
    localizedText({ kind: kindOf(key) })(text, place, to);
    checkBraces(known)(text, place, to);
  }
  for (const [key, other] of PAIRS) {
    if (!(key in value) || other in value) continue;
    to.warn(at(where, key), value[key], {
      expected: `words of your own for ${quote(other)} too`,
      fix: 'Write both answers in the same grammar and about the same length, or neither.',
      rule: 'R4',
    });
  }
};
