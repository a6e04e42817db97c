import type { PolicyDifference } from '../policy/compare-outlines.ts';
import type { NormalizedPolicy } from '../policy/normalize.ts';
import type { Appearance, Consent, PolicyChange } from '../types.ts';
import type { FirstLayer } from './first-layer.tsx';

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

/** What the rules of the visitor's region change, as region.tsx gives it. */
export interface Regional {
  /** In the place of the usual first layer. */
  readonly describe: (props: InterfaceProps) => FirstLayer;
  /** Words for the state of a switch; undefined: the usual ones. */
  readonly wordsOf: (ids: readonly string[]) => Pick<PreferencesTexts, 'on' | 'off' | 'partly'> | undefined;
  /** What the browser asks for and what came of it, in two sentences; null where that is nothing. */
  readonly status: () => readonly [title: string, text: string] | null;
}

/** What a part of the interface is given. It imports no store: it is handed the handle. */
export interface InterfaceProps {
  readonly policy: NormalizedPolicy;
  readonly handle: Consent;
  readonly texts: Texts;
  /** Of the layer itself: given to the notice and the preferences. */
  readonly words?: NoticeTexts | PreferencesTexts | undefined;
  /** `fr` or `fr-BE`: for dates, numbers and the policy's own texts. */
  readonly locale: string;
  /** The page reloads once what is granted, so it says so beforehand. */
  readonly reloads: boolean;
  readonly appearance: Appearance;
  /** Given where the first layer stands elsewhere than in its usual corner. Returns its stop. */
  readonly arrange?: ((root: HTMLElement, props: InterfaceProps) => () => void) | undefined;
  /** Loads what the preferences show of the visitor's records. */
  readonly loadRights?: (() => Promise<(handle: Consent) => Node>) | undefined;
  /** Loads what the preferences need, once the visitor is about to open them. */
  readonly prepare?: (() => void) | undefined;
  /** Given to the notice where the device knows what the decision was made about. */
  readonly difference?: PolicyDifference | undefined;
  /** For who is signed in. */
  readonly accountScope?: string | undefined;
  /** Given where the rules of the visitor's region are not the usual ones. */
  readonly regional?: Regional | undefined;
  /** It comes back after the preferences that were opened from it. */
  readonly takesFocus: boolean;
}

/** What the placeholders are given. */
export interface PlaceholderProps
  extends Pick<InterfaceProps, 'policy' | 'handle' | 'texts' | 'locale' | 'reloads'> {
  readonly words: PlaceholderTexts;
}

/** Something that is on the page. */
export interface Mounted<Props = InterfaceProps> {
  /** Says the same in another language; what the visitor has done in it stays. */
  update(props: Props): void;
  /** Takes it off the page. */
  stop(): void;
}

/** What banner, notice and preferences export. */
export interface InterfaceModule {
  /** Shows itself on the page. */
  mount(props: InterfaceProps): Mounted;
}

/** What stands in a place of the page is given. */
export interface InlineProps extends Omit<InterfaceProps, 'words' | 'appearance' | 'takesFocus'> {
  readonly words: PreferencesTexts | DeclarationTexts | RegionTexts;
  /** Given to the declaration where something in it is exempt. */
  readonly regionWords?: RegionTexts | undefined;
}

/** Exported by what can stand in a place of the page. */
export type MountInline = (props: InlineProps, place: Element) => Mounted<InlineProps>;

/** What tells of something and asks nothing. */
export interface UpdateProps extends Pick<InterfaceProps, 'policy' | 'handle' | 'texts' | 'locale'> {
  readonly title: string;
  readonly text: string;
  /** Of the site's own, with the day of each. */
  readonly changes: readonly PolicyChange[];
  readonly close: string;
  readonly onClose: () => void;
}

/** What the floating button is given. */
export interface ButtonProps extends Pick<InterfaceProps, 'handle' | 'locale' | 'appearance'> {
  readonly words: PreferencesTexts;
}
