import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { findBrowsers } from '../../scripts/browsers.mjs';

/** The first two let it run as root and without a screen; the others keep it from talking to its maker. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Features that no test has use for. A second `--disable-features` replaces the first: Playwright's list is
 * said again here, whole but for what concerns other systems and Edge.
 */
const NOT_NEEDED = [
  // The list under the address bar, a page of its own for each window: half of what a visit costs.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

/** A running Chromium. */
export interface Chromium {
  browser: Browser;
  version: string;
  /** A fresh context: no cookie, no storage, no cache of any other. */
  openContext(options?: BrowserContextOptions): Promise<BrowserContext>;
  close(): Promise<void>;
}

/**
 * Starts Chromium.
 *
 * @param options.args flags in addition to the usual ones, none of them `--disable-features`
 * @param options.without features to do without
 * @param options.ignoreDefaultArgs flags of Playwright's to leave out (`--disable-back-forward-cache`, say)
 * @throws when there is no Chromium, with how to get it
 */
export async function launchChromium(
  options: { args?: string[]; without?: string[]; ignoreDefaultArgs?: string[] } = {},
): Promise<Chromium> {
  const found = findBrowsers().chromium;
  if (!found.ok) throw new Error(found.reason);
  const browser = await chromium.launch({
    executablePath: found.path,
    args: [
      ...FLAGS,
      `--disable-features=${[...NOT_NEEDED, ...(options.without ?? [])].join(',')}`,
      ...(options.args ?? []),
    ],
    ignoreDefaultArgs: options.ignoreDefaultArgs ?? [],
  });
  return {
    browser,
    version: browser.version(),
    openContext: (contextOptions) => browser.newContext(contextOptions),
    close: () => browser.close(),
  };
}

/** One attempt of a page, or of a frame in it, to store something. */
export interface Write {
  api: 'document.cookie' | 'localStorage' | 'sessionStorage' | 'indexedDB' | 'cookieStore' | 'caches';
  /** Name of the cookie, key, database or cache. */
  key: string;
  /** The value as it was given; for `document.cookie` the whole text. Empty for databases and caches. */
  value: string;
  /** Address of the document that did it. */
  url: string;
}

/** What a page has done since `probe(page)`, across reloads and frames. The arrays grow as it happens. */
export interface Probe {
  writes: Write[];
  /** Console messages as `type: text`. */
  console: string[];
  /** Uncaught errors and rejections. */
  errors: string[];
  /** Addresses of all requests, by origin. */
  requests: Map<string, string[]>;
  /** Forgets everything so far. */
  clear(): void;
}

const probes = new WeakMap<Page, Probe>();

/**
 * Runs in every document before its own scripts. Reports to the test at once, so that what a page did just
 * before it was left is known too.
 */
function installRecorder() {
  type Report = (api: Write['api'], key: string, value: string, url: string) => void;
  const report = (window as unknown as { __reportWrite: Report }).__reportWrite;
  const record = (api: Write['api'], key: unknown, value: unknown = '') =>
    report(api, String(key), String(value), location.href);

  /** Calls `before` with the arguments of each call, and lets the call happen unchanged. */
  function watch(
    prototype: object | undefined,
    method: string,
    before: (self: unknown, args: unknown[]) => void,
  ) {
    const descriptor = prototype && Object.getOwnPropertyDescriptor(prototype, method);
    if (!descriptor) return;
    const kind = descriptor.set ? 'set' : 'value';
    const original = descriptor[kind];
    Object.defineProperty(prototype, method, {
      ...descriptor,
      [kind](this: unknown, ...args: unknown[]) {
        before(this, args);
        return original.apply(this, args);
      },
    });
  }

  watch(Document.prototype, 'cookie', (_, [text]) => {
    record('document.cookie', String(text).split('=', 1)[0]?.trim(), text);
  });
  watch(Storage.prototype, 'setItem', (self, [key, value]) => {
    // The getter throws where storage is blocked, and then nothing is written either.
    const isSession = (() => {
      try {
        return self === sessionStorage;
      } catch {
        return false;
      }
    })();
    record(isSession ? 'sessionStorage' : 'localStorage', key, value);
  });
  watch(IDBFactory.prototype, 'open', (_, [name]) => record('indexedDB', name));
  // These two exist in secure contexts only.
  watch(window.CookieStore?.prototype, 'set', (_, [first, second]) => {
    const options = typeof first === 'object' ? (first as { name: string; value: string }) : null;
    record('cookieStore', options?.name ?? first, options?.value ?? second);
  });
  watch(window.CacheStorage?.prototype, 'open', (_, [name]) => record('caches', name));
}

/**
 * Records what a page stores, logs, throws and requests. Call it before the first `goto`.
 *
 * An item set as a property (`localStorage.x = 1`) does not pass through `setItem` and is not seen as a
 * write: `stored(page)` shows what is really there in the end.
 */
export async function probe(page: Page): Promise<Probe> {
  const found: Probe = {
    writes: [],
    console: [],
    errors: [],
    requests: new Map(),
    clear() {
      found.writes.length = 0;
      found.console.length = 0;
      found.errors.length = 0;
      found.requests.clear();
    },
  };
  probes.set(page, found);

  page.on('console', (message) => found.console.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => found.errors.push(String(error)));
  page.on('request', (request) => {
    const { origin } = new URL(request.url());
    found.requests.set(origin, [...(found.requests.get(origin) ?? []), request.url()]);
  });
  await page.exposeFunction('__reportWrite', (api: Write['api'], key: string, value: string, url: string) => {
    found.writes.push({ api, key, value, url });
  });
  await page.addInitScript(installRecorder);
  return found;
}

/**
 * The writes that a probed page has attempted so far.
 *
 * @throws when `probe(page)` was not called
 */
export async function writes(page: Page): Promise<Write[]> {
  const found = probes.get(page);
  if (!found) throw new Error('probe(page) must be called before the page is opened');
  // Reports travel in order with all other messages: once this one is back, those sent before it have arrived.
  await page.evaluate('0');
  return [...found.writes];
}

/** What is really stored in the page's context, as sorted `kind: name` lines: cookies, localStorage, IndexedDB. */
export async function stored(page: Page): Promise<string[]> {
  const { cookies, origins } = await page.context().storageState({ indexedDB: true });
  return [
    ...cookies.map((cookie) => `cookie: ${cookie.name}`),
    ...origins.flatMap((origin) => [
      ...origin.localStorage.map((item) => `localStorage: ${item.name}`),
      ...('indexedDB' in origin && Array.isArray(origin.indexedDB)
        ? origin.indexedDB.map((database: { name: string }) => `indexedDB: ${database.name}`)
        : []),
    ]),
  ].sort();
}

/** Lines of `stored` that a decision leaves: beside the cookie of that name, its record and what it was about. */
export const keptOfADecision = (cookieName: string): string[] => [
  `cookie: ${cookieName}`,
  `localStorage: ${cookieName}.outline`,
  `localStorage: ${cookieName}.records`,
];
