import type { Choices, Receipt } from './decision.ts';
import type { StorageDeclaration } from './service.ts';

/** Given to callbacks and, as `detail`, to DOM events. */
export interface ConsentEvent<Id extends string = string> {
  /** Choices in force now. */
  readonly choices: Choices<Id>;
  /** Ids that this event turned from not granted to granted. */
  readonly granted: readonly Id[];
  /** Ids that this event turned from granted to not granted. */
  readonly revoked: readonly Id[];
  /** Null when no decision is in force. */
  readonly receipt: Receipt | null;
}

/** Each name means one thing. A callback that throws is reported; the others run. */
export interface Callbacks<Id extends string = string> {
  /** The state is known. Once for each page load, before the others. */
  readonly ready?: (event: ConsentEvent<Id>) => void;
  /** A receipt is in force: on each load that has one, and at each decision. */
  readonly consent?: (event: ConsentEvent<Id>) => void;
  /** A decision where none was in force. */
  readonly 'first-consent'?: (event: ConsentEvent<Id>) => void;
  /** The choices in force differ from those before. */
  readonly change?: (event: ConsentEvent<Id>) => void;
  /** Something granted no longer is. */
  readonly withdraw?: (event: ConsentEvent<Id>) => void;
}

/**
 * One thing that the gate, the guard or the erasing did. Each is in `handle.report()`, and is the `detail` of
 * a `bandeau:gate` event on the document.
 */
export interface GateEntry {
  /**
   * - `held`: a marked element was found and may not act yet
   * - `released`: it acts now
   * - `failed`: it was released and its source did not come, or the page's security policy refused it
   * - `refused`: something that a released script tried and that would have harmed the page (`document.write`)
   * - `erased`: a cookie or a stored key of a denied service is gone
   * - `kept`: it could not be removed; it is tried again at the next load
   */
  readonly action: 'held' | 'released' | 'failed' | 'refused' | 'erased' | 'kept';
  /** Service id, or category id where the mark names no service; as it was written when the policy has none such. */
  readonly service: string;
  /** What was held, released, failed or refused. */
  readonly element?: Element;
  /** Name of the cookie, key of the storage or address of the request. */
  readonly name?: string;
  /** What was erased or kept. */
  readonly kind?: 'cookie' | StorageDeclaration['kind'];
  /** Why, in a few words. */
  readonly reason?: string;
}
