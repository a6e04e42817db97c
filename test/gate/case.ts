import type { EngineName } from '../support/engines.ts';
import type { Page } from '../support/servers.ts';

/** In the order of the table. */
export const GROUPS = [
  'Scripts',
  'Order of scripts',
  'Exactly once',
  'Images, styles and other files',
  'Frames and media',
  'Elements that come later',
  'Strict pages',
  'Denied when in doubt',
  'Withdrawal',
  'Out of reach of any script in a page',
] as const;

export type Group = (typeof GROUPS)[number];

/** How a case wants its element marked, where that is what the case is about. */
export interface Mark {
  /** @default 'both' */
  readonly by?: 'category' | 'service' | 'both';
  /** The address of a script moves to `data-src` instead of staying in `src`. @default false */
  readonly dataSrc?: boolean;
  /** Replaces the names of the marks, for marks that are wrong. */
  readonly category?: string;
  readonly service?: string;
  /** More attributes of the library under test: `data-replay`. */
  readonly attributes?: string;
}

/** What a case makes its page of. */
export interface Kit {
  /**
   * Address of the tracker for this one load of the page, without a final slash: no browser has anything of
   * it in a cache, and what an earlier page still sends is told apart.
   */
  readonly tracker: string;
  /** Its origin, for security policies. */
  readonly origin: string;
  /** A folder of the site itself that is logged as the tracker is, for this one load. */
  readonly own: string;
  /** Ordinary markup, marked so that the library under test holds it; as it is in the control. */
  held(html: string, mark?: Mark): string;
  /** `held` as a JavaScript text, for pages that add markup by script. */
  heldText(html: string, mark?: Mark): string;
}

/** The page of a case, and what happens in it. */
export interface CasePage {
  readonly head?: string;
  /** Above the library's own tags, which are the first thing in the page else. */
  readonly beforeLibrary?: string;
  readonly body?: string;
  readonly headers?: Record<string, string | string[]>;
  /** Bodies of the tracker's `/s/<name>.js`. @default the script says that it ran */
  readonly scripts?: Record<string, string>;
  /** More addresses of the site itself, by path. */
  readonly files?: Record<string, Page>;
  /** Runs in the page once it is loaded, in every phase. */
  readonly act?: string;
  /** Runs after the yes; in the phases without one it runs as well, and must do nothing then. */
  readonly afterAccept?: string;
  /** An expression that has to be true before `afterAccept` runs. @default it runs at once */
  readonly afterAcceptOnce?: string;
  /** An expression whose value is compared, in the phases that `facts` has a value for. */
  readonly fact?: string;
}

/** What can be seen of a page from outside. */
export interface Outcome {
  /** Paths that reached the tracker or the site's own logged folder; sorted, each once. */
  readonly reached: readonly string[];
  /** What ran, in order, as often as it ran. */
  readonly ran: readonly string[];
  /** Cookies and storage keys other than the receipt, sorted, such as `cookie t_visits`. */
  readonly stored: readonly string[];
}

/** The phases of a visit. */
export interface Facts {
  readonly control?: unknown;
  readonly before?: unknown;
  readonly accepted?: unknown;
  readonly withdrawn?: unknown;
  readonly refused?: unknown;
}

/** One claim about what is held and what is released, shown in every engine that has what it needs. */
export interface GateCase {
  /** Letters, digits and hyphens: it is part of the address of its page. */
  readonly id: string;
  readonly group: Group;
  /** The claim, as a sentence without its full stop. */
  readonly title: string;
  page(kit: Kit): CasePage;
  /** What is seen after a yes. Everything else is held, so nothing is seen. @default nothing */
  readonly released?: Partial<Outcome>;
  /** The order of `ran` is not part of the claim. @default false */
  readonly anyOrder?: boolean;
  /** What the same page shows without marks and without the library. @default `released` */
  readonly unmarked?: Partial<Outcome> | 'not compared';
  /** What stays in the page after a withdrawal, until it is reloaded. @default nothing new, nothing stored */
  readonly withdrawn?: Partial<Outcome>;
  readonly facts?: Facts;
  /** Why no script in a page can hold it. The case then shows that it acts before any choice. */
  readonly impossible?: string;
  /** What is seen before a choice, after a refusal and after a withdrawal; for impossible cases. @default nothing */
  readonly leaks?: Partial<Outcome>;
  /** Engines that can't run the case, each with the reason. */
  readonly not?: { readonly [E in EngineName]?: string };
  /**
   * It is about the very script element that was marked, so there is nothing to compare with libraries that
   * have scripts declared instead. @default false
   */
  readonly element?: boolean;
  /** It is about something that only bandeau has, so there is nothing to compare with others. @default false */
  readonly own?: boolean;
}
