import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ON_MAC = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const ON_WINDOWS = [
  'Google/Chrome/Application/chrome.exe',
  'Chromium/Application/chrome.exe',
  'Microsoft/Edge/Application/msedge.exe',
];

/** What a browser is searched in, so that a test can stand in for it. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
}
const THIS: Machine = { env: process.env, exists: existsSync };

/**
 * Where Chromium is.
 * @param given by who runs the command
 * @returns undefined where only the driver's own may be left
 * @throws {Error} when the one that is named is not there
 */
export function findBrowser(given: string | undefined, { env, exists }: Machine = THIS): string | undefined {
  const named = given ?? env['CHROME_PATH'];
  if (named) {
    if (exists(named)) return named;
    throw new Error(`there is no browser at ${named}${given ? '' : ', which CHROME_PATH names'}.`);
  }
  const below = (folders: readonly (string | undefined)[], names: readonly string[]) =>
    folders.flatMap((folder) => (folder ? names.map((name) => join(folder, name)) : []));
  return [
    ...below(env['PATH']?.split(delimiter) ?? [], COMMANDS),
    ...below(['/Applications', env['HOME'] && join(env['HOME'], 'Applications')], ON_MAC),
    ...below([env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']], ON_WINDOWS),
  ].find(exists);
}
