import { checkGoogle } from './check-google.ts';
import { nearest } from './did-you-mean.ts';
import type { Facts } from './facts.ts';
import type { Check } from './inspection.ts';
import { at, quote } from './problems.ts';
import { list } from './shapes.ts';
import { ADVERTISING_TERMS, isSignalName } from './signal-terms.ts';
import { entries, field, isObject, type Tree } from './snapshot.ts';

const NAMES = Object.keys(ADVERTISING_TERMS);

const nameOf = (entry: Tree): Tree => (isObject(entry) ? entry['name'] : entry);

const knownName: Check = (value, where, to) => {
  if (typeof value === 'string' && isSignalName(value)) return;
  const meant = typeof value === 'string' ? nearest(value, NAMES) : undefined;
  to.error(where, value, {
    expected: `one of ${NAMES.join(', ')}`,
    fix: meant
      ? `Did you mean ${quote(meant)}?`
      : 'Write the name of a signal. Another tool is told by a signal of your own: defineSignal, and the option signals.',
  });
};

/** What grants a term: ids of this policy. */
const knownIds: Check = (value, where, to) => {
  const { categoryIds, serviceIds } = to.facts;
  const known = [...categoryIds, ...serviceIds];
  const single = typeof value === 'string';
  if (!single && !Array.isArray(value)) {
    to.error(where, value, {
      expected: 'the id of a category or a service, or a list of them',
      fix: 'Write the ids that must all be granted for it, such as ["analytics"].',
    });
  }
  for (const [index, id] of (single ? [value] : entries(value)).entries()) {
    if (typeof id === 'string' && known.includes(id)) continue;
    const meant = typeof id === 'string' ? nearest(id, known) : undefined;
    to.error(single ? where : at(where, index), id, {
      expected: 'the id of a category or a service of this policy',
      fix: meant ? `Did you mean ${quote(meant)}?` : `Write one of ${known.join(', ')}.`,
    });
  }
};

/** The categories that name advertising and can be refused. */
const choosable = ({ advertisingCategories, requiredCategories }: Facts): string[] =>
  [...advertisingCategories].filter((id) => !requiredCategories.has(id));

/** An advertising tool hears "granted" from those alone who were told of advertising. */
const advertisingByName =
  (name: string): Check =>
  (value, where, to) => {
    const { categoryOf } = to.facts;
    const told = choosable(to.facts);
    const untold = [value]
      .flat()
      .filter((id) => typeof id === 'string' && categoryOf.has(id))
      .filter((id) => !told.includes(`${categoryOf.get(`${id}`)}`));
    if (untold.length === 0) return;
    to.error(where, value, {
      expected: `a category that is a choice and whose title or description names advertising, as ${untold.map((id) => quote(`${id}`)).join(', ')} is not: this term of ${name} stands for it`,
      fix: 'Map it to a category of your own for advertising, or leave it out: it stays denied then.',
      rule: 'R5',
    });
  };

/** What can't be refused is granted to everybody, and a tool is told so on every page. */
const isAChoice: Check = (value, where, to) => {
  const { requiredCategories, categoryOf } = to.facts;
  const ids = [value].flat().filter((id) => typeof id === 'string');
  const isRequired = (id: string) => requiredCategories.has(`${categoryOf.get(id)}`);
  if (ids.length === 0 || !ids.every((id) => isRequired(`${id}`))) return;
  to.warn(where, value, {
    expected: 'something that visitors choose; this is granted for everybody, who can’t refuse it',
    fix: 'Name a category that is a choice, unless the site cannot work without what the tool does with it.',
    rule: 'R18',
  });
};

const checkMap =
  (name: string): Check =>
  (value, where, to) => {
    if (value === undefined) return;
    if (!isObject(value)) {
      to.error(where, value, {
        expected: 'an object: by the term of the tool, ids of this policy',
        fix: 'Write { "analytics_storage": "analytics" }, or leave it out.',
      });
      return;
    }
    const forAdvertising = isSignalName(name) ? ADVERTISING_TERMS[name] : [];
    for (const [term, ids] of Object.entries(value)) {
      const place = at(where, term);
      knownIds(ids, place, to);
      isAChoice(ids, place, to);
      if (forAdvertising.includes(term)) advertisingByName(name)(ids, place, to);
    }
  };

/** Told once, so that nobody waits for a "granted" that never comes, or gets one that nobody has given. */
const staysDenied: Check = (value, where, to) => {
  const name = nameOf(value);
  if (typeof name !== 'string' || !isSignalName(name) || choosable(to.facts).length > 0) return;
  const map = field(value, 'map');
  const terms = ADVERTISING_TERMS[name].filter((term) => field(map, term) === undefined);
  if (terms.length === 0) return;
  const [required] = to.facts.advertisingCategories;
  if (required !== undefined) {
    to.error(where, name, {
      expected: `advertising to be a choice: the one category that names it is ${quote(required)}, which can't be refused`,
      fix: 'Leave the word out of its text, also where it says that there is none, or add a category of your own for advertising.',
      rule: 'R18',
    });
    return;
  }
  to.warn(where, name, {
    expected: `to know that ${terms.join(', ')} of ${name} always stay denied: no category names advertising`,
    fix: 'Without advertising, map each of them to [], which says so. Else add a category of your own whose title names it.',
    rule: 'R5',
  });
};

const checkSignal: Check = (value, where, to) => {
  const name = nameOf(value);
  if (typeof value !== 'string' && !isObject(value)) {
    to.error(where, value, {
      expected: 'the name of a signal, or an object with name and its options',
      fix: 'Write "google" or { "name": "google", … }.',
    });
    return;
  }
  knownName(name, isObject(value) ? at(where, 'name') : where, to);
  if (isObject(value)) {
    checkMap(typeof name === 'string' ? name : '')(value['map'], at(where, 'map'), to);
    if (name === 'google') checkGoogle(value, where, to);
  }
  staysDenied(value, where, to);
};

/** Two of a name would tell one tool two things. */
const namedOnce: Check = (value, where, to) => {
  const first = new Map<string, string>();
  for (const [index, entry] of entries(value).entries()) {
    const name = nameOf(entry);
    if (typeof name !== 'string') continue;
    const place = at(where, index);
    const seen = first.get(name);
    if (seen === undefined) first.set(name, place);
    else {
      to.error(place, name, {
        expected: `each signal once; ${seen} is this one already`,
        fix: 'Write one entry with all of its options.',
      });
    }
  }
};

export const checkSignals: Check = (value, where, to) => {
  list(checkSignal)(value, where, to);
  namedOnce(value, where, to);
};
