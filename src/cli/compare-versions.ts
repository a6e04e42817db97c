import { canonicalize } from '../policy/canonicalize.ts';
import { compareDetails, type Detail } from '../policy/compare-details.ts';
import { compareOutlines, type PolicyDifference } from '../policy/compare-outlines.ts';
import { normalizePolicy } from '../policy/normalize.ts';
import { outlinePolicy } from '../policy/outline.ts';
import { sha256 } from '../policy/sha256.ts';
import type { LocalizedText, Policy, PolicyChange } from '../types.ts';
import { askedAtMost, meetVisitors, type Outcome } from './visitors.ts';

/** What `changes` of the new policy says about the step from the old one. */
export interface Statement {
  /** The new version has an entry, so that visitors read a sentence of the site's own. */
  readonly isListed: boolean;
  /** Ids that are asked for no other reason than `affects`. */
  readonly forced: readonly string[];
  /** Ids that changed and keep their grants because of `keepsBecause`. */
  readonly suppressed: readonly string[];
  /** Of the new version. */
  readonly keepsBecause: LocalizedText | null;
}

/** What `bandeau diff --json` prints. */
export interface VersionDiff {
  readonly schemaVersion: 1;
  readonly from: VersionName;
  readonly to: VersionName;
  readonly material: PolicyDifference;
  readonly minor: readonly Detail[];
  readonly visitors: readonly Outcome[];
  readonly changes: Statement;
  /** What deserves a look, in words. */
  readonly notes: readonly string[];
}

export interface VersionName {
  readonly version: string;
  /** SHA-256 of the policy in canonical form. */
  readonly policyHash: string;
}

/** SHA-256 of a value in canonical form. */
export const hashOf = (value: unknown): string => sha256(canonicalize(value));

const list = (ids: readonly string[]) => ids.map((id) => `\`${id}\``).join(', ');

function readChanges(then: Policy, now: Policy): Statement {
  const without = (key: keyof PolicyChange): Policy => ({
    ...now,
    changes: (now.changes ?? []).map((change) => ({ ...change, [key]: undefined })),
  });
  const asked = askedAtMost(then, now);
  const unforced = askedAtMost(then, without('affects'));
  const entry = now.changes?.find(({ version }) => version === now.version);
  return {
    isListed: entry !== undefined,
    forced: asked.filter((id) => !unforced.includes(id)),
    suppressed: askedAtMost(then, without('keepsBecause')).filter((id) => !asked.includes(id)),
    keepsBecause: entry?.keepsBecause ?? null,
  };
}

function takeNotes(then: Policy, now: Policy, changes: Statement, { removed }: PolicyDifference): string[] {
  const isSame = then.version === now.version;
  const wasListed = now.changes?.some(({ version }) => version === then.version);
  const isAlwaysOn = normalizePolicy(now).isRequired;
  const locked = removed.filter(({ id }) => isAlwaysOn(id)).map(({ id }) => id);
  const [before, after] = [normalizePolicy(then), normalizePolicy(now)];
  const notes: (string | false)[] = [
    isSame &&
      hashOf(then) !== hashOf(now) &&
      "Both have the same `version`: give the new policy its own, or records of the two can't be told apart.",
    !isSame &&
      !changes.isListed &&
      '`changes` has no entry for the new version: visitors are asked without a sentence of yours that says why.',
    !isSame &&
      changes.isListed &&
      !wasListed &&
      "`changes` has no entry for the old version, so that its entries are told by date: one that is as old as a visitor's decision counts as new to them.",
    !!changes.forced[0] &&
      `\`affects\` asks again about ${list(changes.forced)}, which asks for nothing more than before.`,
    !!changes.suppressed[0] &&
      `\`keepsBecause\` keeps the grants of ${list(changes.suppressed)}, although they ask for more than before.`,
    !!locked[0] &&
      `${list(locked)} can't be refused any more: the category is required now. Who had refused it is not asked.`,
    before.scope.cookieName !== after.scope.cookieName &&
      '`scope.cookieName` is another: every answer is lost, and everybody is asked about everything.',
    after.lifetimeMonths > before.lifetimeMonths &&
      `Answers hold ${after.lifetimeMonths} months instead of ${before.lifetimeMonths}, also those that were given before; nobody is asked because of it alone.`,
    after.lifetimeMonths < before.lifetimeMonths &&
      `Answers hold ${after.lifetimeMonths} months instead of ${before.lifetimeMonths}: older ones expire at once.`,
    now.audience === 'children' &&
      then.audience !== 'children' &&
      'The site is for children now: whatever can be refused never runs, and nobody is asked.',
  ];
  return notes.filter((note) => note !== false);
}

/** Compares two versions of a policy, as the browser of each kind of visitor will. */
export function compareVersions(then: Policy, now: Policy): VersionDiff {
  const [before, after] = [normalizePolicy(then), normalizePolicy(now)];
  const material = compareOutlines(outlinePolicy(before), outlinePolicy(after));
  const changes = readChanges(then, now);
  return {
    schemaVersion: 1,
    from: { version: then.version, policyHash: hashOf(then) },
    to: { version: now.version, policyHash: hashOf(now) },
    material,
    minor: compareDetails(then, now, material),
    visitors: meetVisitors(then, now),
    changes,
    notes: takeNotes(then, now, changes, material),
  };
}
