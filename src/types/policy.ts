import type { Service } from './service.ts';
import type { SignalName, SignalSettings } from './signals.ts';

/** The five categories that come with texts in every locale. A site may drop some or add its own. */
export type BuiltInCategoryId = 'essential' | 'analytics' | 'preference' | 'personalization' | 'performance';

/**
 * Region presets: ISO 3166-1, or 3166-2 for a state of the United States. Anything else is read as `eu`, the strictest.
 */
export type Region = 'fr' | 'be' | 'it' | 'es' | 'de' | 'gb' | 'eu' | 'us' | `us-${string}`;

/**
 * What a region asks of a site:
 * - `opt-in`: nothing runs before it is granted
 * - `opt-out`: what is a choice runs until the visitor refuses it (United States, by state)
 * - `notice`: the same, where the law asks for no more than saying so
 */
export type Regime = 'opt-in' | 'opt-out' | 'notice';

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
  `${'banner' | 'notice' | 'preferences' | 'placeholders' | 'declaration' | 'updates' | 'rights' | 'region'}.${string}`;

/** Where a choice holds. */
export interface Scope {
  /** Host names that the choice covers, shown to the visitor when there is more than one (R34). */
  readonly sites: readonly string[];
  /**
   * Registrable domain that the receipt cookie is shared on, such as `'example.org'`; `'auto'` for the widest
   * that the browser lets this host set.
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
  /**
   * What it allows is advertising, personalisation, or selling or sharing personal data: a browser signal (Global
   * Privacy Control) turns it off. A built-in category whose own text names advertising needs it.
   * @default true for `personalization` and the site's own categories
   */
  readonly sale?: boolean;
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
   * where nothing that the SDK compares has changed.
   */
  readonly affects?: readonly string[];
  /**
   * Why everything that `affects` leaves out keeps its answer although something that is compared changed, in the
   * site's own words: `'Mesurio SA is now called Mesurio SAS.'` It holds for a visitor when every version since
   * their own has it, or `affects: []` where nothing that is compared changed. A new service is always asked, and so is a changed one where the receipt holds more than 80
   * services, since it can't be told from a new one there.
   */
  readonly keepsBecause?: LocalizedText;
  /**
   * Who has nothing to answer is told of this version once, in a small notice that asks nothing.
   * @default false
   */
  readonly inform?: boolean;
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
   * `'children'`: nothing but the required categories runs or is asked, whatever is stored or called (R52).
   * @default 'general'
   */
  readonly audience?: 'general' | 'children';
  /**
   * Calendar months that a decision holds, the same for yes and for no, never prolonged by a visit (R27 to R31).
   * @default 6
   */
  readonly lifetimeMonths?: number;
  /**
   * Where the site's visitors are; the option `region` says it for each of them.
   * @default 'eu'
   */
  readonly region?: Region;
  /**
   * Do Not Track (`navigator.doNotTrack`) counts as Global Privacy Control does.
   * @default false
   */
  readonly doNotTrack?: boolean;
  /**
   * Tools that hear each choice, by name. The gate waits for their code.
   * @default []
   */
  readonly signals?: readonly (SignalName | SignalSettings)[];
  readonly categories: readonly Category[];
  readonly services: readonly Service[];
  /** Oldest first. @default [] */
  readonly changes?: readonly PolicyChange[];
  /** The site's own words in the place of single texts; plain text. @default the locale's */
  readonly texts?: { readonly [K in TextKey]?: LocalizedText };
}

/** Category ids and service ids of a policy: literal when the policy is, `string` when it comes from JSON. */
export type PolicyId<P extends Policy> = P['categories'][number]['id'] | P['services'][number]['id'];
