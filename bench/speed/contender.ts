import type { Content } from './situation.ts';

export interface File {
  readonly body: Buffer;
  readonly type: string;
}

/** What a contender adds to the page. */
export interface Addition {
  /** Before the styles of the page. */
  readonly first?: string;
  readonly head?: string;
  /** At the end of the body. */
  readonly body?: string;
}

/** A library on the page, set up as its own documentation says, in its best light. */
export interface Contender {
  readonly name: string;
  readonly version: string;
  /** Its files are `<base>name`; asked for one at a time, since some load more by themselves. */
  file(name: string): File | undefined;
  compose(content: Content, base: string): Addition;
  /** Absent on the page without a library. */
  readonly accept?: string;
  /** Opens the preferences. Absent where there are none. */
  readonly customize?: string;
  /** A button in the preferences that can be used once they are there. */
  readonly preferences?: string;
  /** It is another contender that only travels otherwise: what it does once it is there is measured with that one. */
  readonly isVariant?: boolean;
  /** Milliseconds after which buttons that are drawn do something, where they don't at once. */
  readonly wakesAfter?: number;
  /** Whether the preferences show services: only then their number can matter. */
  readonly showsServices: boolean;
}

/** A contender that is not there, and why. */
export interface Absent {
  readonly name: string;
  readonly reason: string;
}
