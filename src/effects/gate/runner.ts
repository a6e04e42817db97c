import { listen } from '../../lib/listen.ts';
import type { Trust } from '../../lib/trust.ts';
import type { GateEntry } from '../../types.ts';
import { abandon, isInline, release } from './release.ts';

/** Longer than a slow network takes for one script; a host that is gone would hold those after it for minutes. */
const PATIENCE_MS = 30_000;

/** A released script that has neither loaded nor failed. */
interface Flight {
  readonly held: HTMLScriptElement;
  readonly script: HTMLScriptElement;
  readonly id: string;
  end(reason?: string): void;
}

/** Runs held scripts, and knows which are still being fetched. */
export interface Runner {
  /**
   * @param id who decides about it
   * @throws {TypeError} when the page's Trusted Types forbid it
   */
  run(held: HTMLScriptElement, id: string): void;
  /** Settled when the scripts that were run so far have ended; undefined when they have. */
  readonly loading: Promise<unknown> | undefined;
  /** Stops what is being fetched and may not run any more. */
  recall(mayRun: (id: string) => boolean): void;
  isReleased(script: Element | null): boolean;
}

/**
 * @param onRecalled is given scripts that were stopped on their way, in order: held again, before all others.
 * They may no longer run, or were fetched behind one that does not answer
 */
export function createRunner(
  trust: Trust,
  record: (entry: GateEntry) => void,
  onRecalled: (held: HTMLScriptElement[]) => void,
): Runner {
  const released = new WeakSet<Element>();
  const flights = new Set<Flight>();
  let loading: Promise<unknown> | undefined;

  const recall = (which: Flight[]) => {
    for (const { held, script, end } of which) {
      end();
      abandon(script);
      held.type = 'text/plain';
      if (script.id) held.id = script.id;
    }
    if (which[0]) onRecalled(which.map(({ held }) => held));
  };

  const fly = (held: HTMLScriptElement, script: HTMLScriptElement, id: string) =>
    new Promise<void>((resolve) => {
      const end = (reason?: string) => {
        stopListening();
        clearTimeout(timer);
        flights.delete(flight);
        resolve();
        if (reason) record({ action: 'failed', service: id, element: script, name: script.src, reason });
      };
      const flight: Flight = { held, script, id, end };
      flights.add(flight);
      const stopListening = listen(script, ['load', 'error'], ({ type }) =>
        end(type === 'error' ? 'did not load' : ''),
      );
      // The browser runs the ones behind it only after it.
      const timer = setTimeout(() => {
        const behind = [...flights].filter((other) => other !== flight && !other.script.async);
        end('no answer');
        if (script.async) return;
        abandon(script);
        recall(behind);
      }, PATIENCE_MS);
    });

  return {
    run(held, id) {
      const script = release(held, trust, (script) => released.add(script));
      record({ action: 'released', service: id, element: script });
      if (isInline(held)) return;
      const ended = fly(held, script, id);
      if (script.async) return;
      const all = Promise.all([loading, ended]).then(() => {
        if (loading === all) loading = undefined;
      });
      loading = all;
    },
    get loading() {
      return loading;
    },
    recall: (mayRun) => recall([...flights].filter(({ id }) => !mayRun(id))),
    isReleased: (script) => !!script && released.has(script),
  };
}
