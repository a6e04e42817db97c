import type { NormalizedPolicy } from '../policy/normalize.ts';
import type { Actions } from '../state/actions.ts';
import type { State } from '../state/create-state.ts';
import type { Callbacks, Consent, Environment } from '../types.ts';

/** Everything that an effect may know. */
export interface EffectContext {
  readonly policy: NormalizedPolicy;
  readonly state: State;
  readonly environment: Environment;
  readonly actions: Actions;
  readonly callbacks: Callbacks;
  /** Chosen by the site over `environment.languages`. */
  readonly locale: string | undefined;
  /** The handle that the interface is given: it never sees a store. */
  readonly handle: Consent;
  /** What `handle.scan` calls: an effect that looks for marked elements puts its own search here. */
  readonly scans: Set<(root?: Node) => void>;
}

/** Undoes what its start did. */
export type Stop = () => void;

/** Joins the state to one part of the outside world. */
export type Effect = (context: EffectContext) => Stop | Stop[];
