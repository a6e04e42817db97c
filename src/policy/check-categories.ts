import type { Category } from '../types.ts';
import { localizedText } from './check-text.ts';
import { nearest } from './did-you-mean.ts';
import { BUILT_IN_CATEGORIES, isAlwaysAChoice } from './facts.ts';
import { isId } from './formats.ts';
import type { Check } from './inspection.ts';
import { at, quote } from './problems.ts';
import { all, boolean, object, optional } from './shapes.ts';
import { field, isObject } from './snapshot.ts';

/** An id that nothing else in the policy has: categories and services share one space. */
export const uniqueId: Check = (value, where, to) => {
  if (typeof value !== 'string' || !isId(value)) {
    to.error(where, value, {
      expected:
        'an id: a letter, then letters, digits, _ or -; 64 characters at most, no word such as constructor',
      fix: 'Choose a short word that never changes; receipts and page markup name it.',
    });
    return;
  }
  const first = to.ids.get(value);
  if (first === undefined) to.ids.set(value, where);
  else {
    to.error(where, value, {
      expected: `an id of its own; ${first} has this one already`,
      fix: 'Rename one of them: categories and services share their ids.',
    });
  }
};

const ownTexts: Check = (value, where, to) => {
  const id = field(value, 'id');
  if (typeof id !== 'string' || BUILT_IN_CATEGORIES.includes(id)) return;
  const meant = nearest(id, BUILT_IN_CATEGORIES);
  for (const key of ['title', 'description'] satisfies (keyof Category)[]) {
    if (field(value, key) !== undefined) continue;
    to.error(at(where, key), undefined, {
      expected: `a ${key}, because ${quote(id)} is a category of your own`,
      fix: meant
        ? `Add it, or did you mean ${quote(meant)}?`
        : `Add it: only ${BUILT_IN_CATEGORIES.join(', ')} come with texts.`,
      rule: 'R5',
    });
  }
};

const requiredOnlyWhereAllowed: Check = (value, where, to) => {
  if (!isObject(value)) return;
  const { id, required } = value;
  if (required === true && isAlwaysAChoice(id)) {
    to.error(at(where, 'required'), required, {
      expected: `${quote(String(id))} to be a choice`,
      fix: 'Remove required. A service that the site cannot work without belongs in "essential", with its reason.',
      rule: 'R18',
    });
  } else if (required === false && id === 'essential') {
    to.warn(at(where, 'required'), required, {
      expected: 'no such key here: "essential" is always required',
      fix: 'Remove it. A service that can be refused belongs in another category.',
      rule: 'R18',
    });
  }
};

/** A browser signal turns off what is advertising, whatever else it is called (R59). */
const advertisingIsSale: Check = (value, where, to) => {
  if (!isObject(value)) return;
  const { id, sale } = value;
  if (typeof id !== 'string') return;
  if (to.facts.requiredCategories.has(id)) {
    if (sale === undefined) return;
    to.warn(at(where, 'sale'), sale, {
      expected: 'no such key in a required category, which no browser signal turns off',
      fix: 'Remove it. What sells or shares data belongs in a category that is a choice.',
      rule: 'R59',
    });
  } else if (to.facts.advertisingCategories.has(id)) {
    const isOpen = sale === undefined && !/^(analytics|preference|performance)$/.test(id);
    if (sale === true || isOpen) return;
    const advice = {
      expected: `true: the text of ${quote(id)} names advertising, which a browser signal turns off`,
      fix: 'Write "sale": true, or move the advertising to a category of its own.',
      rule: 'R59',
    } as const;
    if (sale === undefined) to.warn(at(where, 'sale'), sale, advice);
    else if (sale === false) to.error(at(where, 'sale'), sale, advice);
  }
};

const hasServices: Check = (value, where, to) => {
  const id = field(value, 'id');
  // A required category is no question, so there may be nothing in it yet.
  if (typeof id !== 'string' || to.facts.usedCategories.has(id) || to.facts.requiredCategories.has(id))
    return;
  to.warn(where, id, {
    expected: 'a category that at least one service names',
    fix: 'Remove the category until there is something in it to choose, or add its services.',
    rule: 'R19',
  });
};

export const checkCategory: Check = (value, where, to) => {
  const id = field(value, 'id');
  const required = typeof id === 'string' && to.facts.requiredCategories.has(id);
  const fields = object<Category>({
    id: uniqueId,
    title: optional(localizedText({ kind: 'title', required })),
    description: optional(localizedText({ kind: 'purpose', required })),
    required: optional(boolean),
    sale: optional(boolean),
  });
  all(fields, ownTexts, requiredOnlyWhereAllowed, advertisingIsSale, hasServices)(value, where, to);
};
