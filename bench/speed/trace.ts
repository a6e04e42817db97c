import type { Devtools } from './devtools.ts';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** Time of the processor, which does not run while another program has it. */
  tdur?: number;
  args: { data?: { url?: string; isMainFrame?: boolean } };
}

/** Milliseconds of the page's main thread, and counts. */
export interface Cost {
  readonly script: number;
  readonly main: number;
  readonly longTasks: number;
  readonly layouts: number;
  readonly styles: number;
}

/** Everything in which JavaScript is compiled or runs. */
const SCRIPT = new Set([
  'EvaluateScript',
  'v8.evaluateModule',
  'v8.compile',
  'v8.compileModule',
  'v8.produceCache',
  'FunctionCall',
  'RunMicrotasks',
  'TimerFire',
  'FireAnimationFrame',
  'FireIdleCallback',
  'EventDispatch',
]);

const LONG = 50_000;

/** What happens in the browser while `act` does, as a list of trace events. */
async function record(devtools: Devtools, act: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const { browser } = devtools;
  await browser.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      recordMode: 'recordAsMuchAsPossible',
      includedCategories: ['v8.execute', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8'],
      excludedCategories: ['*'],
    },
  });
  const stop = browser.on<{ value: TraceEvent[] }>('Tracing.dataCollected', ({ value }) => {
    events.push(...value);
  });
  await act();
  const whole = new Promise<void>((resolve) => {
    const end = browser.on('Tracing.tracingComplete', () => {
      end();
      resolve();
    });
  });
  await browser.send('Tracing.end');
  await whole;
  stop();
  return events;
}

/** What the page at `address` costs its main thread while `act` opens it and waits. */
export async function costOf(devtools: Devtools, address: string, act: () => Promise<void>): Promise<Cost> {
  return sumUp(await record(devtools, act), address);
}

/** From the moment at which the answer of the server became the document. */
export function sumUp(events: readonly TraceEvent[], address: string): Cost {
  const commit = events.find(({ name, args }) => name === 'CommitLoad' && args.data?.url === address);
  if (!commit) throw new Error(`${address} is not in the trace`);
  const own = events
    .filter(
      ({ pid, tid, ts, ph }) => ph === 'X' && pid === commit.pid && tid === commit.tid && ts >= commit.ts,
    )
    .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));

  const tasks = own.filter(({ name }) => name === 'RunTask');
  const sum = (list: readonly TraceEvent[]) => list.reduce((all, { tdur = 0 }) => all + tdur, 0) / 1000;
  const count = (...names: string[]) => own.filter(({ name }) => names.includes(name)).length;
  return {
    script: sum(outermost(own.filter(({ name }) => SCRIPT.has(name)))),
    main: sum(tasks),
    longTasks: tasks.filter(({ dur = 0 }) => dur > LONG).length,
    layouts: count('Layout'),
    styles: count('UpdateLayoutTree'),
  };
}

/** Of events in order of their start, those that are in none of the others. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  let end = Number.NEGATIVE_INFINITY;
  return events.filter(({ ts, dur = 0 }) => {
    if (ts < end) return false;
    end = ts + dur;
    return true;
  });
}
