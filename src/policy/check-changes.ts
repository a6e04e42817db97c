import { addMonths } from '../model/lifetime.ts';
import type { PolicyChange } from '../types.ts';
import { localizedText } from './check-text.ts';
import { nearest } from './did-you-mean.ts';
import { isCalendarDate, isId } from './formats.ts';
import type { Check } from './inspection.ts';
import { at, quote } from './problems.ts';
import { all, boolean, list, object, optional, string } from './shapes.ts';
import { entries, field, type Tree } from './snapshot.ts';

const MAX_VERSION = 40;

export const checkVersion: Check = string((text) => text.trim() !== '' && text.length <= MAX_VERSION, {
  expected: `a text of 1 to ${MAX_VERSION} characters`,
  fix: 'Write the date that the policy page shows, such as "2025-01-15".',
});

export const checkDate: Check = string(isCalendarDate, {
  expected: 'a day of the calendar, year first, such as "2025-01-15"',
  fix: 'Write year-month-day with their zeros.',
});

const checkChange: Check = object<PolicyChange>({
  version: checkVersion,
  date: checkDate,
  summary: localizedText({ kind: 'sentence' }),
  affects: optional(
    list(
      string(isId, {
        expected: 'the id of a category or a service',
        fix: 'Write the id, not the title.',
      }),
    ),
  ),
  keepsBecause: optional(localizedText({ kind: 'sentence' })),
  inform: optional(boolean),
});

const oldestFirst: Check = (value, where, to) => {
  let latest = '';
  entries(value).forEach((entry, index) => {
    const date = field(entry, 'date');
    if (typeof date !== 'string' || !isCalendarDate(date)) return;
    if (date < latest) {
      to.error(at(at(where, index), 'date'), date, {
        expected: `a date that is not before ${latest}, the one above it`,
        fix: 'Sort the entries, oldest first.',
        rule: 'R43',
      });
    } else latest = date;
  });
};

const versionsDiffer: Check = (value, where, to) => {
  const seen = new Map<Tree, string>();
  entries(value).forEach((entry, index) => {
    const version = field(entry, 'version');
    const place = at(where, index);
    const first = seen.get(version);
    if (version !== undefined && first !== undefined) {
      to.error(at(place, 'version'), version, {
        expected: `a version of its own; ${first} has this one already`,
        fix: 'Give each published version one entry.',
        rule: 'R43',
      });
    } else seen.set(version, place);
  });
};

const endsWithCurrentVersion: Check = (value, where, to) => {
  const list = entries(value);
  if (list.length === 0) return;
  const version = field(list.at(-1), 'version');
  if (version === to.facts.version) return;
  to.warn(at(at(where, list.length - 1), 'version'), version, {
    expected: 'the current version of the policy as the last entry',
    fix: 'Add an entry that says what the current version changed, or correct version at the top.',
    rule: 'R43',
  });
};

/** Older entries may name services that are gone since; the last one describes the policy as it is. */
const lastAffectsKnownIds: Check = (value, where, to) => {
  const last = entries(value).length - 1;
  const { categoryIds, serviceIds } = to.facts;
  const known = [...categoryIds, ...serviceIds];
  entries(field(entries(value)[last], 'affects')).forEach((id, index) => {
    if (typeof id !== 'string' || !isId(id) || known.includes(id)) return;
    const meant = nearest(id, known);
    to.warn(at(at(at(where, last), 'affects'), index), id, {
      expected: 'the id of a category or a service of this policy',
      fix: meant ? `Did you mean ${quote(meant)}?` : 'Remove it: a service that is gone asks nothing again.',
      rule: 'R41',
    });
  });
};

/** Who is asked too often stops reading (R44). */
const askSeldom: Check = (value, where, to) => {
  let before: string | undefined;
  entries(value).forEach((entry, index) => {
    const date = field(entry, 'date');
    const affects = entries(field(entry, 'affects'));
    if (affects.length === 0 || typeof date !== 'string' || !isCalendarDate(date)) return;
    if (before !== undefined && Date.parse(date) < addMonths(before, 6)) {
      to.warn(at(at(where, index), 'affects'), field(entry, 'affects'), {
        expected: `nobody to be asked again within six months of ${before}`,
        fix: 'Gather what asks again into one version, or leave affects empty where nothing material changed.',
        rule: 'R44',
      });
    }
    before = date;
  });
};

/** Nobody should keep grants by forgetting a key. */
const keptOnPurpose: Check = (value, where, to) => {
  entries(value).forEach((entry, index) => {
    if (field(entry, 'keepsBecause') === undefined || field(entry, 'affects') !== undefined) return;
    to.warn(at(at(where, index), 'affects'), undefined, {
      expected: 'a list beside keepsBecause: what is asked in spite of it',
      fix: 'Write affects: [] where every answer is kept.',
      rule: 'R41',
    });
  });
};

export const checkChanges: Check = all(
  list(checkChange),
  oldestFirst,
  versionsDiffer,
  endsWithCurrentVersion,
  lastAffectsKnownIds,
  askSeldom,
  keptOnPurpose,
);
