import type { Choices, Receipt } from './decision.ts';
import type { Consent, Surface } from './handle.ts';
import type { Policy, PolicyId } from './policy.ts';

/**
 * What must hold in the TC data of another tool for one category or service. Everything that is named must.
 *
 * Source: https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework, CMP API v2
 */
export interface TcfRule {
  /** TCF purposes that need consent. What stores something on the device, or reads from it, names 1. */
  readonly purposes: readonly number[];
  /**
   * Number of the company in the Global Vendor List. Leave it out only where the other tool names the company among its
   * own partners for these purposes: the purposes alone decide then.
   */
  readonly vendor?: number;
  /** TCF special features that must be opted into. */
  readonly specialFeatures?: readonly number[];
  /** The site's own use: the purposes are looked up under `publisher`. */
  readonly publisher?: true;
  /** Refused: legitimate interest is no basis for access to a device (ePrivacy directive, art. 5(3)). */
  readonly legitimateInterests?: never;
}

/** By category or service id; a service goes by its own rule before that of its category. */
export type TcfRules<Id extends string = string> = { readonly [K in Id]?: TcfRule };

export interface FollowTcfOptions {
  /**
   * Where the other tool says that the GDPR does not apply to the visitor:
   * - `deny`: what the rules name is denied
   * - `grant`: it is granted
   * - `leave`: it stays as it is, or as the law of `region` has it
   * @default 'deny'
   */
  readonly whereGdprDoesNotApply?: 'deny' | 'grant' | 'leave';
}

/** What an add-on is given that makes TC strings from choices. Each is of the moment when it is read. */
export interface TcfAddOnContext<P extends Policy = Policy> {
  readonly policy: P;
  readonly choices: Choices<PolicyId<P>>;
  /** Null before a decision, and when it has expired. */
  readonly receipt: Receipt | null;
  /** BCP 47, as the interface speaks. */
  readonly locale: string;
  /** What is on screen: `cmpuishown` is to be told while something is. */
  readonly surface: Surface;
  /** Calls back at once and on each change of what is above. Returns its stop. */
  subscribe(listener: () => void): () => void;
  /** For an interface of the add-on's own. */
  readonly consent: Pick<Consent<PolicyId<P>>, 'save' | 'withdraw' | 'open' | 'close'>;
}

/**
 * A CMP for the IAB Transparency and Consent Framework on top of this SDK, as whoever is registered as one can write it.
 * None is shipped, and the SDK never makes a `__tcfapi` (docs/tcf.md).
 */
export interface TcfAddOn<P extends Policy = Policy> {
  /** The number that IAB Europe has given to whoever answers for the add-on. 0 and 1 are nobody's. */
  readonly cmpId: number;
  readonly cmpVersion: number;
  /** The TC string of these choices; null where they make none. */
  encode(context: TcfAddOnContext<P>): string | null;
  /** Puts its own `__tcfapi` and locator frame into the page, and keeps them by `context`. Returns its stop. */
  start(context: TcfAddOnContext<P>): () => void;
}
