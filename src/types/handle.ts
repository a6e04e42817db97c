import type { ReadableAtom } from 'nanostores';
import type { BrowserSignal, Choices, PromptReason, Receipt } from './decision.ts';
import type { GateEntry } from './events.ts';
import type { AccountOptions } from './options.ts';
import type { Regime } from './policy.ts';

/** What is on screen. */
export type Surface = 'banner' | 'preferences' | null;

/** A nanostores store that only the SDK can write; every nanostores binding reads it as it is. */
export type ReadableStore<T> = ReadableAtom<T>;

/** What `createConsent` returns and what `window.bandeau` carries. */
export interface Consent<Id extends string = string> {
  /**
   * True when everything that the id names may run now. A category is granted when it was chosen and
   * each of its services is granted; required ones always are. An unknown id is not.
   */
  isGranted(id: Id): boolean;
  /** Choices in force, by category id and service id; absent means not asked. */
  readonly choices: Choices<Id>;
  /** Null before a decision, and when it has expired. */
  readonly receipt: Receipt | null;
  /** What the visitor's region asks of the site. */
  readonly regime: Regime;
  /** What the browser asks for by itself, as far as the policy heeds it. It turns off what is `sale` and grants nothing. */
  readonly browserSignal: BrowserSignal | null;
  /** Null when there is nothing to ask. */
  readonly promptReason: PromptReason | null;
  /** Calls back with the choices, at once and on each change. Returns its stop. */
  subscribe(listener: (choices: Choices<Id>) => void): () => void;
  /** Grants every category and service. Call it from a click of the visitor only. */
  acceptAll(): void;
  /** Denies every category and service that is a question. What runs by an exemption is not one: `withdraw` ends it. */
  rejectAll(): void;
  /**
   * "Do not sell or share my personal information": denies every category that is `sale`, and keeps the rest. Where
   * none of it runs it decides nothing.
   */
  optOut(): void;
  /**
   * Stores a choice. A service that is not named follows its category when that is named, and keeps
   * its choice otherwise; what was never chosen is denied.
   * @throws {InvalidChoiceError} when a key is not in the policy or a value is neither `'granted'` nor
   * `'denied'`; nothing is stored then
   */
  save(choices: Choices<Id>): void;
  /**
   * Takes back one category or service, or everything (GDPR art. 7(3)).
   * @throws {InvalidChoiceError} when the id is not in the policy
   */
  withdraw(id?: Id): void;
  /** Shows the banner or the preferences. Loads their code on first use. */
  open(surface: 'banner' | 'preferences'): void;
  /** Closes what is on screen and decides nothing. */
  close(): void;
  /** Looks for held elements below `root`, for places that the SDK can't watch. @default document */
  scan(root?: ParentNode): void;
  /**
   * Loads one held element now, without storing a choice: for a site's own "load this video" button. It is
   * held again in the next page. Call it from a click of the visitor only. Under a strict shield the browser
   * refuses it in this page.
   */
  loadOnce(element: Element): void;
  /** What was held, released, failed, erased and could not be erased in this page, oldest first. */
  report(): readonly GateEntry[];
  /**
   * Shows the interface in another language from now on.
   * @param tag BCP 47, such as `'nl-BE'`; empty to follow the page again. Without texts for it, the page's
   * language, the configured one, the browser's and English are next.
   */
  setLocale(tag: string): void;
  /**
   * The visitor's last 20 decisions on this device, newest first: as JSON (`{ schemaVersion, records }`) or CSV
   * (RFC 4180, one row for each answer).
   */
  exportReceipt(format: 'json' | 'csv'): Promise<string>;
  /**
   * The visitor is signed in: from now on the account's choice is in force and the device's own waits. Returns the
   * function that signs out, which restores it.
   */
  attachAccount(options: AccountOptions): Promise<() => void>;
  /**
   * The address with the visitor's choice in it, for a link to another site of `policy.scope.sites`, which takes it
   * over within a minute, once. Unchanged where there is nothing to pass or the site is none of them.
   * @param url absolute
   */
  decorate(url: string): Promise<string>;
  /** Forgets the decision and its history, erases what it had granted, and asks again. */
  reset(): void;
  /** Stops everything and takes the interface off the page. What was released stays. */
  destroy(): void;
  readonly $receipt: ReadableStore<Receipt | null>;
  readonly $choices: ReadableStore<Choices<Id>>;
  readonly $promptReason: ReadableStore<PromptReason | null>;
  readonly $surface: ReadableStore<Surface>;
  /** Language of the interface: the BCP 47 tag that was chosen from what site, page and browser want. */
  readonly $locale: ReadableStore<string>;
  /** False once the browser would not keep a decision: it holds for this page only. */
  readonly $isStored: ReadableStore<boolean>;
  /** True once something that was withdrawn may still be running in this page. */
  readonly $needsReload: ReadableStore<boolean>;
}
