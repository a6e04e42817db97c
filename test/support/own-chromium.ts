import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowsers } from '../../scripts/browsers.mjs';
import { spawnTethered } from './processes.ts';

/**
 * Opens an address in a Chromium that nothing is attached to: the back/forward cache and prerendering are off
 * in one that is driven. The page does everything itself and reports by `fetch`. Returns what ends it.
 */
export async function openAlone(address: string): Promise<() => Promise<void>> {
  const found = findBrowsers().chromium;
  if (!found.ok) throw new Error(found.reason);
  const profile = await mkdtemp(join(tmpdir(), 'bandeau-alone-'));
  const browser = spawnTethered(found.path, [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    // A small machine counts as one that has no memory to spare for either.
    '--disable-features=BackForwardCacheMemoryControls,Prerender2MemoryControls',
    `--user-data-dir=${profile}`,
    address,
  ]);
  return async () => {
    await browser.kill();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
}
