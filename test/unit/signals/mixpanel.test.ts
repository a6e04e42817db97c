import { describe, expect, it, vi } from 'vitest';
import { mixpanel } from '../../../src/signals/mixpanel.ts';
import { cleanGlobals, itHears, openPage, VISITS } from '../../fixtures/signals.ts';

cleanGlobals('mixpanel');

type Item = readonly unknown[] | ((this: unknown) => void);

/**
 * A double of Mixpanel's loaded script: what is pushed is done at once, functions with the instance as `this`; opting in
 * sends an event by `track`.
 * @param calls what was asked of it that writes to the device or sends
 */
const loadedDouble = (calls: unknown[], isOptedOut = false) => {
  let isOut = isOptedOut;
  const instance = {
    __loaded: true,
    has_opted_out_tracking: () => isOut,
    opt_in_tracking({ track = (event: string) => void calls.push(['track', event]) } = {}) {
      isOut = false;
      calls.push(['in']);
      track('$opt_in');
    },
    opt_out_tracking(options = {}) {
      isOut = true;
      calls.push(['out', { delete_user: true, ...options }]);
    },
    push(item: Item) {
      if (typeof item === 'function') item.call(instance);
      else calls.push(item);
    },
  };
  return instance;
};

/** A double of Mixpanel's snippet: a list with `_i`, and after `init` a method for each call that is kept. */
const runSnippetDouble = () => {
  const list: Item[] & Record<string, unknown> = Object.assign([], Reflect.get(globalThis, 'mixpanel') ?? []);
  Reflect.set(globalThis, 'mixpanel', list);
  list['_i'] = [];
  list['track'] = (...call: readonly unknown[]) => list.push(['track', ...call]);
  return list;
};

/** As Mixpanel's script does with what its snippet has kept: functions as they come, and what tracks at last. */
const loadDouble = (calls: unknown[], isOptedOut = false) => {
  const list = Reflect.get(globalThis, 'mixpanel') as Item[];
  const instance = loadedDouble(calls, isOptedOut);
  for (const item of list.filter((one) => typeof one === 'function')) instance.push(item);
  for (const item of list.filter((one) => typeof one !== 'function')) instance.push(item);
  Reflect.set(globalThis, 'mixpanel', instance);
};

const optIn = ['in'];
const optOut = ['out', { delete_user: false }];

const running = (isOptedOut: boolean) => () => {
  const calls: unknown[] = [];
  vi.stubGlobal('mixpanel', loadedDouble(calls, isOptedOut));
  return calls;
};

describe('mixpanel that tracks by default', () => {
  itHears(mixpanel, running(false), {
    'nothing is known yet': [],
    'a first visit': [],
    accepting: [],
    refusing: [optOut],
    'granting analytics alone': [],
    'accepting, then withdrawing': [optOut],
    'back after accepting': [],
    'back after refusing': [optOut],
    'accepting, then reset': [optOut],
    'accepting after the signal was stopped': [],
  });
});

describe('mixpanel that is opted out by default', () => {
  itHears(mixpanel, running(true), {
    'nothing is known yet': [],
    'a first visit': [],
    accepting: [optIn],
    refusing: [],
    'granting analytics alone': [optIn],
    'accepting, then withdrawing': [optIn, optOut],
    'back after accepting': [optIn],
    'back after refusing': [],
    'accepting, then reset': [optIn, optOut],
    'accepting after the signal was stopped': [],
  });
});

describe('mixpanel', () => {
  it('opts in before what the page tracks, where the snippet comes after the choice', () => {
    const calls: unknown[] = [];
    VISITS.accepting(openPage(mixpanel()));
    runSnippetDouble();
    (Reflect.get(globalThis, 'mixpanel') as { track(name: string): void }).track('bought');
    loadDouble(calls, true);
    expect(calls).toEqual([optIn, ['track', 'bought']]);
  });

  it('opts out before what the page tracks, where the snippet comes in spite of the refusal', () => {
    const calls: unknown[] = [];
    VISITS.refusing(openPage(mixpanel()));
    runSnippetDouble();
    (Reflect.get(globalThis, 'mixpanel') as { track(name: string): void }).track('bought');
    loadDouble(calls);
    expect(calls[0]).toEqual(optOut);
  });

  it('tells the snippet that was there first', () => {
    const calls: unknown[] = [];
    runSnippetDouble();
    VISITS['accepting, then withdrawing'](openPage(mixpanel()));
    loadDouble(calls);
    expect(calls).toEqual([optOut]);
  });

  it('has a profile deleted only where the site asks for it', () => {
    const calls = running(false)();
    VISITS.refusing(openPage(mixpanel({ deleteUser: true })));
    expect(calls).toEqual([['out', { delete_user: true }]]);
  });

  it('tells an instance of the npm package, and none that has not begun', async () => {
    const calls: unknown[] = [];
    const instance = loadedDouble(calls, true);
    VISITS.accepting(openPage(mixpanel({ client: () => Promise.resolve(instance) })));
    await vi.waitFor(() => expect(calls).toEqual([optIn]));
    const idle = { push: vi.fn() };
    VISITS.accepting(openPage(mixpanel({ client: () => idle })));
    await Promise.resolve();
    expect(idle.push).not.toHaveBeenCalled();
  });

  it('goes by another category where the site says so', () => {
    const calls = running(true)();
    VISITS['granting analytics alone'](openPage(mixpanel({ map: { tracking: 'preference' } })));
    expect(calls).toEqual([]);
  });

  it('waits for nothing after its stop', () => {
    const calls: unknown[] = [];
    const page = openPage(mixpanel());
    VISITS.accepting(page);
    page.stop();
    runSnippetDouble();
    loadDouble(calls, true);
    expect(calls).toEqual([]);
  });
});
