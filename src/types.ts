/**
 * Every public type. Shapes, units, defaults, errors and sources are written here once, because
 * these comments are what an editor shows to the person who integrates the SDK.
 */
import type { ReadableAtom } from 'nanostores';

/** An answer about one category or one service. Absent means: not asked yet, so denied. */
export type Choice = 'granted' | 'denied';

/** The five categories that come with texts in every locale. A site may drop some or add its own. */
export type BuiltInCategoryId = 'essential' | 'analytics' | 'preference' | 'personalization' | 'performance';

/** Region presets. Anything else is read as `eu`, the strictest. */
export type Region = 'fr' | 'be' | 'it' | 'es' | 'de' | 'gb' | 'eu' | 'us';

/**
 * A plain text, or one per BCP 47 language: `'Statistiques'` or `{ fr: 'Statistiques', en: 'Statistics' }`.
 * Never HTML: a link is a field of its own.
 */
export type LocalizedText = string | Readonly<Record<string, string>>;

/** Who decides why and how data is processed (GDPR art. 4(7)). */
export interface Controller {
  readonly name: string;
  /** Postal address, e-mail or telephone, as the visitor should read it. */
  readonly contact: string;
  /** GDPR art. 37 to 39. */
  readonly dataProtectionOfficer?: { readonly name?: string; readonly contact: string };
  /** Absolute or site-relative address of the policy, one per language where they differ. */
  readonly privacyUrl: LocalizedText;
  /** GDPR art. 26: named on the first layer too. */
  readonly jointControllers?: readonly {
    readonly name: string;
    readonly contact?: string;
    readonly privacyUrl?: LocalizedText;
  }[];
}

/**
 * A text of the interface: the folder of locales/ and the key in its files, such as `'banner.title'`,
 * `'notice.accept'` or `'preferences.save'`.
 */
export type TextKey =
  `${'banner' | 'notice' | 'preferences' | 'placeholders' | 'declaration' | 'updates' | 'rights'}.${string}`;

/** Where a choice holds. */
export interface Scope {
  /** Host names that the choice covers, shown to the visitor when there is more than one (R34). */
  readonly sites: readonly string[];
  /**
   * Registrable domain that the receipt cookie is shared on, such as `'example.org'`.
   * @default absent: the cookie belongs to the exact host only
   */
  readonly cookieDomain?: string;
  /**
   * Name of the receipt cookie. Two sites on one host need two names.
   * @default 'bandeau'
   */
  readonly cookieName?: string;
}

/** A group that the visitor switches. */
export interface Category {
  /** A {@link BuiltInCategoryId} or the site's own: a letter, then letters, digits, `_` or `-`; 64 at most. */
  readonly id: string;
  /** Required for the site's own categories; replaces the built-in text otherwise. */
  readonly title?: LocalizedText;
  /** One line, shown on the first layer and in the preferences. */
  readonly description?: LocalizedText;
  /**
   * Always granted and never a choice. `essential` always is; `analytics`, `preference`,
   * `personalization` and `performance` never are, whatever is written here.
   * @default false
   */
  readonly required?: boolean;
}

/** A cookie, by exact `name` or by `pattern`: one of the two. */
export interface CookieDeclaration {
  readonly name?: string;
  /** Regular expression (no slashes) that must match the whole cookie name: `'_ga_[A-Z0-9]+'`. */
  readonly pattern?: string;
  /** Days until it expires; 0 for a session cookie. More than 400 is refused by browsers. */
  readonly lifetimeDays: number;
  readonly domain?: string;
  /** @default '/' */
  readonly path?: string;
  readonly purpose?: LocalizedText;
}

/** A key outside of cookies. */
export interface StorageDeclaration {
  readonly kind: 'localStorage' | 'sessionStorage' | 'indexedDB' | 'cacheStorage';
  /** Exact key or database name; `*` stands for any run of characters. */
  readonly key: string;
}

