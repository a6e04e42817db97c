// The scripts and the demo servers are plain JavaScript, since they run before anything is installed or compiled. These are the
// types of what tests import from them.

declare module '*/scripts/browsers.mjs' {
  export interface Found {
    ok: true;
    /** The executable. */
    path: string;
  }
  export interface FoundWebKit {
    ok: true;
    /** WebKitWebDriver. */
    driver: string;
    /** MiniBrowser. */
    browser: string;
    xvfb: string;
  }
  export interface Missing {
    ok: false;
    /** Why, and how to get it. */
    reason: string;
  }
  export interface Browsers {
    chromium: Found | Missing;
    firefox: Found | Missing;
    webkit: FoundWebKit | Missing;
  }
  export function findBrowsers(): Browsers;
}

declare module '*/scripts/bundle-css.mjs' {
  export function bundleCss(filename: string): string;
}

declare module '*/scripts/signals.mjs' {
  /** Of docs/signals/facts. */
  export interface Facts {
    name: string;
    tool: string;
    vendor: string;
    terms: Record<string, string>;
    /** Meaning and default, by name. */
    options: Record<string, string>;
    calls: string;
    before: string;
    source: string[];
    checked: 'P' | 'S' | 'K';
    notes: string[];
  }
  export interface BuiltSignal {
    name: string;
    terms: Record<string, readonly string[] | 'advertising' | 'always'>;
    /** Brotli. */
    bytes: number;
  }
  export const MAX_BYTES: number;
  export function readFacts(): Facts[];
  export function builtSignals(): string[];
  export function readSignal(name: string): Promise<BuiltSignal>;
  export function signalsTable(): Promise<string>;
  export function withTable(text: string, table: string): string;
}

declare module '*/scripts/size.mjs' {
  /** Bytes. */
  export interface Row {
    file: string;
    raw: number;
    gzip: number;
    brotli: number;
  }
  export interface Budget {
    name: string;
    files: string[];
    /** At most so many kB (1000 bytes) of brotli. */
    kB: number;
  }
  export const BUDGETS: Budget[];
  export function measure(dist?: URL): Row[];
  export function checkBudgets(rows: Row[]): (Budget & { bytes: number; ok: boolean })[];
  export function readmeTable(rows?: Row[]): string;
  export function withTable(readme: string, table: string): string;
}

declare module '*/demo/servers.mjs' {
  /** One request that reached the trackers. */
  export interface TrackerRequest {
    method: string;
    /** Path and query. */
    url: string;
    path: string;
    referer: string | null;
    /** ISO 8601. */
    time: string;
  }
  /** One request to `/record`. */
  export interface Report {
    method: string;
    /** `Idempotency-Key` */
    key: string | null;
    /** `Content-Type` */
    type: string | null;
    body: string;
  }
  export interface RunningDemo {
    /** Without a final slash. */
    url: string;
    trackerUrl: string;
    requests: TrackerRequest[];
    reports: Report[];
    close(): Promise<void>;
  }
  export function startDemo(options?: {
    port?: number;
    trackerPort?: number;
    root?: string;
    onRequest?: (request: TrackerRequest) => void;
  }): Promise<RunningDemo>;
}

declare module '*/scripts/locale-formats.mjs' {
  import type { Formats } from '../../src/ui/contract.ts';

  export function formatsOf(language: string): Formats;
}

declare module '*/scripts/built-graph.mjs' {
  export interface Reference {
    start: number;
    isDynamic: boolean;
    /** With `*` for what is known at run time alone. */
    to: string;
    files: string[];
  }
  export type Graph = Map<string, { code: string; references: Reference[] }>;
  export function graphOf(codes: Map<string, string>): Graph;
  export function readBuilt(dist: URL): Map<string, string>;
}

declare module '*/scripts/hash-names.mjs' {
  export function hashNames(codes: Map<string, string>): {
    /** By plain name. */
    files: Map<string, { name: string; code: string }>;
  };
}
