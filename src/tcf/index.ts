import { normalizePolicy, type Unit } from '../policy/normalize.ts';
import type { Choices, Consent, FollowTcfOptions, Policy, PolicyId, TcfRule, TcfRules } from '../types.ts';
import { rulesByUnit } from './check-rules.ts';
import { grants, newsOf, own } from './read-tc-data.ts';
import { callTcf, whenTcf } from './tcf-api.ts';

export type { FollowTcfOptions, TcfAddOn, TcfAddOnContext, TcfRule, TcfRules } from '../types.ts';

/**
 * Lets the CMP of the page decide, by what it tells through `__tcfapi`: what the rules name is granted when the visitor has said yes
 * there, and taken back when they say no. Pass `asks: false` to `createConsent` along with it. Nothing is shown, and no `__tcfapi` is
 * made. Where the CMP fails or can't be understood, what it decides about is denied; until it answers, the last answer holds.
 *
 * On a server it does nothing.
 * @param policy as `createConsent` was given it
 * @returns its stop, after which the CMP is no longer listened to
 * @throws {ConsentError} for a rule that could not be followed, or would grant too much
 */
export function followTcf<const P extends Policy>(
  consent: Consent<PolicyId<P>>,
  policy: P,
  rules: TcfRules<PolicyId<P>>,
  options?: FollowTcfOptions,
): () => void;
// Inside, ids are the strings that they are at run time; the signature above narrows them for the caller.
export function followTcf(
  consent: Consent,
  policy: Policy,
  rules: TcfRules,
  { whereGdprDoesNotApply = 'deny' }: FollowTcfOptions = {},
): () => void {
  const units = usableUnits(policy);
  // What nobody can be asked about can't be decided either.
  if (!units[0] || typeof document !== 'object') return () => {};
  const ruled = [...rulesByUnit(rules, units)];

  let isOver = false;
  let hasAnswered = false;
  let listenerId: unknown;
  let wanted: { readonly granted: readonly Unit[]; readonly isOther: IsOther } | undefined;

  const apply = () => {
    // What is stored has to be read before it can be changed.
    if (isOver || !wanted || !(consent.receipt || consent.promptReason)) return;
    const { granted, isOther } = wanted;
    const entries = ruled.map(([unit]) => {
      // What the browser's signal turns off is not switched on by accepting everything in another tool. What runs in spite of
      // it stays: it is exempt where the visitor is, or was switched on by name.
      const isTurnedOff = unit.isSale && consent.browserSignal && !consent.isGranted(unit.id);
      return [unit.id, granted.includes(unit) && !isTurnedOff ? 'granted' : 'denied'] as const;
    });
    const choices: Choices = Object.fromEntries(entries);
    if (!Object.entries(choices).some(isOther)) return;
    try {
      consent.save(choices);
    } catch (error) {
      reportError(error);
    }
  };

  const want = (isGranted: (rule: TcfRule) => boolean, isOther: IsOther) => {
    const granted = ruled.filter(([, rule]) => isGranted(rule)).map(([unit]) => unit);
    wanted = { granted, isOther };
    apply();
  };
  const differs: IsOther = ([id, choice]) => consent.choices[id] !== choice;
  const runs: IsOther = ([id]) => consent.isGranted(id);
  // Nobody has answered, so what runs without having been asked about is not what is taken back.
  const deny = () => want(no, (one) => !!consent.receipt && runs(one));

  const hear = (data: unknown, success: unknown) => {
    const news = newsOf(data, success, hasAnswered);
    if (news === 'nothing') return;
    if (news === 'doubt') return deny();
    hasAnswered = true;
    if (news === 'answer') return want((rule) => grants(data, rule), differs);
    if (whereGdprDoesNotApply === 'grant') want(() => true, differs);
    else if (whereGdprDoesNotApply === 'leave') wanted = undefined;
    else want(no, runs);
  };

  const unlisten = () => {
    try {
      if (listenerId !== undefined) callTcf('removeEventListener', () => {}, listenerId);
    } catch (error) {
      reportError(error);
    }
  };

  /** What the CMP calls must not throw, or others that listen would not hear. */
  const guarded = (act: () => void) => {
    try {
      act();
    } catch (error) {
      reportError(error);
      if (!isOver) deny();
    }
  };
  const onNews = (data?: unknown, success?: unknown) =>
    guarded(() => {
      const isFirst = listenerId === undefined;
      listenerId ??= own(data, 'listenerId');
      if (!isOver) hear(data, success);
      // It was stopped before the CMP had given it a number.
      else if (isFirst) unlisten();
    });

  const stopWaiting = whenTcf(() => {
    let isThere = true;
    guarded(() => {
      isThere = callTcf('addEventListener', onNews);
    });
    return isThere;
  });
  // Told in the middle of the reading, so that what comes of it waits for its end.
  const stopReading = consent.subscribe(() =>
    queueMicrotask(() => {
      if (!consent.receipt && !consent.promptReason) return;
      stopReading();
      guarded(apply);
    }),
  );

  return () => {
    if (isOver) return;
    isOver = true;
    stopWaiting();
    stopReading();
    unlisten();
  };
}

/** Whether one of the choices that are wanted calls for a decision. */
type IsOther = (choice: readonly [id: string, choice: unknown]) => boolean;

const no = () => false;

/** Where the visitor is, is not known here: as where nothing is exempt, so that all that could be `sale` is. */
const usableUnits = (policy: Policy): readonly Unit[] => {
  try {
    return normalizePolicy(policy, { region: 'eu' }).units;
  } catch {
    // The SDK has said why, and holds everything.
    return [];
  }
};
