import type { CookieJar } from '../lib/cookie-jar.ts';
import type { PageWatch } from '../lib/watch-page.ts';
import type { PolicyDifference } from '../policy/compare-outlines.ts';
import type { NormalizedPolicy } from '../policy/normalize.ts';
import type { Actions, Decision } from '../state/actions.ts';
import type { State } from '../state/create-state.ts';
import type {
  AccountOptions,
  Callbacks,
  Consent,
  ConsentOptions,
  ConsentRecord,
  Environment,
  GateEntry,
} from '../types.ts';

/** Everything that an effect may know. */
export interface EffectContext {
  readonly policy: NormalizedPolicy;
  readonly state: State;
  readonly environment: Environment;
  readonly jar: CookieJar;
  readonly page: PageWatch;
  readonly actions: Actions;
  readonly callbacks: Callbacks;
  readonly options: ConsentOptions;
  /** The handle that the interface is given: it never sees a store. */
  readonly handle: Consent;
  /** By service or category id. */
  readonly onWithdraw: NonNullable<ConsentOptions['onWithdraw']>;
  readonly inbound: Inbound;
  /** Adds to `handle.report()` and tells the page. */
  readonly record: (entry: GateEntry) => void;
}

/** What the handle asks of effects, which put their own functions here. */
export interface Inbound {
  scan(root?: Node): void;
  loadOnce(element: Element): void;
  setLocale(tag: string): void;
  /** Loads what no page needs at once; rejects where it can't be loaded. */
  later(): Promise<Later>;
  carryOver(): Promise<CarryOver>;
  /** What the visitor has decided in this page so far, oldest first; null for forgetting it all. */
  readonly acts: (Decision | null)[];
  /** A decision was made; null: what is kept of all of them is to go. */
  decided(decision: Decision | null): void;
  /**
   * A decision was made, of which no record may have been found; or, without one, what an account keeps is to go.
   */
  recorded(record: ConsentRecord | null, decision: Decision | null): void;
  /** The visitor is signed in, and is told on the first layer that a choice holds for the account. */
  hasAccount: boolean;
  /** While an account's choice is in force the device's own is neither read nor written. */
  isSuspended: boolean;
  /** Reads the device's own choice again. */
  restore(): void;
  /**
   * Settled once the tools that the policy names can be told the choice, and null then: nothing is released, and the
   * site is told nothing, before.
   */
  heard: Promise<void> | null;
}

/** Choices that come from elsewhere. */
export interface CarryOver {
  /**
   * Finds one before any effect is started: an account's, a sister site's, another tool's. Resolves to what is left to
   * do once they are.
   */
  begin(context: EffectContext): Promise<() => void>;
  /**
   * See `Consent.attachAccount`.
   * @param from how many of `inbound.acts` there were when the site asked for it
   */
  attachAccount(context: EffectContext, account: AccountOptions, from: number): Stop;
  /** See `Consent.decorate`. */
  decorate(context: EffectContext, url: string): string;
}

/** What no page needs at once. */
export interface Later {
  /**
   * Keeps a decision; null forgets what is kept.
   * @param then as it was when the decision was made
   */
  keep(decision: Decision | null, then: Inbound): void;
  exportReceipt(format: 'json' | 'csv'): string;
  /** Tells the visitor something that asks nothing. */
  inform(what: 'policy' | 'account' | 'signal'): Promise<void>;
  /** How the policy differs from what was decided about, where the device has kept that. */
  compareWithShown(): Promise<PolicyDifference | undefined>;
  /** Loads what draws the visitor's records. */
  loadRights(locale: string): Promise<(handle: Consent) => Node>;
  readonly stop: Stop;
}

/** Undoes what its start did. */
export type Stop = () => void;

/** Joins the state to one part of the outside world. */
export type Effect = (context: EffectContext) => Stop | Stop[];
