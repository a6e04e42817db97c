/**
 * Finds the real browsers that the tests drive, and installs them where that can be done unattended.
 *
 * Chromium is obligatory. Firefox and WebKit are tolerated missing, but always with a reason that says
 * how to get them. This file is loaded before `npm ci` has run, so it imports node built-ins only.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What apt calls each engine, so that a missing one can be installed or its installation be described. */
const APT_PACKAGES = {
  chromium: ['chromium'],
  firefox: ['firefox-esr'],
  webkit: ['webkit2gtk-driver', 'xvfb'],
};

/**
 * @typedef {{ ok: true, path: string }} Found
 * @typedef {{ ok: true, driver: string, browser: string, xvfb: string }} FoundWebKit
 * @typedef {{ ok: false, reason: string }} Missing
 * @typedef {{ chromium: Found | Missing, firefox: Found | Missing, webkit: FoundWebKit | Missing }} Browsers
 */

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The first of these commands that is on the PATH.
 * @param {string[]} commands
 */
function onPath(...commands) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return commands.flatMap((command) => folders.map((folder) => join(folder, command))).find(isExecutable);
}

/**
 * Where an installer puts a program on macOS and Windows, which keep browsers off the PATH.
 * @param {string[]} mac paths below an Applications folder
 * @param {string[]} windows paths below a Program Files folder
 */
function installed(mac, windows) {
  const bases =
    process.platform === 'darwin'
      ? { folders: ['/Applications', join(homedir(), 'Applications')], paths: mac }
      : {
          folders: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA],
          paths: process.platform === 'win32' ? windows : [],
        };
  return bases.folders
    .flatMap((folder) => (folder ? bases.paths.map((path) => join(folder, path)) : []))
    .find((path) => existsSync(path));
}

/** The Chromium that Playwright has downloaded earlier, if it has. */
function fromPlaywright() {
  try {
    const path = createRequire(import.meta.url)('playwright-core').chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    // Before `npm ci`, or on a platform for which Playwright has no build: then there is none to find.
    return undefined;
  }
}

/** @returns {Found | Missing} */
function findChromium() {
  const wanted = process.env.BANDEAU_CHROMIUM;
  if (wanted) {
    return isExecutable(wanted)
      ? { ok: true, path: wanted }
      : { ok: false, reason: `BANDEAU_CHROMIUM names ${wanted}, which is not an executable file` };
  }
  const path =
    onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable') ??
    installed(
      ['Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome'],
      ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe'],
    ) ??
    fromPlaywright();
  if (path) return { ok: true, path };
  return {
    ok: false,
    reason: `no Chromium or Chrome found: ${howToGet('chromium')}, or run \`npx playwright-core install chromium\`, or set BANDEAU_CHROMIUM to its executable`,
  };
}

/** @returns {Found | Missing} */
function findFirefox() {
  const wanted = process.env.BANDEAU_FIREFOX;
  if (wanted) {
    return isExecutable(wanted)
      ? { ok: true, path: wanted }
      : { ok: false, reason: `BANDEAU_FIREFOX names ${wanted}, which is not an executable file` };
  }
  const path =
    onPath('firefox-esr', 'firefox') ??
    installed(['Firefox.app/Contents/MacOS/firefox'], ['Mozilla Firefox/firefox.exe']);
  if (path) return { ok: true, path };
  return {
    ok: false,
    reason: `no Firefox found: ${howToGet('firefox')}, or set BANDEAU_FIREFOX to its executable`,
  };
}

/** MiniBrowser lies next to WebKitGTK's libraries, in a folder that names the ABI and the architecture. */
function findMiniBrowser() {
  const bases = ['/usr/lib', '/usr/lib64', '/usr/libexec'].filter((path) => existsSync(path));
  const folders = bases.flatMap((base) => [
    base,
    ...readdirSync(base)
      .filter((name) => name.endsWith('-linux-gnu'))
      .map((name) => join(base, name)),
  ]);
  return folders
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.startsWith('webkit2gtk-') || name.startsWith('webkitgtk-'))
        .map((name) => join(folder, name, 'MiniBrowser')),
    )
    .find(isExecutable);
}

