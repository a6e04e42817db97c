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

const isAsync = (held: HTMLScriptElement) => held.hasAttribute('async');

/** Runs held scripts, and knows which are still being fetched. */
export interface Runner {
  /**
   * @param id who decides about it
   * @throws {TypeError} when the page's Trusted Types forbid it
   */
  run(held: HTMLScriptElement, id: string): void;
  /** Settled when this one may run in its turn; undefined when it may now. */
  turnOf(held: HTMLScriptElement): Promise<unknown> | undefined;
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
  /** Settled when those that run in order have ended; undefined when they have. */
  let loading: Promise<unknown> | undefined;
  /** One did not answer. Browsers go on waiting for it before they run the next in order, even once it is gone. */
  let isJammed = false;

  const recall = (which: Flight[]) => {
    for (const { held, script, end } of which) {
      end();
      held.type = 'text/plain';
      if (script.id) held.id = script.id;
      if (script !== held && !held.isConnected) script.replaceWith(held);
      abandon(script);
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
      const stopListening = listen(script, ['load', 'error'], ({ type }) => {
        end(type === 'error' ? 'did not load' : '');
        // For who listens to the element that was held.
        if (held !== script) held.dispatchEvent(new Event(type));
      });
      const timer = setTimeout(() => {
        end('no answer');
        if (isAsync(held)) return;
        isJammed = true;
        abandon(script);
        recall([...flights].filter((other) => !isAsync(other.held)));
      }, PATIENCE_MS);
    });

  return {
    run(held, id) {
      const script = release(held, trust, isJammed || isAsync(held), (script) => released.add(script));
      record({ action: 'released', service: id, element: script });
      if (isInline(held)) return;
      const ended = fly(held, script, id);
      if (isAsync(held)) return;
      const all = Promise.all([loading, ended]).then(() => {
        if (loading === all) loading = undefined;
      });
      loading = all;
    },
    // External ones load side by side and run in order; an inline one would overtake them.
    turnOf: (held) => (isInline(held) || (isJammed && !isAsync(held)) ? loading : undefined),
    recall: (mayRun) => recall([...flights].filter(({ id }) => !mayRun(id))),
    isReleased: (script) => !!script && released.has(script),
  };
}
