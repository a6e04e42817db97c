import type { Browser } from 'playwright-core';
import { reasonOf } from '../read-policy-file.ts';

/**
 * - letters are drawn alike on every machine that has the same fonts
 * - no address is looked up: what is pictured is all there is
 */
const FLAGS = ['--disable-gpu', '--font-render-hinting=none', '--host-resolver-rules=MAP * ~NOTFOUND'];

/**
 * Starts Chromium.
 * @param executablePath undefined for the driver's own
 * @throws {Error} that says what to install
 */
export async function launchBrowser(executablePath: string | undefined): Promise<Browser> {
  const { chromium } = await import('playwright-core').catch(() => {
    throw new Error(
      'playwright-core is missing, which drives the browser. Run: npm install -D playwright-core',
    );
  });
  try {
    return await chromium.launch({ args: FLAGS, ...(executablePath && { executablePath }) });
  } catch (error) {
    const reason = reasonOf(error).split('\n', 1)[0];
    throw new Error(
      executablePath
        ? `${executablePath} can't be started: ${reason}`
        : 'no Chromium or Chrome is found. Install one, name it by --browser or CHROME_PATH, or run: npx playwright-core install chromium',
    );
  }
}
