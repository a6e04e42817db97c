import type { Service } from '../types.ts';
import { uniqueId } from './check-categories.ts';
import { checkCookie, checkStorage } from './check-cookies.ts';
import { checkExempt, exemptionFits } from './check-exemptions.ts';
import { hostSource } from './check-hosts.ts';
import { localizedAddress, localizedText, plainText } from './check-text.ts';
import { nearest } from './did-you-mean.ts';
import type { Check } from './inspection.ts';
import { at, quote } from './problems.ts';
import { all, boolean, list, object, optional } from './shapes.ts';
import { entries, field } from './snapshot.ts';
import { isAdvertisingHost, isTrackerHost } from './tracker-hosts.ts';

const knownCategory: Check = (value, where, to) => {
  const { categoryIds } = to.facts;
  if (typeof value === 'string' && categoryIds.has(value)) return;
  const meant = typeof value === 'string' ? nearest(value, categoryIds) : undefined;
  to.error(where, value, {
    expected: categoryIds.size > 0 ? `one of ${[...categoryIds].join(', ')}` : 'the id of a category',
    fix: meant ? `Did you mean ${quote(meant)}?` : 'Name a category of this policy, or add it to categories.',
  });
};

const country: Check = (value, where, to) => {
  if (typeof value === 'string' && /^[A-Z]{2}$/.test(value) && value !== 'UK') return;
  to.error(where, value, {
    expected: 'two capital letters of ISO 3166-1, such as "FR"',
    fix: value === 'UK' ? 'Write "GB".' : 'Write the code of the country.',
  });
};

const checkVendor: Check = object<Service['vendor']>(
  { name: plainText, country: optional(country), privacyUrl: optional(localizedAddress) },
  { rule: 'R19' },
);

const reasonWhereRequired: Check = (value, where, to) => {
  if (field(value, 'reason') !== undefined) return;
  to.error(at(where, 'reason'), undefined, {
    expected: `why the site cannot work without it, because ${quote(String(field(value, 'category')))} can't be refused`,
    fix: 'Add the reason, or move the service to a category that is a choice.',
    rule: 'R18',
  });
};

const noTrackers: Check = (value, where, to) => {
  const hosts = entries(field(value, 'hosts'));
  hosts.forEach((entry, index) => {
    if (typeof entry !== 'string' || !isTrackerHost(entry)) return;
    to.warn(at(at(where, 'hosts'), index), entry, {
      expected: 'no host of measurement or advertising in a required category',
      fix: 'Move the service to "analytics", or to a category of your own that names advertising.',
      rule: 'R18',
    });
  });
};

/** A purpose that the visitor was not told of is not consented to. */
const advertisingIsNamed: Check = (value, where, to) => {
  const category = field(value, 'category');
  if (typeof category !== 'string' || !to.facts.categoryIds.has(category)) return;
  if (to.facts.advertisingCategories.has(category)) return;
  entries(field(value, 'hosts')).forEach((entry, index) => {
    if (typeof entry !== 'string' || !isAdvertisingHost(entry)) return;
    to.warn(at(at(where, 'hosts'), index), entry, {
      expected: `a category whose title or description names advertising, which ${quote(category)} does not`,
      fix: 'Move the service to a category of your own for advertising, or say "advertising" in the text of this one.',
      rule: 'R5',
    });
  });
};

export const checkService: Check = (value, where, to) => {
  const category = field(value, 'category');
  const required = typeof category === 'string' && to.facts.requiredCategories.has(category);
  const fields = object<Service>({
    id: uniqueId,
    category: knownCategory,
    name: optional(plainText),
    vendor: checkVendor,
    purpose: localizedText({ kind: 'purpose', required }),
    // Explains what can't be refused, so its words can't put anyone off refusing.
    reason: optional(localizedText({ kind: 'sentence', required: true })),
    cookies: optional(list(checkCookie(required))),
    storage: optional(list(checkStorage)),
    hosts: optional(list(hostSource)),
    exempt: optional(checkExempt(required)),
    reload: optional(boolean),
  });
  all(fields, ...(required ? [reasonWhereRequired, noTrackers] : [advertisingIsNamed, exemptionFits]))(
    value,
    where,
    to,
  );
};
