import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from 'playwright-core';
import { findBrowsers } from '../../scripts/browsers.mjs';

/**
 * The first line lets it run as root and without a screen; the second keeps it from talking to its maker; the
 * third keeps a window that nobody looks at as fast as one in front.
 */
const FLAGS = [
  ...['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--no-default-browser-check'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
  ...['--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows'],
  ...['--disable-background-timer-throttling', '--disable-back-forward-cache', '--disable-extensions'],
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,AimEnabled,OptimizationHints,MediaRouter,NetworkTimeServiceQuerying',
  '--remote-debugging-pipe',
];

/** What nothing answers within this time is lost: the browser hangs. */
const PATIENCE = 30_000;

interface Message {
  id?: number;
  sessionId?: string;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

/** One conversation: with the browser, or with one of its tabs. */
export interface Session {
  send: CDPSession['send'];
  /** Calls `listener` at each event of that name. Returns what ends it. */
  on<T>(method: string, listener: (params: T) => void): () => void;
}

/** A Chromium of our own that speaks the protocol over a pipe: nothing is put into the pages but what we put there. */
export interface Devtools {
  browser: Session;
  attach(targetId: string): Promise<Session>;
  close(): Promise<void>;
}

export async function startChromium(): Promise<Devtools> {
  const found = findBrowsers().chromium;
  if (!found.ok) throw new Error(found.reason);
  const profile = await mkdtemp(join(tmpdir(), 'bandeau-bench-'));
  const program = spawn(found.path, [...FLAGS, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const talk = converse(program);
  const browser = talk(undefined);
  return {
    browser,
    async attach(targetId) {
      const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
      return talk(sessionId);
    },
    async close() {
      const ended = new Promise((resolve) => program.once('exit', resolve));
      await browser.send('Browser.close');
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function converse(program: ChildProcess): (sessionId: string | undefined) => Session {
  const [, , , toBrowser, fromBrowser] = program.stdio as unknown[] as [0, 0, 0, Writable, Readable];
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, Set<(params: never) => void>>();
  const keyOf = (sessionId: string | undefined, method: string) => `${sessionId ?? ''} ${method}`;
  let last = 0;

  const receive = (message: Message) => {
    if (message.id === undefined) {
      for (const listener of listeners.get(keyOf(message.sessionId, message.method ?? '')) ?? []) {
        listener(message.params as never);
      }
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) asked?.reject(new Error(message.error.message));
    else asked?.resolve(message.result);
  };

  let rest: Buffer[] = [];
  fromBrowser.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      receive(JSON.parse(Buffer.concat([...rest, chunk.subarray(from, end)]).toString()));
      rest = [];
      from = end + 1;
    }
    rest.push(chunk.subarray(from));
  });
  program.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('Chromium has ended'));
  });

  const ask = (sessionId: string | undefined, method: string, params: unknown) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      const lost = setTimeout(() => reject(new Error(`${method}: no answer`)), PATIENCE);
      const settle =
        <T>(tell: (value: T) => void) =>
        (value: T) => {
          clearTimeout(lost);
          tell(value);
        };
      waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
      toBrowser.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    });

  return (sessionId) => ({
    send: ((method: string, params: unknown = {}) => ask(sessionId, method, params)) as CDPSession['send'],
    on(method, listener) {
      const key = keyOf(sessionId, method);
      const all = listeners.get(key) ?? new Set();
      listeners.set(key, all.add(listener));
      return () => all.delete(listener);
    },
  });
}