/** One tool that reads or writes on the visitor's device, or that the page requests. */
export interface Service {
  /** Same alphabet as {@link Category.id}; unique among categories and services together. */
  readonly id: string;
  /** Id of one of the policy's categories. */
  readonly category: string;
  /**
   * Name of the tool as the visitor should read it.
   * @default the vendor's name
   */
  readonly name?: string;
  /** The company behind it. A change of name is a new recipient, so it asks again. */
  readonly vendor: {
    readonly name: string;
    /** ISO 3166-1 alpha-2, such as `'FR'`. */
    readonly country?: string;
    readonly privacyUrl?: LocalizedText;
  };
  /** What it is for, in one or two sentences. Rewording never asks again. */
  readonly purpose: LocalizedText;
  /** Why the site can't work without it. Needed in a required category (R18), ignored elsewhere. */
  readonly reason?: LocalizedText;
  /** @default [] */
  readonly cookies?: readonly CookieDeclaration[];
  /** @default [] */
  readonly storage?: readonly StorageDeclaration[];
  /**
   * Hosts that it contacts, without scheme: `'stats.example.net'` is that host alone, `'*.example.net'`
   * every host below it and not itself. A port (`'example.net:8443'`) or a path makes it narrower: one that ends
   * in `/` is everything below it (`'example.net/maps/'`), another is that path alone. The guard and the shield
   * go by this list.
   * @default []
   */
  readonly hosts?: readonly string[];
  /** The legal exemption that the site claims for it (R21). Declared and checked; it is held all the same. */
  readonly exempt?: { readonly basis: string; readonly note: LocalizedText };
  /**
   * How it ends in a page where it has run, once it is withdrawn. True: only a reload stops it, so the page
   * reloads at once. False: it stops by itself, or `onWithdraw` stops it.
   * @default false when `onWithdraw` names it; else `$needsReload` and the preferences say that it may still be
   * running
   */
  readonly reload?: boolean;
}

/** What the site says about one published version of its policy. Oldest first. */
export interface PolicyChange {
  readonly version: string;
  /** ISO 8601 date of publication, such as `'2025-01-15'`. */
  readonly date: string;
  /** The site's own sentence, shown when the visitor is asked again. */
  readonly summary: LocalizedText;
  /**
   * Category or service ids that this version materially changed: their grants are asked again even
   * where nothing that the SDK compares has changed. When every version since the visitor's own has
   * this list, a service that is not in it keeps its choice. A new service is always asked, and so is a
   * changed one where the receipt holds more than 80 services, since it can't be told from a new one there.
   */
  readonly affects?: readonly string[];
}

/** The single source that the banner, the gate and the record read. JSON-serialisable. */
export interface Policy {
  /** Address of a JSON Schema, for editors. Ignored. */
  readonly $schema?: string;
  /** The site's own, normally the date shown on its policy; 40 characters at most. */
  readonly version: string;
  /**
   * ISO 8601 date of this version, shown beside it.
   * @default `version` when it is such a date
   */
  readonly date?: string;
  readonly controller: Controller;
  readonly scope: Scope;
  /**
   * Calendar months that a decision holds, the same for yes and for no, never prolonged by a visit (R27 to R31).
   * @default 6
   */
  readonly lifetimeMonths?: number;
  /** @default 'eu' */
  readonly region?: Region;
  readonly categories: readonly Category[];
  readonly services: readonly Service[];
  /** Oldest first. @default [] */
  readonly changes?: readonly PolicyChange[];
  /** The site's own words in the place of single texts; plain text. @default the locale's */
  readonly texts?: { readonly [K in TextKey]?: LocalizedText };
}

/** Category ids and service ids of a policy: literal when the policy is, `string` when it comes from JSON. */
export type PolicyId<P extends Policy> = P['categories'][number]['id'] | P['services'][number]['id'];

/** Choices by category id and service id. A service that is absent follows its category. */
export type Choices<Id extends string = string> = { readonly [K in Id]?: Choice };

/** How a decision was made. */
export type DecisionMethod = 'accept-all' | 'reject-all' | 'custom' | 'withdraw';

/** The visitor's copy of a decision. Format of the cookie: docs/receipt.md. */
export interface Receipt {
  readonly schemaVersion: 1;
  /** UUID version 4, made at the moment of the choice and used for nothing else (R40). */
  readonly id: string;
  /** ISO 8601, UTC, to the second. */
  readonly time: string;
  readonly policyVersion: string;
  readonly method: DecisionMethod;
  /** By category id, both yes and no. Required categories are not a choice and are absent. */
  readonly choices: Readonly<Record<string, Choice>>;
  /**
   * By the token of each service that was a choice (a category without services counts as one): 8 base-36
   * digits, or 4 in a receipt of more than 80 services, that change when the service materially changes. See src/policy/fingerprint.ts.
   */
  readonly services: Readonly<Record<string, Choice>>;
}

