import { override } from '../../lib/override.ts';

/** Whether an event of the page's loading has begun. */
function isOver(type: string): boolean {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (type === 'DOMContentLoaded') return !!entry?.domContentLoadedEventStart;
  return type === 'load' && !!entry?.loadEventStart;
}

/**
 * Calls listeners for `DOMContentLoaded` and `load` that a script adds when these are over, as if they were
 * not: soon, once, in the order in which they were added. For classic scripts, while they run.
 * @param isMeant which script
 * @returns its stop
 */
export function replayLoadEvents(isMeant: (script: Element | null) => boolean): () => void {
  const call = (target: EventTarget, type: string, listener: EventListenerOrEventListenerObject | null) =>
    setTimeout(() => {
      const event = new Event(type);
      if (typeof listener === 'function') listener.call(target, event);
      else listener?.handleEvent(event);
    });
  const stops = [document, window].map((target: EventTarget) =>
    override(
      target,
      'addEventListener',
      (addEventListener): EventTarget['addEventListener'] =>
        (type, listener, options) => {
          if (isMeant(document.currentScript) && isOver(type)) call(target, type, listener);
          else addEventListener.call(target, type, listener, options);
        },
    ),
  );
  return () => {
    for (const stop of stops) stop();
  };
}
