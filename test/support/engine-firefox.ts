import { type KeyInput, launch as launchBrowser } from 'puppeteer-core';
import { findBrowsers } from '../../scripts/browsers.mjs';
import type { DriverEngine, Key } from './engines.ts';
import { tetherGroup } from './processes.ts';

const KEYS: Record<Key, KeyInput[]> = {
  Tab: ['Tab'],
  'Shift+Tab': ['Shift', 'Tab'],
  // Puppeteer's `Enter` is the one of the numeric keypad. Single characters it passes on as they are, so
  // this is WebDriver's code for the other.
  Enter: ['\uE006' as KeyInput],
  Escape: ['Escape'],
  Space: [' '],
};

/** Firefox by Puppeteer over WebDriver BiDi, its visitor without a wish for motion. */
export async function launch(): Promise<DriverEngine> {
  const found = findBrowsers().firefox;
  if (!found.ok) throw new Error(found.reason);
  const browser = await launchBrowser({
    browser: 'firefox',
    executablePath: found.path,
    headless: true,
    extraPrefsFirefox: { 'ui.prefersReducedMotion': 1 },
  });
  // Puppeteer ends Firefox when we exit, but cannot when we are killed. It has no process groups on Windows.
  const pid = browser.process()?.pid;
  const tether = pid && process.platform !== 'win32' ? tetherGroup(pid) : undefined;
  return {
    version: (await browser.version()).replace('firefox/', ''),
    async newDriver() {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      return {
        async goto(url) {
          await page.goto(url);
        },
        async reload() {
          await page.reload();
        },
        async back() {
          await page.goBack();
        },
        evaluate: (expression) => page.evaluate(expression) as Promise<string>,
        async clickAt(x, y) {
          // All sessions are tabs of one window, and only the one in front has the focus.
          await page.bringToFront();
          await page.mouse.click(x, y);
        },
        async press(key) {
          await page.bringToFront();
          for (const input of KEYS[key]) await page.keyboard.down(input);
          for (const input of [...KEYS[key]].reverse()) await page.keyboard.up(input);
        },
        screenshot: () => page.screenshot(),
        resize: (width, height) => page.setViewport({ width, height }),
        close: () => context.close(),
      };
    },
    async close() {
      await browser.close();
      await tether?.kill();
    },
  };
}
