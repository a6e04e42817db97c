import { launchChromium } from './chromium.ts';
import type { DriverEngine } from './engines.ts';

/** Chromium by Playwright, its visitor without a wish for motion. */
export async function launch(): Promise<DriverEngine> {
  const chromium = await launchChromium();
  return {
    version: chromium.version,
    async newDriver() {
      const context = await chromium.openContext({ reducedMotion: 'reduce' });
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
        evaluate: (expression) => page.evaluate(expression),
        clickAt: (x, y) => page.mouse.click(x, y),
        press: (key) => page.keyboard.press(key),
        screenshot: () => page.screenshot(),
        resize: (width, height) => page.setViewportSize({ width, height }),
        close: () => context.close(),
      };
    },
    close: () => chromium.close(),
  };
}
