import { setTimeout as delay } from 'node:timers/promises';
import type { Devtools, Session } from './devtools.ts';
import type { Site } from './page/server.ts';

/** Slow 4G as Lighthouse has it: milliseconds, and bytes in a second. */
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};

/** What a page does in time is waited for; what it does not do within this is missing. */
const PATIENCE = 20_000;

export interface Conditions {
  /** How many times slower the processor is. */
  readonly cpu: number;
  readonly isSlow4G?: boolean;
  /** Runs before anything of the page does. */
  readonly probe?: string;
}

export interface Tab {
  readonly session: Session;
  /** Is back when the page has fired `load`. */
  goto(address: string): Promise<void>;
  /** The value of an expression of the page, waited for when it is a promise. */
  ask<T>(expression: string): Promise<T>;
  /** A click of a real mouse into the middle of what the selector finds. */
  click(selector: string): Promise<void>;
  close(): Promise<void>;
}

/** Somebody with cookies, storage and a cache of their own. */
export interface Visitor {
  openTab(conditions: Conditions): Promise<Tab>;
}

/** A new visitor for every call. */
export async function withVisitor<T>(
  devtools: Devtools,
  site: Site,
  visit: (visitor: Visitor) => Promise<T>,
): Promise<T> {
  const { browserContextId } = await devtools.browser.send('Target.createBrowserContext');
  try {
    return await visit({
      openTab: (conditions) => openTab(devtools, site, browserContextId, conditions),
    });
  } finally {
    await devtools.browser.send('Target.disposeBrowserContext', { browserContextId });
  }
}

async function openTab(
  devtools: Devtools,
  site: Site,
  browserContextId: string,
  { cpu, isSlow4G, probe }: Conditions,
): Promise<Tab> {
  const { targetId } = await devtools.browser.send('Target.createTarget', {
    url: 'about:blank',
    browserContextId,
    newWindow: true,
    width: 1280,
    height: 800,
  });
  const session = await devtools.attach(targetId);
  await session.send('Page.enable');
  const tab: Tab = {
    session,
    async goto(address) {
      const loaded = new Promise<void>((resolve) => {
        const stop = session.on('Page.loadEventFired', () => {
          stop();
          resolve();
        });
      });
      const { errorText } = await session.send('Page.navigate', { url: address });
      if (errorText) throw new Error(`${address}: ${errorText}`);
      await within(loaded, `load of ${address}`);
    },
    async ask(expression) {
      const answer = session.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      const { result, exceptionDetails } = await within(answer, expression.slice(0, 80));
      if (exceptionDetails) {
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      }
      return result.value;
    },
    async click(selector) {
      const point = await tab.ask<{ x: number; y: number } | null>(`(() => {
        const box = document.querySelector(${JSON.stringify(selector)})?.getBoundingClientRect();
        return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
      })()`);
      if (!point) throw new Error(`nothing to click at ${selector}`);
      const mouse = (type: 'mouseMoved' | 'mousePressed' | 'mouseReleased') =>
        session.send('Input.dispatchMouseEvent', { type, ...point, button: 'left', clickCount: 1 });
      await session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...point });
      // What hovering changes is no part of the click, which no hand makes sooner.
      await delay(150 * Math.sqrt(cpu));
      await Promise.all([mouse('mousePressed'), mouse('mouseReleased')]);
    },
    async close() {
      await devtools.browser.send('Target.closeTarget', { targetId });
    },
  };
  // The process of the site and its connection are there before: only the page itself is measured.
  await tab.goto(`${site.origin}/empty`);
  if (probe) await session.send('Page.addScriptToEvaluateOnNewDocument', { source: probe });
  if (cpu > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  if (isSlow4G) {
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', SLOW_4G);
  }
  return tab;
}

/** Rejects when nothing comes in time. */
async function within<T>(promise: Promise<T>, what: string): Promise<T> {
  const given = new AbortController();
  const late = delay(PATIENCE, undefined, { signal: given.signal }).then(() => {
    throw new Error(`${what}: not within ${PATIENCE} ms`);
  });
  late.catch(() => {});
  try {
    return await Promise.race([promise, late]);
  } finally {
    given.abort();
  }
}
