import type { Choices, ConsentRecord } from './decision.ts';
import type { Callbacks } from './events.ts';
import type { Policy, PolicyId } from './policy.ts';
import type { Signal } from './signals.ts';

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
  /** The browser sends Global Privacy Control (`navigator.globalPrivacyControl`). */
  readonly gpc: boolean;
  /** The browser sends Do Not Track (`navigator.doNotTrack`). */
  readonly dnt: boolean;
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
   * Edge and corner: `'bottom start'`, `'bottom end'`, `'top start'`, `'top end'`; one word leaves the other as it
   * is. A bar takes the edge from it.
   * `start` is left where the language is written from left to right.
   * @default 'bottom start'
   */
  readonly position?:
    | `${'bottom' | 'top'} ${'start' | 'end'}`
    | ('bottom' | 'top' | 'start' | 'end')
    | undefined;
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

/** Where the site keeps records. */
export interface ReportOptions {
  /**
   * Address that each record is sent to, as JSON of docs/report.schema.json. On the page's own origin, unless
   * `crossOrigin` says otherwise.
   */
  readonly endpoint: string;
  /** The endpoint may be on another origin (one more recipient: name it in the policy). @default false */
  readonly crossOrigin?: boolean;
}

/** A decision that another tool has stored, in this policy's terms. */
export interface ImportedDecision {
  /** ISO 8601: when it was made. */
  readonly time: string;
  /** By category or service id: every optional category must be answered, or nothing is taken over. */
  readonly choices: Choices;
}

/** Reads what another tool has stored; made by the functions of `bandeau/import/…`. */
export interface Importer {
  /** The tool, as `importedFrom` of the record names it. */
  readonly name: string;
  /**
   * The decision; null where there is none, or where it is expired, ambiguous or partial. It may throw: nothing is
   * taken over then.
   */
  read(page: ImportSource): ImportedDecision | null;
}

/** What an importer may look at. */
export interface ImportSource {
  /**
   * Value of a cookie as it stands in the jar; empty when there is none.
   * @throws {Error} when there are several that differ: nothing is taken over then
   */
  cookie(name: string): string;
  /** Names of all cookies that the page can see. */
  cookieNames(): readonly string[];
  /**
   * When the browser forgets a cookie, in milliseconds since the epoch; null where it does not say (only Chromium's
   * Cookie Store API does).
   */
  expires(cookieName: string): number | null;
  /** Value of a localStorage key; null when there is none or none may be read. */
  stored(key: string): string | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A visitor who is signed in, and whose choice holds on all their devices (CNIL 2025-131, R35). */
export interface AccountOptions {
  /**
   * The account's decision as `onDecision` was given it, or its cookie text; null where the account has none yet: then
   * the device's own holds until the visitor decides.
   */
  readonly receipt: string | null;
  /**
   * Which one holds where device and account differ: the account's, or whichever was made last.
   * @default 'account'
   */
  readonly conflict?: 'account' | 'latest';
  /**
   * Keeps a decision that was made while signed in, for the account: yes, no and withdrawal alike; erasing is a
   * withdrawal. `record` is null for a decision from before, of which this device has none.
   */
  readonly onDecision: (receipt: string, record: ConsentRecord | null) => void;
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
  /** Sends each record to the site. The page never waits for it. @default absent: records stay on the device */
  readonly report?: ReportOptions;
  /** Tools that the site used before: the first that has a valid decision is believed. @default [] */
  readonly importers?: readonly Importer[];
  /**
   * The visitor is signed in. The same as `handle.attachAccount`, but known before anything is released: what the
   * device's own choice grants waits for it.
   */
  readonly account?: AccountOptions;
  /**
   * Takes over a choice that `handle.decorate` of another site in `policy.scope.sites` has put into the address.
   * @default false
   */
  readonly sisterSites?: boolean;
  /**
   * Where this visitor is, as the site's server or edge knows it (`regionOf` of `bandeau/server` reads the usual headers):
   * ISO 3166-1 or 3166-2, such as `'FR'` or `'US-CA'`. What has no preset is read as `eu`, the strictest.
   * @default the policy's
   */
  readonly region?: string | undefined;
  /**
   * Tools that hear each choice: made by the functions of `bandeau/signals/…`, before those that the policy names.
   * @default []
   */
  readonly signals?: readonly Signal[];
  /**
   * False: the SDK opens nothing by itself, because another tool asks (`bandeau/tcf`). What was not answered stays denied.
   * @default true
   */
  readonly asks?: boolean;
  /** Replaces single ambient facts, for tests. */
  readonly environment?: Partial<Environment>;
}
