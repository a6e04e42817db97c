import type { GateEntry } from '../types.ts';

/** Entries that wait for a listener; more are dropped, since the core may never come. */
const MOST = 1000;

/** Tells what the guard did, as `bandeau:gate` events on the document. */
export interface Journal {
  add(entry: GateEntry): void;
  /** Forgets what was not told yet about an element that the core has told of. */
  drop(element: Element): void;
  /** The core listens now: from here on each entry is told in the next microtask, those so far first. */
  open(): void;
}

export function createJournal(): Journal {
  const entries: GateEntry[] = [];
  let isOpen = false;
  const tell = () => {
    for (const detail of entries.splice(0))
      document.dispatchEvent(new CustomEvent('bandeau:gate', { detail }));
  };
  return {
    add(entry) {
      if (entries.length < MOST) entries.push(entry);
      // Not at once: nobody expects listeners to run inside of an assignment to `src`.
      if (isOpen) queueMicrotask(tell);
    },
    drop(element) {
      for (let i = entries.length; i--; ) if (entries[i]?.element === element) entries.splice(i, 1);
    },
    open() {
      isOpen = true;
      queueMicrotask(tell);
    },
  };
}
