/** Lets the browser paint, and answer the visitor, before the work goes on. */
export const nextTask = (): Promise<unknown> =>
  window.scheduler?.yield?.() ??
  new Promise((resolve) => {
    // Not a timer: nested ones wait 4 ms each, where there is no scheduler (Safari).
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(0);
  });

/** Settled once the frame that answers a click was painted; soon where nothing is painted. */
export const afterPaint = (): Promise<unknown> =>
  document.hidden
    ? nextTask()
    : new Promise((resolve) => {
        // A page that goes to the background now has no more frames.
        const timer = setTimeout(resolve, 1000);
        requestAnimationFrame(() => {
          clearTimeout(timer);
          nextTask().then(resolve);
        });
      });
