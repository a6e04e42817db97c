/**
 * What is on a picture. `details` is the second layer with everything opened that opens; `update` the card that tells
 * of a version about which there is nothing to answer.
 */
export type ProofLayer = 'banner' | 'notice' | 'update' | 'preferences' | 'details' | 'placeholders';

/** Width and height of something on a page, in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Both answers of a layer, as they were measured in the page. */
export interface MeasuredAnswers {
  /** Same box, same colours, same letters. */
  readonly equal: boolean;
  /** Both are wholly on the screen without scrolling, and nothing covers their middle. */
  readonly inView: boolean;
  readonly accept: Size;
  readonly reject: Size;
}

/** One PNG. */
export interface Picture {
  /** Relative to the manifest. */
  readonly file: string;
  readonly layer: ProofLayer;
  /** `screen` is what the window shows; `whole` the layer alone and to its end, where it scrolls in that window. */
  readonly extent: 'screen' | 'whole';
  readonly locale: string;
  /** As asked for: `390x844`. */
  readonly viewport: string;
  readonly colorScheme: 'light' | 'dark';
  /** SHA-256 of the texts of the layer in canonical form: the one that a record of a decision has. */
  readonly textsHash: string;
  /** SHA-256 of the file. */
  readonly sha256: string;
  /** Null where the layer has no such answers, and for what is `whole`. */
  readonly answers: MeasuredAnswers | null;
}

/** A layer that the policy never brings on screen. */
export interface NotShown {
  readonly layer: ProofLayer;
  readonly locale: string;
  readonly reason: string;
}

/** A policy by what it is told from others by. */
export interface PolicyMark {
  readonly policyVersion: string;
  /** SHA-256 of its canonical form. */
  readonly policyHash: string;
}

/** `manifest.json`. Described in docs/proof.md. */
export interface Manifest extends PolicyMark {
  readonly schemaVersion: 1;
  /** The one that the visitor of the notice had accepted. */
  readonly previous: PolicyMark | null;
  readonly sdkVersion: string;
  readonly browser: { readonly name: string; readonly version: string };
  /** When the pictures were taken, ISO 8601. */
  readonly time: string;
  /** Whether accepting and refusing are equal on every picture that has both. */
  readonly answersEqual: boolean;
  /** Every built file that the pages loaded, with its hash as Subresource Integrity writes it. */
  readonly files: readonly { readonly file: string; readonly integrity: string }[];
  readonly pictures: readonly Picture[];
  readonly notShown: readonly NotShown[];
}
