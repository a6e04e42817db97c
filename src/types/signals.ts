import type { Consent } from './handle.ts';
import type { Policy } from './policy.ts';

/** Tools that hear the choice; docs/signals.md lists them. */
export type SignalName =
  | 'adobe'
  | 'amazon'
  | 'clarity'
  | 'contentsquare'
  | 'google'
  | 'hotjar'
  | 'hubspot'
  | 'intercom'
  | 'matomo'
  | 'meta'
  | 'mixpanel'
  | 'piano'
  | 'posthog'
  | 'segment'
  | 'sentry'
  | 'shopify'
  | 'tiktok'
  | 'uet'
  | 'wordpress';

/** A signal by name, with its options as JSON: those of its function in `bandeau/signals/…`. */
export interface SignalSettings extends SignalOptions<string> {
  readonly name: SignalName;
  readonly [option: string]: unknown;
}

/** Options that every signal has. */
export interface SignalOptions<Term extends string> {
  /**
   * By the vendor's term: the categories or services of this policy that must all be granted for it. A term for
   * advertising takes only what is in a category whose title or description names advertising.
   * @default what docs/signals.md says
   */
  readonly map?: { readonly [T in Term]?: string | readonly string[] | undefined } | undefined;
}

/** Tells one tool what is granted. Made by the functions of `bandeau/signals/…`, or by `defineSignal`. */
export interface Signal {
  readonly name: string;
  /** Begins with what holds before anything is known. Returns its stop. */
  start(consent: Consent, policy: Policy): () => void;
}

/**
 * What grants a term. Where the policy has a service whose id is the name of the signal, that service grants what its
 * category would, unless a rule names it:
 * - a list: these categories or services, all of those that the policy has; where it has none, nothing does
 * - `'advertising'`: the categories whose own texts name advertising, all of them
 * - `'always'`: it is granted, as what is required is
 */
export type TermRule = readonly string[] | 'advertising' | 'always';

/** By the vendor's term: true for granted. */
export type Terms<Term extends string> = Readonly<Record<Term, boolean>>;

/** How one tool is told. */
export interface SignalLink<Term extends string> {
  /** Called with a decision: for each that is made, and for the one that a page begins with. */
  update(granted: Terms<Term>): void;
  stop?(): void;
}

/** What `defineSignal` takes. */
export interface SignalDefinition<Term extends string, Options extends object> {
  /** Lower case letters. */
  readonly name: string;
  /** What the vendor knows, in its own words. */
  readonly terms: Readonly<Record<Term, TermRule>>;
  /**
   * Called once, before anything of the visitor is known: tells the vendor what holds until then. Where it throws, it is
   * called again with the next decision.
   * @param denied as if everything were refused
   */
  connect(options: Partial<Options>, denied: Terms<Term>, consent: Consent, policy: Policy): SignalLink<Term>;
}
