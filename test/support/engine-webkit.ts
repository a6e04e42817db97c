import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowsers } from '../../scripts/browsers.mjs';
import type { Driver, DriverEngine, Key } from './engines.ts';
import { freePort, spawnTethered, type Tethered, until } from './processes.ts';

/** WebKitGTK draws by software and without its own sandbox, neither of which a container can give it. */
const ENVIRONMENT = {
  WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  LIBGL_ALWAYS_SOFTWARE: '1',
  WEBKIT_DISABLE_DMABUF_RENDERER: '1',
  WEBKIT_DISABLE_COMPOSITING_MODE: '1',
};

/** https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS: Record<Key, string[]> = {
  Tab: ['\uE004'],
  'Shift+Tab': ['\uE008', '\uE004'],
  Enter: ['\uE006'],
  Escape: ['\uE00C'],
  Space: [' '],
};

/** A generous upper limit for each command, since a hung browser would otherwise hang the test in a `fetch`. */
const COMMAND_TIMEOUT = 20_000;

/** One command of the W3C WebDriver protocol. */
async function command<T>(
  base: string,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(`${base}${path}`, {
    method,
    ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
    signal: AbortSignal.timeout(COMMAND_TIMEOUT),
  });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`${method} ${path}: ${value.error} ${value.message ?? ''}`.trim());
  return value;
}

/** What all sessions of an engine share. */
interface Stage {
  /** For the drivers and, through them, their browsers. */
  environment: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

/** A virtual screen, on the first display number that is free, and the settings of GTK. */
async function setStage(xvfb: string): Promise<Stage> {
  const screen = spawnTethered(xvfb, ['-displayfd', '1', '-screen', '0', '1920x1600x24', '-nolisten', 'tcp']);
  const config = await mkdtemp(join(tmpdir(), 'bandeau-webkit-'));
  const close = async () => {
    await screen.kill();
    await rm(config, { recursive: true, force: true });
  };
  try {
    // MiniBrowser's toolbar is 447 pixels wide at least, and the window with it: too wide for a telephone's
    // layout. Without the padding of its buttons it leaves us 320.
    await mkdir(join(config, 'gtk-3.0'));
    await writeFile(join(config, 'gtk-3.0', 'gtk.css'), '* { min-width: 0; padding: 0; margin: 0; }');
    // The visitor has no wish for motion.
    await writeFile(join(config, 'gtk-3.0', 'settings.ini'), '[Settings]\ngtk-enable-animations=0\n');
    const number = await until(
      () => `Xvfb: ${screen.output()}`,
      15_000,
      () => /^\d+$/m.exec(screen.output())?.[0],
    );
    return { environment: { ...ENVIRONMENT, DISPLAY: `:${number}`, XDG_CONFIG_HOME: config }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface NewSession {
  sessionId: string;
  capabilities: { browserVersion: string };
}

/**
 * A driver with its one session: WebKitWebDriver knows no more than one at a time, and each of them is a new
 * browser with an empty profile.
 */
async function startSession(driver: string, browser: string, environment: NodeJS.ProcessEnv) {
  const port = await freePort();
  const process = spawnTethered(driver, [`--port=${port}`], environment);
  const base = `http://127.0.0.1:${port}`;
  try {
    await until(
      () => `WebKitWebDriver: ${process.output()}`,
      15_000,
      async () => process.ended() || (await command<{ ready: boolean }>(base, 'GET', '/status')).ready,
    );
    if (process.ended()) throw new Error(`WebKitWebDriver ended: ${process.output()}`);
    const { sessionId, capabilities } = await command<NewSession>(base, 'POST', '/session', {
      capabilities: {
        alwaysMatch: {
          browserName: 'MiniBrowser',
          'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
        },
      },
    });
    return { process, base: `${base}/session/${sessionId}`, version: capabilities.browserVersion };
  } catch (error) {
    await process.kill();
    throw error;
  }
}

/**
 * Tries again with another port, because somebody else can take it between our finding it and the driver's
 * using it; the driver's own choice of a port for the browser is a guess as well.
 */
async function startSessionReliably(...args: Parameters<typeof startSession>) {
  try {
    return await startSession(...args);
  } catch {
    return startSession(...args);
  }
}

function webkitDriver(base: string, process: Tethered): Driver {
  const get = <T>(path: string) => command<T>(base, 'GET', path);
  const post = <T = null>(path: string, body?: unknown) => command<T>(base, 'POST', path, body);

  async function evaluate(expression: string): Promise<string> {
    const script = `const done = arguments[arguments.length - 1];
      (${expression}).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const result = await post<{ value: string } | { error: string }>('/execute/async', { script, args: [] });
    if ('error' in result) throw new Error(result.error);
    return result.value;
  }

  return {
    async goto(url) {
      await post('/url', { url });
    },
    async reload() {
      await post('/refresh');
    },
    async back() {
      await post('/back');
    },
    evaluate,
    async clickAt(x, y) {
      await post('/actions', {
        actions: [
          {
            type: 'pointer',
            id: 'mouse',
            parameters: { pointerType: 'mouse' },
            actions: [
              { type: 'pointerMove', x: Math.round(x), y: Math.round(y), origin: 'viewport' },
              { type: 'pointerDown', button: 0 },
              { type: 'pointerUp', button: 0 },
            ],
          },
        ],
      });
    },
    async press(key) {
      const down = KEYS[key].map((value) => ({ type: 'keyDown', value }));
      const up = [...KEYS[key]].reverse().map((value) => ({ type: 'keyUp', value }));
      await post('/actions', { actions: [{ type: 'key', id: 'keyboard', actions: [...down, ...up] }] });
    },
    async screenshot() {
      return Buffer.from(await get<string>('/screenshot'), 'base64');
    },
    async resize(width, height) {
      // The protocol sizes the window: what the window has around the viewport is added.
      const outer = await get<{ width: number; height: number }>('/window/rect');
      const [innerWidth, innerHeight] = JSON.parse(
        await evaluate('(async () => JSON.stringify([innerWidth, innerHeight]))()'),
      ) as [number, number];
      await post('/window/rect', {
        width: width + outer.width - innerWidth,
        height: height + outer.height - innerHeight,
      });
      let size = '';
      await until(
        () => `resize to ${width}x${height}: ${size}`,
        5000,
        async () => {
          size = await evaluate("(async () => innerWidth + 'x' + innerHeight)()");
          return size === `${width}x${height}`;
        },
      );
    },
    async close() {
      // Politely first, so that the browser removes its temporary files.
      await command(base, 'DELETE', '').catch(() => {});
      await process.kill();
    },
  };
}

/** WebKitGTK's MiniBrowser by its WebDriver, on a virtual screen. */
export async function launch(): Promise<DriverEngine> {
  const found = findBrowsers().webkit;
  if (!found.ok) throw new Error(found.reason);
  const stage = await setStage(found.xvfb);
  const drivers = new Set<Driver>();
  const open = async () => {
    const session = await startSessionReliably(found.driver, found.browser, stage.environment);
    const driver = webkitDriver(session.base, session.process);
    drivers.add(driver);
    return { driver, version: session.version };
  };
  const close = async () => {
    await Promise.all([...drivers].map((driver) => driver.close()));
    await stage.close();
  };
  try {
    // The version is known to a session only. That session is the first one to be asked for.
    const first = await open();
    let spare: Driver | undefined = first.driver;
    return {
      version: first.version,
      async newDriver() {
        const driver = spare ?? (await open()).driver;
        spare = undefined;
        return driver;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
