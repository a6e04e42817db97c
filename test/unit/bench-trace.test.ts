import { describe, expect, it } from 'vitest';
import { sumUp } from '../../bench/speed/trace.ts';

const ADDRESS = 'http://localhost/page.html';
const own = { pid: 1, tid: 1, ph: 'X', args: {} };

/** Microseconds, as in a trace. */
const event = (name: string, ts: number, dur: number, more = {}) => ({
  ...own,
  name,
  ts,
  dur,
  tdur: dur,
  ...more,
});
const commit = event('CommitLoad', 1000, 10, { args: { data: { url: ADDRESS } } });
const sum = (...events: ReturnType<typeof event>[]) => sumUp([commit, ...events], ADDRESS);

describe('sumUp', () => {
  it('counts a script that runs inside of another one once', () => {
    const cost = sum(
      event('EvaluateScript', 2000, 5000),
      event('FunctionCall', 3000, 1000),
      event('RunMicrotasks', 8000, 2000),
    );
    expect(cost.script).toBe(7);
  });

  it('counts time of the processor, not of the clock', () => {
    expect(sum(event('FunctionCall', 2000, 9000, { tdur: 1000 })).script).toBe(1);
  });

  it('leaves out what was before the document, and other threads and processes', () => {
    const cost = sum(
      event('FunctionCall', 500, 100),
      event('FunctionCall', 2000, 100, { tid: 2 }),
      event('RunTask', 2000, 100, { pid: 2 }),
    );
    expect(cost).toMatchObject({ script: 0, main: 0 });
  });

  it('counts tasks of more than 50 ms as long, and none of 50', () => {
    expect(sum(event('RunTask', 2000, 50_000), event('RunTask', 60_000, 50_001)).longTasks).toBe(1);
  });

  it('does not take a trace of another page', () => {
    expect(() => sumUp([commit], 'http://localhost/other.html')).toThrow('not in the trace');
  });
});
