import { writeFile } from 'node:fs/promises';
import { findBrowsers } from '../../scripts/browsers.mjs';
import { until } from './processes.ts';

/** The three engines: Chromium, Firefox (Gecko) and WebKitGTK (the engine of Safari). */
export type EngineName = 'chromium' | 'firefox' | 'webkit';

export const ENGINES: readonly EngineName[] = ['chromium', 'firefox', 'webkit'];

/** The keys that a main path needs. */
export type Key = 'Tab' | 'Shift+Tab' | 'Enter' | 'Escape' | 'Space';

/** A browser window with its own, initially empty, cookie jar. */
export interface Session {
  /** Opens an address; done at its load event. */
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** One step back in the history. */
  back(): Promise<void>;
  /**
   * The value of one JavaScript expression in the page, as JSON carries it (undefined becomes null). Promises
   * are awaited; an error in the page is thrown here. Several statements need a function around them.
   */
  evaluate<T = unknown>(expression: string): Promise<T>;
  /**
   * A real click: waits until the element is there, at rest, enabled and not covered, then presses the mouse
   * button in its middle. Throws, naming the obstacle, after `timeoutMs` (5000 unless told).
   */
  click(selector: string, timeoutMs?: number): Promise<void>;
  /** A real key press. */
  press(key: Key): Promise<void>;
  /** Polls until the expression is truthy, across navigations. `timeoutMs` is 5000 unless told. */
  waitFor(condition: string, timeoutMs?: number): Promise<void>;
  /** `document.cookie`. */
  cookies(): Promise<string>;
  /** A PNG of what the window shows. */
  screenshot(path: string): Promise<void>;
  /** Sets the size of the viewport in CSS pixels. */
  resize(width: number, height: number): Promise<void>;
  close(): Promise<void>;
}

/** A running browser. */
export interface Engine {
  name: EngineName;
  version: string;
  newSession(): Promise<Session>;
  /** Ends the browser with all its sessions and helpers. */
  close(): Promise<void>;
}

/**
 * What a driver has to bring; everything else in `Session` is made of it, so that the three engines cannot
 * differ in it.
 */
export interface Driver {
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  /** The value of an expression that is a promise of a string. */
  evaluate(expression: string): Promise<string>;
  /** Moves the mouse there, in CSS pixels of the viewport, and clicks. */
  clickAt(x: number, y: number): Promise<void>;
  press(key: Key): Promise<void>;
  screenshot(): Promise<Uint8Array>;
  resize(width: number, height: number): Promise<void>;
  close(): Promise<void>;
}

/** What a driver module exports. */
export interface DriverEngine {
  version: string;
  newDriver(): Promise<Driver>;
  close(): Promise<void>;
}

/**
 * Which engines this machine has: `true`, or the reason why not. It is known at once, so that a suite can
 * say `describe.skipIf(availableEngines()[name] !== true)(...)` and show the reason in its title.
 */
export function availableEngines(): Record<EngineName, true | string> {
  const found = findBrowsers();
  const state = (name: EngineName) => {
    const engine = found[name];
    return engine.ok ? true : engine.reason;
  };
  return { chromium: state('chromium'), firefox: state('firefox'), webkit: state('webkit') };
}

/**
 * Starts an engine.
 *
 * @throws when it is not there, with how to get it
 */
export async function launchEngine(name: EngineName): Promise<Engine> {
  // Loaded on demand: each brings a large package of which the other two have no need.
  const load = {
    chromium: async () => (await import('./engine-chromium.ts')).launch(),
    firefox: async () => (await import('./engine-firefox.ts')).launch(),
    webkit: async () => (await import('./engine-webkit.ts')).launch(),
  };
  const engine = await load[name]();
  return {
    name,
    version: engine.version,
    newSession: async () => session(await engine.newDriver()),
    close: () => engine.close(),
  };
}

/**
 * Runs in the page: where to click, or why a visitor could not click now. Written as text, since it is sent
 * to the page as it is.
 */
const FIND_TARGET = `(selector) => {
  const element = document.querySelector(selector);
  if (!element) return { obstacle: 'no such element' };
  if (element.disabled) return { obstacle: 'disabled' };
  element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return { obstacle: 'not visible' };
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const hit = document.elementFromPoint(x, y);
  if (!hit) return { obstacle: 'outside of the viewport' };
  const reaches = element.contains(hit) || hit.closest('label')?.control === element;
  return reaches ? { x, y } : { obstacle: 'covered by ' + hit.outerHTML.slice(0, 80) };
}`;

function session(driver: Driver): Session {
  async function evaluate<T>(expression: string): Promise<T> {
    // As JSON, because the three protocols each have their own idea of what a value is.
    const json = await driver.evaluate(`(async () => JSON.stringify(await (${expression})) ?? 'null')()`);
    return JSON.parse(json) as T;
  }

  return {
    goto: (url) => driver.goto(url),
    reload: () => driver.reload(),
    back: () => driver.back(),
    evaluate,
    async click(selector, timeoutMs = 5000) {
      let obstacle = '';
      let before: { x: number; y: number } | undefined;
      const target = await until(
        () => `click ${selector}: ${obstacle}`,
        timeoutMs,
        async () => {
          const found = await evaluate<{ x: number; y: number } | { obstacle: string }>(
            `(${FIND_TARGET})(${JSON.stringify(selector)})`,
          );
          if ('obstacle' in found) {
            obstacle = found.obstacle;
            before = undefined;
            return undefined;
          }
          // At rest is what is where the last look has found it. Frames say it sooner, but a window in the
          // background has none.
          const isAtRest = found.x === before?.x && found.y === before.y;
          obstacle = 'still moving';
          before = found;
          return isAtRest && found;
        },
      );
      await driver.clickAt(target.x, target.y);
    },
    press: (key) => driver.press(key),
    async waitFor(condition, timeoutMs = 5000) {
      await until(
        () => `waiting for ${condition}`,
        timeoutMs,
        // The page can be between two documents: then the evaluation fails, and is tried again.
        () => evaluate<boolean>(`Boolean(await (${condition}))`),
      );
    },
    cookies: () => evaluate<string>('document.cookie'),
    screenshot: async (path) => writeFile(path, await driver.screenshot()),
    resize: (width, height) => driver.resize(width, height),
    close: () => driver.close(),
  };
}
