import type { Page } from 'playwright-core';

/** One entry of a trace, of those fields that are looked at. Times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly args?: {
    readonly beginData?: { readonly stackTrace?: readonly { readonly url: string }[] };
    readonly data?: { readonly type?: string };
  };
}

export type Trace = readonly TraceEvent[];

const STACKS = 'disabled-by-default-devtools.timeline.stack';

/** What Chromium itself writes down while `act` runs, with the stacks of scripts where they are wanted. */
export async function trace<T>(
  page: Page,
  act: () => Promise<T>,
  more: 'stacks' | '' = '',
): Promise<{ events: Trace; outcome: T }> {
  const browser = page.context().browser();
  if (!browser) throw new Error('only a browser that was launched from here can be traced');
  await browser.startTracing(page, {
    categories: [
      '-*',
      'devtools.timeline',
      'disabled-by-default-devtools.timeline',
      ...(more ? [STACKS] : []),
    ],
  });
  try {
    const outcome = await act();
    return { outcome, events: JSON.parse(String(await browser.stopTracing())).traceEvents };
  } catch (error) {
    // There can be one at a time, and it would go on.
    await browser.stopTracing().catch(() => {});
    throw error;
  }
}

/**
 * The passes over styles (`UpdateLayoutTree`) and boxes (`Layout`) that the browser had to make while a script of ours
 * waited for the outcome. What it makes for a frame has no script on the stack.
 */
export const forcedByUs = (events: Trace): string[] =>
  events
    .filter(({ name, args }) => {
      if (name !== 'UpdateLayoutTree' && name !== 'Layout') return false;
      // What has no address was put into the page by the test.
      const caller = args?.beginData?.stackTrace?.find(({ url }) => url);
      return !!caller?.url.includes('/bandeau/');
    })
    .map(({ name }) => name);

/** How long the longest task of the page was, from the one that the click is in, in milliseconds. */
export function longestTaskFromClick(events: Trace): number {
  const click = events.find(({ name, args }) => name === 'EventDispatch' && args?.data?.type === 'click');
  if (!click) throw new Error('there is no click in the trace');
  const tasks = events.filter(
    ({ name, pid, tid, ts, dur = 0 }) =>
      name === 'RunTask' && pid === click.pid && tid === click.tid && ts + dur > click.ts,
  );
  if (!tasks[0]) throw new Error('there is no task in the trace');
  return Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1000;
}
