import { InvalidChoiceError } from '../errors.ts';
import { decide } from '../model/decide.ts';
import { resolve } from '../model/resolve.ts';
import type { NormalizedPolicy, Unit } from '../policy/normalize.ts';
import type { Choice, Choices, Consent, DecisionMethod, Environment, Receipt, ShownLayer } from '../types.ts';
import type { WritableState } from './create-state.ts';

/** What a site may call; the handle carries them as they are. */
export type PublicActions = Pick<
  Consent,
  'acceptAll' | 'rejectAll' | 'save' | 'withdraw' | 'optOut' | 'reset' | 'open' | 'close'
>;

/** A layer as it stood on screen: what a decision was made about. */
export interface Shown {
  readonly layer: ShownLayer;
  readonly locale: string;
  /** Every text that it was drawn with, by folder of locales/. */
  readonly texts: unknown;
}

/** One act, once it is in force. */
export interface Decision {
  readonly receipt: Receipt;
  /** Id of the decision before it. */
  readonly previousId: string | null;
  /** Null where no layer of ours asked. */
  readonly shown: Shown | null;
  readonly importedFrom: string | null;
}

/** The only writers of the state. */
export interface Actions extends PublicActions {
  /** The same for the answers of a layer, so that what was on screen is known with the decision. */
  seen(shown: Shown): PublicActions;
  /**
   * Takes over what storage holds.
   * @param isDamaged something was there: unless a receipt is given, it could not be read
   */
  hydrate(receipt: Receipt | null, isDamaged?: boolean): void;
  setLocale(locale: string): void;
  setStored(isStored: boolean): void;
  markNeedsReload(): void;
}

/**
 * Binds the actions to one policy and one state.
 * @param decided is told of each decision, and of null when everything is to be forgotten
 * @param asks false where nothing is opened but by the site
 */
export function createActions(
  policy: NormalizedPolicy,
  state: WritableState,
  env: Environment,
  decided: (decision: Decision | null) => void,
  asks = true,
) {
  const { $receipt, $choices, $promptReason, $surface } = state;
  /** What is shown where there is something to ask. */
  const question = asks ? 'banner' : null;

  /** Acts that are not told yet: what one of them calls may act in its turn. */
  const acts: (Decision | null)[] = [];
  let depth = 0;
  let mayAnswer: unknown;
  let isAnswering = false;

  const apply: Actions['hydrate'] = (given, isDamaged = false) => {
    const { receipt, choices, promptReason, isOverruled } = resolve(policy, given, isDamaged, env.now());
    // Whoever is told of it may decide otherwise: then what follows from this one is over.
    const isOver = () => $receipt.get() !== receipt;
    // The receipt first, so that it is stored before anything is released on its account.
    $receipt.set(receipt);
    if (isOver()) return;
    try {
      $choices.set(choices);
    } catch (error) {
      // A subscriber of the site threw; the others have run.
      reportError(error);
    }
    if (isOver()) return;
    $promptReason.set(promptReason);
    const shown = $surface.get();
    $surface.set(promptReason ? (shown ?? question) : shown === 'banner' ? null : shown);
    mayAnswer = policy.regime === 'opt-out' && policy.browserSignal && (promptReason || isOverruled);
  };
  /**
   * There the law takes what the browser asks for as an answer (CCPA regulations § 7025). Once: a page may forget each as
   * soon as it is told of it.
   */
  const answer = () => {
    if (depth || isAnswering || !mayAnswer) return;
    isAnswering = true;
    try {
      store(null, 'signal', {});
    } finally {
      isAnswering = false;
    }
  };
  /** Tells of decisions in their order, once what they call has had its turn. */
  const act = (decision: Decision) => {
    acts.push(decision);
    depth++;
    try {
      apply(decision.receipt);
    } finally {
      if (!--depth) for (const one of acts.splice(0)) decided(one);
    }
    answer();
  };

  const store = (shown: Shown | null, method: DecisionMethod, wanted: Choices) => {
    for (const [id, choice] of Object.entries(wanted)) {
      if (!policy.categoryOf.has(id) || (choice !== 'granted' && choice !== 'denied')) {
        throw new InvalidChoiceError(id, choice, [...policy.categoryOf.keys()]);
      }
    }
    // Nothing was decided where there is nothing to decide.
    if (!policy.units[0]) return;
    const previousId = $receipt.get()?.id ?? null;
    const receipt = decide(policy, $choices.get(), wanted, method, env);
    $surface.set(null);
    act({ receipt, previousId, shown, importedFrom: null });
  };
  const hydrate: Actions['hydrate'] = (given, isDamaged) => {
    apply(given, isDamaged);
    answer();
  };
  const all = (choice: Choice) => Object.fromEntries(policy.optional.map(({ id }) => [id, choice]));
  const denied = (units: readonly Unit[]) =>
    Object.fromEntries(units.map(({ id }) => [id, 'denied' as const]));

  const answering = (shown: Shown | null): PublicActions => ({
    acceptAll: () => store(shown, 'accept-all', all('granted')),
    rejectAll: () => store(shown, 'reject-all', all('denied')),
    save: (choices) => store(shown, 'custom', choices),
    withdraw: (id) => {
      const meant = policy.units.filter((unit) => id === undefined || unit.category === id);
      store(shown, 'withdraw', { ...denied(meant), ...(id !== undefined && { [id]: 'denied' }) });
    },
    optOut: () => {
      const sale = policy.units.filter(({ isSale }) => isSale);
      // A link decides nothing where nothing is sold.
      if (shown || sale.some(({ id }) => $choices.get()[id] === 'granted'))
        store(shown, 'custom', denied(sale));
    },
    reset: () => {
      // What is not told yet is forgotten with the rest; an account is asked while it still knows what.
      if (depth) acts.splice(0, acts.length, null);
      else decided(null);
      hydrate(null);
    },
    open: (surface) => {
      // Shown again where the page has taken it away without a word.
      if ($surface.get() === surface) $surface.set(null);
      $surface.set(surface);
    },
    // A question that was not answered is still there when the preferences close.
    close: () => $surface.set($surface.get() === 'preferences' && $promptReason.get() ? question : null),
  });
  const forSite = answering(null);
  const forEffects: Actions = {
    ...forSite,
    seen: answering,
    hydrate,
    setLocale: (locale) => state.$locale.set(locale),
    setStored: (isStored) => state.$isStored.set(isStored),
    markNeedsReload: () => state.$needsReload.set(true),
  };
  return { forSite, forEffects };
}
