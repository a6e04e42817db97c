import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sentry } from '../../../src/signals/sentry.ts';
import { cleanGlobals, itHears, openPage, VISITS } from '../../fixtures/signals.ts';

const errors = cleanGlobals('Sentry');
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A double of Sentry's script: there is a Replay once `init` was called. */
const sentryDouble = (calls: string[]) => {
  let isBegun = false;
  const replay = {
    start: () => void calls.push('start'),
    startBuffering: () => void calls.push('buffer'),
    stop: async () => void calls.push('stop'),
  };
  return {
    init: () => {
      isBegun = true;
    },
    getReplay: () => (isBegun ? replay : undefined),
  };
};

const running = () => {
  const calls: string[] = [];
  const double = sentryDouble(calls);
  double.init();
  vi.stubGlobal('Sentry', double);
  return calls;
};

describe('sentry', () => {
  itHears(sentry, running, {
    'nothing is known yet': [],
    'a first visit': [],
    accepting: ['start'],
    refusing: ['stop'],
    'granting analytics alone': ['start'],
    'accepting, then withdrawing': ['start', 'stop'],
    'back after accepting': ['start'],
    'back after refusing': ['stop'],
    'accepting, then reset': ['start', 'stop'],
    'accepting after the signal was stopped': [],
  });

  it('keeps the last minute only, where the site wants no more', () => {
    const calls = running();
    VISITS['accepting, then withdrawing'](openPage(sentry({ mode: 'buffer' })));
    expect(calls).toEqual(['buffer', 'stop']);
  });

  it('starts once the page has called init, where the script comes after the choice', () => {
    const calls: string[] = [];
    VISITS.accepting(openPage(sentry()));
    Reflect.set(globalThis, 'Sentry', sentryDouble(calls));
    (Reflect.get(globalThis, 'Sentry') as { init(): void }).init();
    expect(calls).toEqual([]);
    vi.runAllTimers();
    expect(calls).toEqual(['start']);
  });

  it('does the last that was chosen, where init was not called yet', () => {
    const calls: string[] = [];
    const double = sentryDouble(calls);
    vi.stubGlobal('Sentry', double);
    VISITS['accepting, then withdrawing'](openPage(sentry()));
    double.init();
    vi.runAllTimers();
    expect(calls).toEqual(['stop']);
  });

  it('needs no Replay', () => {
    vi.stubGlobal('Sentry', sentryDouble([]));
    VISITS['accepting, then withdrawing'](openPage(sentry()));
    expect(() => vi.runAllTimers()).not.toThrow();
    expect(errors).toEqual([]);
  });

  it('tells the npm package', () => {
    const calls: string[] = [];
    const double = sentryDouble(calls);
    double.init();
    VISITS.accepting(openPage(sentry({ client: () => double })));
    expect(calls).toEqual(['start']);
  });

  it('waits for nothing after its stop', () => {
    const calls: string[] = [];
    const double = sentryDouble(calls);
    vi.stubGlobal('Sentry', double);
    const page = openPage(sentry());
    VISITS.accepting(page);
    page.stop();
    double.init();
    vi.runAllTimers();
    expect(calls).toEqual([]);
  });

  it('goes by another category where the site says so', () => {
    const calls = running();
    VISITS['granting analytics alone'](openPage(sentry({ map: { replay: 'preference' } })));
    expect(calls).toEqual(['stop']);
  });
});
