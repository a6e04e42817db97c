import type { PolicyChange, Regime, Region } from './policy.ts';

/** An answer about one category or one service. Absent means: not asked yet, so denied. */
export type Choice = 'granted' | 'denied';

/** Choices by category id and service id. A service that is absent follows its category. */
export type Choices<Id extends string = string> = { readonly [K in Id]?: Choice };

/**
 * How a decision was made; `import` was made in another tool, and carried over; `signal` was made by the visitor's browser,
 * where the law takes its signal for an answer.
 */
export type DecisionMethod = 'accept-all' | 'reject-all' | 'custom' | 'withdraw' | 'import' | 'signal';

/** What a browser asks for by itself: Global Privacy Control or Do Not Track. */
export type BrowserSignal = 'gpc' | 'dnt';

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
  /** Absent for `opt-in`. What was granted in another regime is no consent where consent is asked for. */
  readonly regime?: Exclude<Regime, 'opt-in'>;
  /** The visitor has switched on by name what the browser's signal turns off. */
  readonly overridesGpc?: true;
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

/** What was on screen when the visitor decided. `notice` is the first layer after a change of the policy. */
export type ShownLayer = 'banner' | 'notice' | 'preferences' | 'inline' | 'placeholders';

/**
 * A decision with what it was made about: what the site can prove it by (GDPR art. 7(1)) and what the visitor can
 * take away (art. 15 and 20). It holds no address, no browser and no network of the visitor (R40).
 * JSON Schema: docs/record.schema.json; terms of ISO/IEC TS 27560: docs/record.md.
 */
export interface ConsentRecord {
  readonly schemaVersion: 1;
  /** The receipt's. */
  readonly id: string;
  /** Of the decision that this one replaces; null for a first one. */
  readonly previousId: string | null;
  /** ISO 8601, UTC, to the second. */
  readonly time: string;
  readonly method: DecisionMethod;
  /** The tool that it was carried over from, where `method` is `import`: `'klaro'`; `'sister-site'` for a passed one. */
  readonly importedFrom: string | null;
  readonly policyVersion: string;
  /** SHA-256 of the policy in canonical form (RFC 8785), 64 hexadecimal digits. */
  readonly policyHash: string;
  /** Null for a decision that no layer of ours asked for, such as a link or a call of the page. */
  readonly layer: ShownLayer | null;
  /** Language of the layer, `fr` or `fr-BE`. */
  readonly locale: string | null;
  /** SHA-256 of the texts of the layer in canonical form. */
  readonly textsHash: string | null;
  /** By category id, yes and no alike. Required categories are no choice and are absent. */
  readonly categories: Readonly<Record<string, Choice>>;
  /** By service id, yes and no alike. */
  readonly services: Readonly<Record<string, Choice>>;
  /** Preset in force. */
  readonly region: Region;
  readonly regime: Regime;
  /** What the browser asked for by itself. */
  readonly browserSignal: BrowserSignal | null;
  /** The visitor has switched on by name what the browser's signal turns off. */
  readonly overridesGpc: boolean;
  readonly sdkVersion: string;
}
