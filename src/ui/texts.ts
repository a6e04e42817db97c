/** What a language says, by layer: the shapes of the files in locales/. */

/** Forms of one text by CLDR plural category; `other` always exists. `{count}` stands for the number. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** First layer, one language: the shape of every file in locales/banner/. `{words in braces}` are filled in. */
export interface Texts {
  /** `ltr` or `rtl`. */
  readonly direction: string;
  /** Of the built-in categories. */
  readonly categories: Readonly<Record<string, { readonly title: string; readonly description: string }>>;
  readonly title: string;
  readonly text: string;
  readonly consequence: string;
  readonly reloads: string;
  readonly acceptAll: string;
  readonly rejectAll: string;
  readonly customize: string;
  readonly policy: string;
  readonly versionOf: string;
  readonly version: string;
  readonly kept: string;
  readonly partners: Plural;
  readonly controller: Plural;
  readonly sites: string;
  readonly saved: string;
  readonly notSaved: string;
  /** Put in by the build; without them `Intl` writes days and months. */
  readonly formats?: Formats | undefined;
}

/** How a language writes a day and a number of months. */
export interface Formats {
  /** With `{day}`, `{month}` and `{year}`. */
  readonly date: string;
  /** As they stand in it, January first. */
  readonly months: readonly string[];
  /** With `{count}`: the forms alone that 1 to 13 have. */
  readonly duration: Readonly<Record<string, string>>;
  /** A regular expression of the regions that write a day like this; all, when absent. */
  readonly regions?: string;
}

/** What the notice of a change adds, one language: the shape of every file in locales/notice/. */
export interface NoticeTexts {
  readonly title: string;
  readonly text: string;
  readonly added: string;
  readonly modified: string;
  readonly removed: Plural;
  readonly rest: string;
  readonly accept: string;
  readonly reject: string;
  readonly versions: string;
  readonly gone: string;
  readonly keptOn: string;
  readonly keptOff: string;
  readonly vendorNow: string;
  readonly categoryNow: string;
  readonly hostsNow: string;
  readonly storesNow: string;
  readonly longerNow: string;
  readonly sitesNow: string;
  readonly controllersNow: string;
}

/** Second layer, one language: the shape of every file in locales/preferences/. */
export interface PreferencesTexts {
  readonly title: string;
  readonly text: string;
  readonly close: string;
  readonly save: string;
  readonly alwaysOn: string;
  readonly on: string;
  readonly off: string;
  readonly partly: string;
  readonly services: Plural;
  readonly vendor: string;
  readonly vendorPolicy: string;
  readonly reason: string;
  readonly cookies: string;
  readonly storage: string;
  readonly session: string;
  readonly hosts: string;
  readonly decided: string;
  readonly contact: string;
  readonly officer: string;
  readonly reloadNeeded: string;
  readonly reload: string;
  readonly records: string;
}

/** What tells the visitor and asks nothing, one language: the shape of every file in locales/updates/. */
export interface UpdatesTexts {
  readonly title: string;
  readonly text: string;
  readonly close: string;
  readonly accountTitle: string;
  readonly accountText: string;
  /** On the first layer, while the visitor is signed in. */
  readonly accountScope: string;
}

/** The visitor's own records, one language: the shape of every file in locales/rights/. */
export interface RightsTexts {
  readonly id: string;
  readonly history: Plural;
  readonly text: string;
  readonly download: string;
  readonly erase: string;
}

/** What the rules of a region add, one language: the shape of every file in locales/region/. */
export interface RegionTexts {
  /** On the first layer, where what is a choice runs until it is refused. */
  readonly title: string;
  readonly text: string;
  readonly optOut: string;
  readonly allow: string;
  readonly optOutNote: string;
  /** Where some of it runs by an exemption. */
  readonly ask: string;
  readonly exempt: string;
  readonly object: string;
  /** In the preferences, where something is on already. */
  readonly switches: string;
  readonly on: string;
  readonly off: string;
  readonly exemptOn: string;
  readonly objected: string;
  /** By the basis of the exemption. */
  readonly exemptions: Readonly<Record<string, string>>;
  /** What the browser asks for, and what came of it. */
  readonly received: string;
  readonly stayOff: string;
  readonly how: string;
  readonly honored: string;
  readonly turnedOff: string;
  readonly overridden: string;
}

/** What stands in for held embeds, one language: the shape of every file in locales/placeholders/. */
export interface PlaceholderTexts {
  readonly text: string;
  readonly loadOnce: string;
  readonly alwaysAllow: string;
  readonly source: string;
}

/** The table of a cookie policy, one language: the shape of every file in locales/declaration/. */
export interface DeclarationTexts {
  readonly service: string;
  readonly purpose: string;
  readonly name: string;
  readonly lifetime: string;
  readonly session: string;
  readonly untilErased: string;
  readonly nothing: string;
  readonly vendorPolicy: string;
}

/** The folders of locales/. */
export interface LayerTexts {
  readonly banner: Texts;
  readonly notice: NoticeTexts;
  readonly preferences: PreferencesTexts;
  readonly placeholders: PlaceholderTexts;
  readonly declaration: DeclarationTexts;
  readonly updates: UpdatesTexts;
  readonly rights: RightsTexts;
  readonly region: RegionTexts;
}
export type Layer = keyof LayerTexts;
