import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Polls until `check` returns something other than undefined or false, and returns that.
 *
 * @throws when `timeoutMs` has passed; the message holds `what`, and the last error of `check` if it threw
 */
export async function until<T>(
  what: () => string,
  timeoutMs: number,
  check: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    let problem: unknown;
    try {
      const value = await check();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      problem = error;
    }
    if (performance.now() > end) {
      throw new Error(`${what()}: not within ${timeoutMs} ms`, problem ? { cause: problem } : {});
    }
    await delay(30);
  }
}

/** A port that was free a moment ago: whoever uses it has to cope with losing the race for it. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** A program that ends with us. */
export interface Tethered {
  /** Standard output and error so far. */
  output(): string;
  /** Whether it has ended by itself. */
  ended(): boolean;
  /** Kills it with all its descendants, and waits until they are gone. */
  kill(): Promise<void>;
}

/**
 * Starts a program (Unix only) that cannot outlive this process, whichever way this process ends.
 *
 * Exit handlers are not enough for that: a test worker that hangs is killed without any. So a shell leads
 * the program's process group and reads from a pipe that only we hold; when we go, the read ends and the
 * shell kills the group.
 */
export function spawnTethered(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Tethered {
  // Descriptor 3, because a shell gives its background jobs an empty standard input.
  const script =
    'exec 3<&0; "$@" </dev/null 3<&- & program=$!; ' +
    '{ read -r _ <&3; kill -KILL 0; } & wait "$program"; kill -KILL 0';
  return tether(script, [command, ...args], env);
}

/**
 * Ties a process group that something else has started (as its leader) to this process in the same way.
 */
export function tetherGroup(pid: number): Tethered {
  return tether('read -r _; kill -KILL "-$1"', [String(pid)], {});
}

function tether(script: string, args: string[], env: NodeJS.ProcessEnv): Tethered {
  const shell = spawn('/bin/sh', ['-c', script, 'sh', ...args], {
    // A process group of its own, so that `kill 0` reaches all of it and nothing else.
    detached: true,
    env: { ...process.env, ...env },
  });
  let text = '';
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  shell.on('error', (error) => {
    text += error.message;
  });
  // The shell can be gone before the pipe is closed; that is no news.
  shell.stdin.on('error', () => {});

  let ended = false;
  // `close` comes when the shell is gone and so is every process that inherited its output.
  const gone = new Promise<void>((resolve) => {
    shell.once('close', () => {
      ended = true;
      resolve();
    });
  });
  return {
    output: () => text,
    ended: () => ended,
    kill() {
      shell.stdin.end();
      return gone;
    },
  };
}
