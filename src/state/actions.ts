import { InvalidChoiceError } from '../errors.ts';
import { decide } from '../model/decide.ts';
import { resolve } from '../model/resolve.ts';
import type { NormalizedPolicy } from '../policy/normalize.ts';
import type { Choice, Choices, Consent, DecisionMethod, Environment, Receipt } from '../types.ts';
import type { WritableState } from './create-state.ts';

/** What a site may call; the handle carries them as they are. */
export type PublicActions = Pick<
  Consent,
  'acceptAll' | 'rejectAll' | 'save' | 'withdraw' | 'reset' | 'open' | 'close'
>;

/** The only writers of the state. */
export interface Actions extends PublicActions {
  /**
   * Takes over what storage holds.
   * @param isDamaged something was there: unless a receipt is given, it could not be read
   */
  hydrate(receipt: Receipt | null, isDamaged?: boolean): void;
  setLocale(locale: string): void;
  setStored(isStored: boolean): void;
  markNeedsReload(): void;
}

/** Binds the actions to one policy and one state. */
export function createActions(policy: NormalizedPolicy, state: WritableState, env: Environment) {
  const { $receipt, $choices, $promptReason, $surface } = state;

  const hydrate: Actions['hydrate'] = (given, isDamaged = false) => {
    const { receipt, choices, promptReason } = resolve(policy, given, isDamaged, env.now());
    // The receipt first, so that it is stored before anything is released on its account.
    $receipt.set(receipt);
    try {
      $choices.set(choices);
    } catch (error) {
      // A subscriber of the site threw; the others have run.
      reportError(error);
    }
    $promptReason.set(promptReason);
    const shown = $surface.get();
    $surface.set(promptReason ? (shown ?? 'banner') : shown === 'banner' ? null : shown);
  };

  const store = (wanted: Choices, method: DecisionMethod) => {
    for (const [id, choice] of Object.entries(wanted)) {
      if (!policy.categoryOf.has(id) || (choice !== 'granted' && choice !== 'denied')) {
        throw new InvalidChoiceError(id, choice, [...policy.categoryOf.keys()]);
      }
    }
    $surface.set(null);
    hydrate(decide(policy, $choices.get(), wanted, method, env));
  };
  const storeAll = (choice: Choice, method: DecisionMethod) =>
    store(Object.fromEntries(policy.optional.map(({ id }) => [id, choice])), method);

  const forSite: PublicActions = {
    acceptAll: () => storeAll('granted', 'accept-all'),
    rejectAll: () => storeAll('denied', 'reject-all'),
    save: (choices) => store(choices, 'custom'),
    withdraw: (id) =>
      id !== undefined ? store({ [id]: 'denied' }, 'withdraw') : storeAll('denied', 'withdraw'),
    reset: () => hydrate(null),
    open: (surface) => {
      // Shown again where the page has taken it away without a word.
      if ($surface.get() === surface) $surface.set(null);
      $surface.set(surface);
    },
    // A question that was not answered is still there when the preferences close.
    close: () => $surface.set($surface.get() === 'preferences' && $promptReason.get() ? 'banner' : null),
  };
  const forEffects: Actions = {
    ...forSite,
    hydrate,
    setLocale: (locale) => state.$locale.set(locale),
    setStored: (isStored) => state.$isStored.set(isStored),
    markNeedsReload: () => state.$needsReload.set(true),
  };
  return { forSite, forEffects };
}
