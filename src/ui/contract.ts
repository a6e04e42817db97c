import type { PolicyDifference } from '../policy/compare-outlines.ts';
import type { NormalizedPolicy } from '../policy/normalize.ts';
import type { Appearance, Consent, PolicyChange } from '../types.ts';
import type { FirstLayer } from './first-layer.tsx';
import type {
  DeclarationTexts,
  NoticeTexts,
  PlaceholderTexts,
  PreferencesTexts,
  RegionTexts,
  Texts,
} from './texts.ts';

export type * from './texts.ts';

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
