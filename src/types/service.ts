import type { LocalizedText } from './policy.ts';

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

/** What the site states about an exempt service, each true of it. */
export type ExemptionCondition =
  /** It measures the audience or the performance of the site, and serves no other purpose. */
  | 'measurementOnly'
  /** For the publisher of the site alone. */
  | 'publisherOnly'
  /** What comes out of it are anonymous statistics. */
  | 'anonymousStatistics'
  /** It follows nobody to another site or app. */
  | 'noCrossSite'
  /** Its data is neither combined with other data nor given to anybody. */
  | 'noTransfer'
  /** A visit does not prolong its cookies. */
  | 'notProlonged'
  /** At least the last part of the address is masked before it is used. */
  | 'maskedAddress';

/** An exemption from consent. */
export interface Exemption {
  /**
   * - `audience-measurement`: France (CNIL, délibération 2020-091 art. 5) and, with `maskedAddress`, Italy (Garante,
   *   provv. 231/2021)
   * - `statistical-purposes`: United Kingdom (Data (Use and Access) Act 2025)
   *
   * Another one is shown and holds nowhere. Belgium and the rest of the Union have none.
   */
  readonly basis: 'audience-measurement' | 'statistical-purposes' | (string & {});
  /** What the visitor reads about it. */
  readonly note: LocalizedText;
  /** Where one that the region asks for is missing, the service is held. */
  readonly conditions?: { readonly [C in ExemptionCondition]?: boolean };
  /** Months that its data is kept: 25 at most in France. Its cookies may last 13. */
  readonly dataMonths?: number;
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
  /**
   * The legal exemptions from consent that the site claims for it, one for each region that has one (R21). Where one
   * holds, the service runs until the visitor objects; elsewhere it is held.
   */
  readonly exempt?: Exemption | readonly Exemption[];
  /**
   * How it ends in a page where it has run, once it is withdrawn. True: only a reload stops it, so the page
   * reloads at once. False: it stops by itself, or `onWithdraw` stops it.
   * @default false when `onWithdraw` names it; else `$needsReload` and the preferences say that it may still be
   * running
   */
  readonly reload?: boolean;
}
