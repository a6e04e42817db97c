import { isKnownLanguage, isLanguageTag, isSafeAddress } from './formats.ts';
import type { Check, FoundText, Inspection, TextRole } from './inspection.ts';
import { at } from './problems.ts';
import { isObject, type Tree } from './snapshot.ts';

/** Characters of one text above which nobody reads it; the wording is not examined beyond. */
export const MAX_TEXT = 2000;

/** A word that a visitor reads: not empty, plain text, readable. */
export const plainText: Check = (value, where, to) => {
  if (typeof value !== 'string' || value.trim() === '') {
    to.error(where, value, {
      expected: 'a text that is not empty',
      fix: 'Write what the visitor should read, or leave out the key if it is optional.',
    });
    return;
  }
  if (value.length > MAX_TEXT) {
    to.warn(where, value, {
      expected: `at most ${MAX_TEXT} characters, got ${value.length}`,
      fix: 'Say it in one or two sentences; the policy page has room for the rest. Only the beginning was examined.',
    });
  }
  if (/<\/?[a-z!]/i.test(value)) {
    to.error(where, value, {
      expected: 'plain text, without HTML',
      fix: 'Remove the tags, which would be shown as they are. A link is a field of its own, such as privacyUrl.',
    });
  }
  if (/&(?:[a-z]{2,8}|#\d{1,6}|#x[\da-f]{1,6});/i.test(value)) {
    to.warn(where, value, {
      expected: 'plain text, without HTML entities',
      fix: 'Write the character itself; an entity is shown as it is.',
    });
  }
  // UTF-8 that was read as Latin-1, or the reverse.
  if (/\ufffd|Ã[\u0080-\u00bf]|â€/.test(value)) {
    to.warn(where, value, {
      expected: 'readable characters',
      fix: 'Save the file as UTF-8: some accented letters were damaged on the way.',
    });
  }
};

/** The address of a link. */
const address: Check = (value, where, to) => {
  if (typeof value === 'string' && isSafeAddress(value)) return;
  to.error(where, value, {
    expected: 'an address that starts with https://, http:// or /',
    fix: 'Write the whole address, or the path from the root of the site such as "/privacy".',
  });
};

/** One value, or one for each language. Returns what it found. */
function readVersions(
  item: Check,
  value: Tree,
  where: string,
  to: Inspection,
): { language: string | null; text: string }[] {
  if (typeof value === 'string') {
    item(value, where, to);
    return [{ language: null, text: value }];
  }
  if (!isObject(value) || Object.keys(value).length === 0) {
    to.error(where, value, {
      expected: 'a text, or an object with one text for each language',
      fix: 'Write "…" or { "fr": "…", "en": "…" }.',
    });
    return [];
  }
  return Object.entries(value).flatMap(([language, version]) => {
    const place = at(where, language);
    if (!isLanguageTag(language)) {
      to.error(place, language, {
        expected: 'a BCP 47 language tag such as fr or nl-BE',
        fix: language.includes('_') ? 'Write a hyphen instead of the underscore.' : 'Name the language.',
      });
    } else if (!isKnownLanguage(language)) {
      to.warn(place, language, {
        expected: 'a language that there is',
        fix: 'Write its BCP 47 tag: de is German, sv is Swedish, el is Greek.',
      });
    }
    item(version, place, to);
    return typeof version === 'string' ? [{ language, text: version }] : [];
  });
}

/** A LocalizedText that is shown to the visitor; it is kept for the checks that compare texts. */
export function localizedText(role: TextRole): Check {
  return (value, where, to) => {
    const found: FoundText = { ...role, where, versions: readVersions(plainText, value, where, to) };
    to.texts.push(found);
  };
}

/** A LocalizedText that holds addresses. */
export const localizedAddress: Check = (value, where, to) => {
  readVersions(address, value, where, to);
};
