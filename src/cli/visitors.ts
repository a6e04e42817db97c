import { changesSince } from '../model/changes-since.ts';
import { decide } from '../model/decide.ts';
import { keptAnswers } from '../model/kept-answers.ts';
import { keysOf } from '../model/receipt.ts';
import { renew } from '../model/renew.ts';
import { resolve } from '../model/resolve.ts';
import { compareOutlines } from '../policy/compare-outlines.ts';
import { type NormalizedPolicy, normalizePolicy } from '../policy/normalize.ts';
import { outlinePolicy } from '../policy/outline.ts';
import type { Policy } from '../types.ts';
import { dateOf } from './date-of.ts';

/** What a visitor who decided on the old policy meets under the new one. */
export interface Outcome {
  /** Categories that they had accepted; the others of the old policy they had refused. */
  readonly accepted: readonly string[];
  /**
   * - `changed`: the notice asks about what changed
   * - `first`: the banner asks about everything, as at a first visit
   * - `informed`: a small notice tells of the new version, once
   * - `nothing`: nothing is shown
   */
  readonly sees: 'changed' | 'first' | 'informed' | 'nothing';
  /** Ids of what is asked: services, and categories without services. */
  readonly asked: readonly string[];
  /** Ids of services and categories that are granted without an answer, from the old one. */
  readonly granted: readonly string[];
  /** What is asked where the browser has kept the cookie and lost what stands beside it. */
  readonly askedByCookieAlone: readonly string[];
}

/** Of all that reads it, nothing but the time matters here. */
const at = (now: number) => ({
  now: () => now,
  uuid: () => '00000000-0000-4000-8000-000000000000',
  languages: [],
  secure: true,
  gpc: false,
  dnt: false,
  prerendering: false,
});

function revisit(then: NormalizedPolicy, now: NormalizedPolicy, accepted: readonly string[]): Outcome {
  const time = Date.parse(dateOf(then) ?? '1970-01-01');
  const wanted = Object.fromEntries(
    then.optional.map(({ id }) => [id, accepted.includes(id) ? 'granted' : 'denied'] as const),
  );
  const receipt = decide(then, {}, wanted, 'custom', at(time));
  // Where nothing was asked nothing is stored; and under another name it is not found.
  const isKept = !!then.units[0] && then.scope.cookieName === now.scope.cookieName;
  const first = resolve(now, isKept ? receipt : null, false, time);
  const idsOf = ({ promptReason }: typeof first) =>
    promptReason?.type === 'policy-changed'
      ? [...promptReason.added, ...promptReason.modified]
      : promptReason
        ? now.units.map(({ id }) => id)
        : [];

  let final = first;
  if (first.promptReason?.type === 'policy-changed') {
    const difference = compareOutlines(outlinePolicy(then), outlinePolicy(now));
    const before = resolve(then, receipt, false, time).choices;
    const kept = keptAnswers(now, first.promptReason, difference, before);
    if (Object.keys(kept)[0]) final = resolve(now, renew(now, receipt, kept), false, time);
  }
  const isTold = then.version !== now.version && changesSince(now, receipt).some(({ inform }) => inform);
  return {
    accepted,
    sees: final.promptReason
      ? final.promptReason.type === 'policy-changed'
        ? 'changed'
        : 'first'
      : isTold && isKept
        ? 'informed'
        : 'nothing',
    asked: idsOf(final),
    granted: keysOf(final.choices, 'granted'),
    askedByCookieAlone: idsOf(first),
  };
}

/** Who accepted everything, who refused everything, and who accepted each single category. */
export function meetVisitors(then: Policy, now: Policy): [Outcome, ...Outcome[]] {
  const [before, after] = [normalizePolicy(then), normalizePolicy(now)];
  const ids = before.optional.map(({ id }) => id);
  return [
    revisit(before, after, ids),
    ...(ids[0] ? [[]] : []).map((none) => revisit(before, after, none)),
    ...(ids[1] ? ids : []).map((id) => revisit(before, after, [id])),
  ];
}

/** What is asked of who had accepted everything: nobody is asked more. */
export const askedAtMost = (then: Policy, now: Policy): readonly string[] => meetVisitors(then, now)[0].asked;