/** Why the visitor is asked. */
export type PromptReason =
  | { readonly type: 'first-visit' }
  | { readonly type: 'expired' }
  | { readonly type: 'receipt-damaged' }
  | PolicyChanged;

/** The policy changed since the visitor's decision; only what is listed is asked. */
export interface PolicyChanged {
  readonly type: 'policy-changed';
  /** Version of the policy that the visitor decided on. */
  readonly fromVersion: string;
  /** Time of that decision, ISO 8601. */
  readonly since: string;
  /** Ids of services (and of categories without services) that were not there then. */
  readonly added: readonly string[];
  /** Ids of services that the visitor had granted and that changed materially since. */
  readonly modified: readonly string[];
  /** How many services of then are gone. The cookie holds no names: the site's summaries do. */
  readonly removedCount: number;
  /** The site's own entries since then. */
  readonly changes: readonly PolicyChange[];
}

/** What is on screen. */
export type Surface = 'banner' | 'preferences' | null;

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

/** Ambient facts, gathered in one place so that a test can state them. */
export interface Environment {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** BCP 47 tags: first the page's own language (empty when it has none), then the browser's, best first. */
  readonly languages: readonly string[];
  /** The page was loaded over https, so the cookie can be `Secure`. */
  readonly secure: boolean;
  /** UUID version 4. */
  readonly uuid: () => string;
  /** The browser prepares the page ahead of a visit that may never come: nothing is started before it does. */
  readonly prerendering: boolean;
}

/** Where the first layer stands. Colours, radius, shadow and font are custom properties: docs/theming.md. */
export interface Appearance {
  /**
   * - `box`: a card in a corner
   * - `bar`: over the whole width
   * - `center`: a card in the middle
   *
   * On a phone each is a sheet at the lower edge.
   * @default 'box'
   */
  readonly layout?: 'box' | 'bar' | 'center' | undefined;
  /**
   * Edge and corner: `'bottom start'`, `'bottom end'`, `'top start'`, `'top end'`. A bar takes the edge from it.
   * `start` is left where the language is written from left to right.
   * @default 'bottom start'
   */
  readonly position?: `${'bottom' | 'top'} ${'start' | 'end'}` | undefined;
  /**
   * The page waits for an answer. Escape closes it and decides nothing, so that it asks again on the next page.
   * Regulators want the page to stay usable (R10): leave it out where you can.
   * @default false
   */
  readonly modal?: boolean | undefined;
  /**
   * A round button that opens the preferences, on pages that have no other way back: no element with
   * `data-bandeau="preferences"`, `"banner"` or `"inline"`. It loads the button and the texts of the preferences on each page view.
   * @default false
   */
  readonly button?: boolean | undefined;
}

export interface ConsentOptions<P extends Policy = Policy> {
  readonly policy: P;
  readonly callbacks?: Callbacks<PolicyId<P>>;
  /**
   * By service or category id: stops it when it is withdrawn. Called once for each withdrawal, in every tab
   * where it was granted; an error is reported and ends nothing.
   */
  readonly onWithdraw?: { readonly [K in PolicyId<P>]?: () => void };
  /**
   * The server sends the shield in its strict mode (docs/shield.md): what is granted can only load in a new
   * page, so the page reloads once after a decision that grants something, and says so beforehand.
   * @default absent
   */
  readonly shield?: 'strict';
  /**
   * BCP 47 tag of the interface where the page's `<html lang>` is absent or has no texts. `handle.setLocale`
   * goes before both.
   * @default the browser's languages, then English
   */
  readonly locale?: string;
  /** How it looks, as far as custom properties can't say it. Nothing in it makes the answers differ. */
  readonly appearance?: Appearance;
  /**
   * Loads the full validator and prints every problem of the policy in words. An unusable policy is
   * always explained so.
   * @default true in the development build, else false
   */
  readonly debug?: boolean;
  /** Replaces single ambient facts, for tests. */
  readonly environment?: Partial<Environment>;
}

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
  /** Null when there is nothing to ask. */
  readonly promptReason: PromptReason | null;
  /** Calls back with the choices, at once and on each change. Returns its stop. */
  subscribe(listener: (choices: Choices<Id>) => void): () => void;
  /** Grants every category and service. Call it from a click of the visitor only. */
  acceptAll(): void;
  /** Denies every category and service that is not required. */
  rejectAll(): void;
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
  /** Forgets the decision and asks again. */
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
