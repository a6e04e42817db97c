import { nextTask } from '../../lib/next-task.ts';
import { createTrust } from '../../lib/trust.ts';
import type { EffectContext } from '../effect.ts';
import { createCarriers } from './carriers.ts';
import { refuseDocumentWrite } from './document-write.ts';
import { isHeld, isScript } from './held.ts';
import { isDeferred, isWhole } from './release.ts';
import { createRunner } from './runner.ts';

/** Work longer than this, in milliseconds, lets the page breathe: a task of 50 is felt (INP). */
const SLICE_MS = 12;

/** What the gate knows of held elements. */
export interface Waiting {
  /** In the order in which they were found. */
  readonly elements: Set<HTMLElement>;
  /** Who decides about it; empty when the policy does not know. */
  idOf(element: Element): string;
  mayAct(element: HTMLElement): boolean;
  /** Adds it to `elements`, and tells. */
  hold(element: HTMLElement): void;
}

/** Lets held elements act, and takes them back. */
export interface Releaser {
  /**
   * Releases what may act now: scripts in the order in which the browser would have run them, a slice at a
   * time, each once. Called whenever there may be something new.
   */
  drain(): void;
  /** For a carrier that was released: holds it again when it may not, or not so, act any more. False for others. */
  review(element: HTMLElement): boolean;
  /** Holds again what may not act any more. */
  takeBack(forget: (id: string, element: HTMLElement) => void): void;
  stop(): void;
}

export function createReleaser(context: EffectContext, { elements, idOf, mayAct, hold }: Waiting): Releaser {
  const { environment, handle, record } = context;
  const trust = createTrust('bandeau');
  const carriers = createCarriers(trust);
  /** Carriers that were released. A page may make and drop any number of them. */
  const acting = new Set<WeakRef<HTMLElement>>();
  /** What could not be released, with what waited in it: it is not tried again and again. */
  const failures = new WeakMap<Element, string>();
  const attributesOf = (element: Element) =>
    element
      .getAttributeNames()
      .map((name) => name + element.getAttribute(name))
      .join();
  let isDraining = false;
  let stopReplaying: (() => void) | undefined;

  const runner = createRunner(trust, record, (recalled) => {
    const later = [...elements];
    elements.clear();
    for (const element of recalled) hold(element);
    for (const element of later) elements.add(element);
    drain();
  });
  const stopRefusing = refuseDocumentWrite(runner.isReleased, (script) => {
    const service = script ? idOf(script) : '';
    record({ action: 'refused', service, name: 'document.write', ...(script && { element: script }) });
  });

  const act = (element: HTMLElement) => {
    const service = idOf(element);
    const failed = (reason: string) => record({ action: 'failed', service, element, reason });
    elements.delete(element);
    try {
      if (isScript(element)) {
        runner.run(element, service);
      } else {
        carriers.give(element);
        acting.add(new WeakRef(element));
        element.addEventListener('error', () => failed('did not load'), { once: true });
        record({ action: 'released', service, element });
      }
    } catch (error) {
      failures.set(element, attributesOf(element));
      console.error('bandeau: could not be released:', element, error);
      failed(String(error));
    }
  };

  /** Carriers, classic scripts, and what the browser runs after the page was parsed. */
  const due = () => {
    const phases: HTMLElement[][] = [[], [], []];
    for (const element of elements) {
      if (!element.isConnected || !isHeld(element)) elements.delete(element);
      else if (
        mayAct(element) &&
        !(failures.has(element) && failures.get(element) === attributesOf(element))
      ) {
        // While a page is parsed, Chromium leaves a frame empty that is given its text.
        if (!isScript(element)) phases[element.hasAttribute('data-srcdoc') ? 2 : 0]?.push(element);
        else if (isWhole(element)) phases[isDeferred(element) ? 2 : 1]?.push(element);
      }
    }
    if (document.readyState === 'loading') phases.pop();
    return phases;
  };

  const startReplaying = async () => {
    try {
      const { replayLoadEvents } = await import('./replay.ts');
      stopReplaying = replayLoadEvents(
        (script) => runner.isReleased(script) && !!script?.hasAttribute('data-replay'),
      );
    } catch (error) {
      // The script runs all the same, as one without the mark does.
      stopReplaying = () => {};
      console.error('bandeau: no data-replay:', error);
    }
  };

  /** What must come first, if anything. */
  const before = (element: HTMLElement): Promise<unknown> | undefined => {
    if (!isScript(element)) return undefined;
    // While the page is parsed, the events are still to come.
    const isLate = document.readyState !== 'loading';
    if (isLate && element.hasAttribute('data-replay') && !stopReplaying) return startReplaying();
    return runner.turnOf(element);
  };

  const drainAll = async () => {
    isDraining = true;
    let since = environment.now();
    for (let queue = due().flat(); queue[0]; queue = due().flat()) {
      for (const element of queue) {
        const first = before(element);
        if (first) {
          await first;
          since = environment.now();
          // Meanwhile others may be due before it.
          break;
        }
        if (environment.now() - since > SLICE_MS) {
          await nextTask();
          since = environment.now();
        }
        // Meanwhile the choice may have been taken back, or the element be gone.
        if (elements.has(element) && mayAct(element) && element.isConnected && isHeld(element)) act(element);
      }
    }
    isDraining = false;
  };

  const drain = () => {
    // A script that waits for another is no reason for a frame to wait.
    if (isDraining) due()[0]?.forEach(act);
    else void drainAll();
  };

  const review = (element: HTMLElement) => {
    const isCurrent = carriers.isGiven(element);
    const isAllowed = mayAct(element);
    if (isCurrent === undefined) {
      // A copy of one that was released acts already.
      if (!isAllowed && !isScript(element)) carriers.takeBack(element);
      return false;
    }
    if (!isCurrent || !isAllowed) {
      carriers.takeBack(element);
      hold(element);
    }
    return true;
  };

  return {
    drain,
    review,
    takeBack(forget) {
      // Backwards: a picture would turn to its image when its sources go first.
      for (const reference of [...acting].reverse()) {
        const element = reference.deref();
        if (element) {
          forget(idOf(element), element);
          review(element);
        }
        if (!element || carriers.isGiven(element) === undefined) acting.delete(reference);
      }
      runner.recall(handle.isGranted);
    },
    stop() {
      acting.clear();
      stopRefusing();
      stopReplaying?.();
    },
  };
}
