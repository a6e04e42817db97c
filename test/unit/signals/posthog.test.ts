import { describe, expect, it, vi } from 'vitest';
import { posthog } from '../../../src/signals/posthog.ts';
import { cleanGlobals, itHears, openPage, VISITS } from '../../fixtures/signals.ts';

cleanGlobals('posthog');

type Item = readonly unknown[] | ((this: unknown) => void);

/**
 * A double of PostHog's loaded script: what is pushed is done at once, functions with the instance as `this`.
 * @param calls what was asked of it that writes to the device or sends
 */
const loadedDouble = (calls: unknown[], isOptedOut = false) => {
  let isOut = isOptedOut;
  const instance = {
    __loaded: true,
    has_opted_out_capturing: () => isOut,
    opt_in_capturing(options: { captureEventName?: unknown } = {}) {
      isOut = false;
      calls.push(['in', options]);
    },
    opt_out_capturing() {
      isOut = true;
      calls.push(['out']);
    },
    push(item: Item) {
      if (typeof item === 'function') item.call(instance);
      else calls.push(item);
    },
  };
  return instance;
};

/** A double of PostHog's snippet: a list with `_i`, and after `init` a method for each call that is kept. */
const runSnippetDouble = () => {
  const list: Item[] & Record<string, unknown> = Object.assign([], Reflect.get(globalThis, 'posthog') ?? []);
  Reflect.set(globalThis, 'posthog', list);
  list['_i'] = [];
  const init = (...args: readonly unknown[]) => {
    list['capture'] = (...call: readonly unknown[]) => list.push(['capture', ...call]);
    (list['_i'] as unknown[]).push(args);
  };
  list['init'] = init;
  return list;
};

/** As PostHog's script does with what its snippet has kept: functions first. */
const loadDouble = (calls: unknown[], isOptedOut = false) => {
  const list = Reflect.get(globalThis, 'posthog') as Item[];
  const instance = loadedDouble(calls, isOptedOut);
  for (const item of list.filter((one) => typeof one === 'function')) instance.push(item);
  for (const item of list.filter((one) => typeof one !== 'function')) instance.push(item);
  Reflect.set(globalThis, 'posthog', instance);
};

const optIn = ['in', { captureEventName: false }];
const optOut = ['out'];

const running = (isOptedOut: boolean) => () => {
  const calls: unknown[] = [];
  vi.stubGlobal('posthog', loadedDouble(calls, isOptedOut));
  return calls;
};

describe('posthog that captures by default', () => {
  itHears(posthog, running(false), {
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

describe('posthog that is opted out by default', () => {
  itHears(posthog, running(true), {
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

describe('posthog', () => {
  it('opts in before what the page captures, where the snippet comes after the choice', () => {
    const calls: unknown[] = [];
    VISITS.accepting(openPage(posthog()));
    expect('posthog' in globalThis && Reflect.get(globalThis, 'posthog')).toBeFalsy();
    const list = runSnippetDouble();
    (list['init'] as () => void)();
    (Reflect.get(globalThis, 'posthog') as { capture(name: string): void }).capture('bought');
    loadDouble(calls, true);
    expect(calls).toEqual([optIn, ['capture', 'bought']]);
  });

  it('opts out before what the page captures, where the snippet comes in spite of the refusal', () => {
    const calls: unknown[] = [];
    VISITS.refusing(openPage(posthog()));
    const list = runSnippetDouble();
    (list['init'] as () => void)();
    (Reflect.get(globalThis, 'posthog') as { capture(name: string): void }).capture('bought');
    loadDouble(calls);
    expect(calls[0]).toEqual(optOut);
  });

  it('tells the snippet that was there first, in the order of the choices', () => {
    const calls: unknown[] = [];
    const list = runSnippetDouble();
    (list['init'] as () => void)();
    VISITS['accepting, then withdrawing'](openPage(posthog()));
    loadDouble(calls);
    expect(calls).toEqual([optOut]);
  });

  it('tells an instance of the npm package, and none that has not begun', async () => {
    const calls: unknown[] = [];
    const instance = loadedDouble(calls, true);
    const { consent, begin } = openPage(posthog({ client: () => Promise.resolve(instance) }));
    begin();
    consent.acceptAll();
    await vi.waitFor(() => expect(calls).toEqual([optIn]));
    const idle = { ...loadedDouble([], true), __loaded: false, push: vi.fn() };
    VISITS.accepting(openPage(posthog({ client: () => idle })));
    await Promise.resolve();
    expect(idle.push).not.toHaveBeenCalled();
  });

  it('goes by another category where the site says so', () => {
    const calls = running(true)();
    VISITS['granting analytics alone'](openPage(posthog({ map: { capturing: 'preference' } })));
    expect(calls).toEqual([]);
  });

  it('waits for nothing after its stop', () => {
    const calls: unknown[] = [];
    const page = openPage(posthog());
    VISITS.accepting(page);
    page.stop();
    const list = runSnippetDouble();
    (list['init'] as () => void)();
    loadDouble(calls, true);
    expect(calls).toEqual([]);
  });
});
