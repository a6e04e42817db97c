import type { CookieJar } from '../lib/cookie-jar.ts';
import type { NormalizedPolicy } from '../policy/normalize.ts';
import type { Actions } from '../state/actions.ts';
import type { State } from '../state/create-state.ts';
import type { Callbacks, Consent, ConsentOptions, Environment, GateEntry } from '../types.ts';

/** Everything that an effect may know. */
export interface EffectContext {
  readonly policy: NormalizedPolicy;
  readonly state: State;
  readonly environment: Environment;
  readonly jar: CookieJar;
  readonly actions: Actions;
  readonly callbacks: Callbacks;
  /** Chosen by the site over `environment.languages`. */
  readonly locale: string | undefined;
  /** See {@link ConsentOptions.shield}. */
  readonly shield: ConsentOptions['shield'];
  /** The handle that the interface is given: it never sees a store. */
  readonly handle: Consent;
  /** By service or category id. */
  readonly onWithdraw: NonNullable<ConsentOptions['onWithdraw']>;
  readonly inbound: Inbound;
  /** Adds to `handle.report()` and tells the page. */
  readonly record: (entry: GateEntry) => void;
}

/** What the handle asks of the gate, which puts its own functions here. */
export interface Inbound {
  scan(root?: Node): void;
  loadOnce(element: Element): void;
}

/** Undoes what its start did. */
export type Stop = () => void;

/** Joins the state to one part of the outside world. */
export type Effect = (context: EffectContext) => Stop | Stop[];