/** @returns {FoundWebKit | Missing} */
function findWebKit() {
  const driver = onPath('WebKitWebDriver');
  const browser = findMiniBrowser();
  const xvfb = onPath('Xvfb');
  if (driver && browser && xvfb) return { ok: true, driver, browser, xvfb };
  const missing = [!driver && 'WebKitWebDriver', !browser && 'MiniBrowser', !xvfb && 'Xvfb'].filter(Boolean);
  return { ok: false, reason: `no ${missing.join(', no ')} found: ${howToGet('webkit')}` };
}

/** @param {keyof typeof APT_PACKAGES} engine */
function howToGet(engine) {
  if (process.platform === 'linux')
    return `install it (Debian: apt-get install ${APT_PACKAGES[engine].join(' ')})`;
  return engine === 'webkit' ? 'WebKitGTK and its driver exist on Linux only' : 'install it';
}

/**
 * Looks for the three engines without installing anything.
 * @returns {Browsers}
 */
export function findBrowsers() {
  return { chromium: findChromium(), firefox: findFirefox(), webkit: findWebKit() };
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
function succeeds(command, args, env = {}) {
  console.log(`$ ${[command, ...args].join(' ')}`);
  const run = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return run.status === 0;
}

/** How to become root without a question; undefined where apt is not there or root is out of reach. */
function aptPrefix() {
  if (!onPath('apt-get')) return undefined;
  if (process.getuid?.() === 0) return [];
  const sudo = onPath('sudo');
  if (sudo && spawnSync(sudo, ['-n', 'true'], { stdio: 'ignore' }).status === 0) return [sudo, '-n'];
  return undefined;
}

/**
 * Each engine on its own: a distribution that lacks one of the packages (Ubuntu has no firefox-esr) would
 * refuse the whole list.
 * @param {(keyof typeof APT_PACKAGES)[]} engines
 */
function installWithApt(engines) {
  const prefix = aptPrefix();
  if (!prefix) return;
  const apt = (/** @type {string[]} */ ...args) => {
    // `env` passes the variable through sudo, which drops the environment.
    const line = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return succeeds(line[0], line.slice(1));
  };
  apt('update');
  for (const engine of engines) apt('install', '-y', ...APT_PACKAGES[engine]);
}

/**
 * Finds the three engines and installs what is missing where that needs no question: with apt as root or
 * with passwordless sudo, else Playwright's own Chromium.
 *
 * On somebody's own machine a missing Firefox or WebKit alone is no reason to install system packages; on a
 * CI machine (environment variable CI) it is, since a skipped engine there would be skipped for good.
 * @returns {Browsers}
 */
export function ensureBrowsers() {
  const names = /** @type {const} */ (['chromium', 'firefox', 'webkit']);
  let found = findBrowsers();
  const missing = names.filter((name) => !found[name].ok);
  if (process.env.BANDEAU_CHROMIUM && !found.chromium.ok) return found;

  if (!found.chromium.ok || (process.env.CI && missing.length > 0)) {
    installWithApt(missing);
    found = findBrowsers();
  }
  if (!found.chromium.ok) {
    const manifest = createRequire(import.meta.url).resolve('playwright-core/package.json');
    succeeds(process.execPath, [join(dirname(manifest), 'cli.js'), 'install', 'chromium']);
    found = findBrowsers();
  }
  return found;
}

/**
 * One line per engine, for people.
 * @param {Browsers} browsers
 */
export function describeBrowsers(browsers) {
  return Object.entries(browsers)
    .map(([name, engine]) => {
      const state = engine.ok ? ('path' in engine ? engine.path : engine.driver) : null;
      return `${name.padEnd(9)}${state ?? `${name === 'chromium' ? 'MISSING' : 'SKIPPED'}: ${engine.reason}`}`;
    })
    .join('\n');
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const browsers = ensureBrowsers();
  console.log(describeBrowsers(browsers));
  process.exitCode = browsers.chromium.ok ? 0 : 1;
}
