import { describe, expect, it, vi } from 'vitest';
import { callWhenReady } from '../../../src/signals/index.ts';
import { cleanGlobals, recordFunction } from '../../fixtures/signals.ts';

const errors = cleanGlobals('tool');

const page = globalThis as { tool?: unknown };
const descriptor = () => Object.getOwnPropertyDescriptor(globalThis, 'tool');
/** As between two scripts: what was put off to the end of one has run. */
const endOfScript = () => Promise.resolve();

type Stub = ((...args: unknown[]) => void) & { queue?: unknown[][] };

/** Double of a loading snippet that does nothing where its global is there, and ends with the queue. */
function snippet(): boolean {
  if (page.tool) return false;
  const stub: Stub = (...args) => void stub.queue?.push(args);
  page.tool = stub;
  // Read half made, by the snippet itself.
  if (page.tool !== stub) throw new Error('lost');
  stub.queue = [];
  return true;
}
const queue = () => (page.tool as Stub).queue;
const hasQueue = (stub: object) => 'queue' in stub;

describe('a call to a function that is there', () => {
  it('is made at once, and leaves the global as it is', () => {
    const calls = recordFunction('tool');
    const before = descriptor();
    callWhenReady('tool').call('consent', 'grant');
    expect(calls).toEqual([['consent', 'grant']]);
    expect(descriptor()).toEqual(before);
  });

  it('is made at once even where it looks unlike the stub', () => {
    const calls = recordFunction('tool');
    callWhenReady('tool', hasQueue).call('consent', 'grant');
    expect(calls).toEqual([['consent', 'grant']]);
  });
});

describe('a call to a function that is not there yet', () => {
  it('lets the snippet of the vendor load', () => {
    callWhenReady('tool', hasQueue).call('consent', 'revoke');
    expect(page.tool).toBeUndefined();
    expect(snippet()).toBe(true);
  });

  it('comes before the first call of the page', () => {
    callWhenReady('tool', hasQueue).call('consent', 'revoke');
    snippet();
    (page.tool as Stub)('init', 'id');
    expect(queue()).toEqual([
      ['consent', 'revoke'],
      ['init', 'id'],
    ]);
  });

  it('comes at the end of the script where the page makes none', async () => {
    callWhenReady('tool', hasQueue).call('consent', 'revoke');
    snippet();
    await endOfScript();
    expect(descriptor()?.value.queue).toEqual([['consent', 'revoke']]);
  });

  it('is made once', async () => {
    callWhenReady('tool', hasQueue).call('consent', 'revoke');
    snippet();
    expect(queue()).toHaveLength(1);
    await endOfScript();
    expect(queue()).toHaveLength(1);
  });

  it('is the last one alone, of each kind, in the order of their first', () => {
    const { call } = callWhenReady('tool', hasQueue);
    call('options', ['LDU']);
    call('consent', 'revoke');
    call('options', []);
    call('consent', 'grant');
    snippet();
    expect(queue()).toEqual([
      ['options', []],
      ['consent', 'grant'],
    ]);
  });

  it('that takes an object alone is one kind', () => {
    const { call } = callWhenReady('tool', hasQueue);
    call({ ads: true });
    call({ ads: false });
    snippet();
    expect(queue()).toEqual([[{ ads: false }]]);
  });

  it('waits until the stub is whole, and no call of it is lost', () => {
    const { call } = callWhenReady('tool', hasQueue);
    call('consent', 'revoke');
    const stub: Stub = () => {
      throw new Error('too early');
    };
    page.tool = stub;
    expect(page.tool).toBe(stub);
    expect(errors).toEqual([]);
    const calls: unknown[][] = [];
    page.tool = Object.assign((...args: unknown[]) => void calls.push(args), { queue: [] });
    expect(typeof page.tool).toBe('function');
    expect(calls).toEqual([['consent', 'revoke']]);
  });

  it('leaves a plain property behind, which the script of the vendor may replace', () => {
    callWhenReady('tool', hasQueue).call('consent', 'revoke');
    snippet();
    expect(typeof page.tool).toBe('function');
    expect(descriptor()).toMatchObject({ writable: true, configurable: true, enumerable: true });
    const calls = recordFunction('tool');
    page.tool = undefined;
    expect(calls).toEqual([]);
    expect(page.tool).toBeUndefined();
  });

  it('is made by the next decision at the latest where a script has declared the function', () => {
    const { call } = callWhenReady('tool');
    call('options', 1);
    const calls: unknown[][] = [];
    // As a declaration at the top of a script: it replaces the property, and sets nothing.
    Object.defineProperty(globalThis, 'tool', {
      value: (...args: unknown[]) => void calls.push(args),
      writable: true,
      enumerable: true,
      configurable: true,
    });
    call('consent', 'grant');
    expect(calls).toEqual([
      ['options', 1],
      ['consent', 'grant'],
    ]);
  });

  it('that throws is reported, and the page goes on', () => {
    callWhenReady('tool').call('consent', 'revoke');
    page.tool = (what: string) => {
      if (what === 'consent') throw new Error('of the vendor');
    };
    expect(() => (page.tool as Stub)('init')).not.toThrow();
    expect(errors).toEqual([new Error('of the vendor')]);
  });

  it('leaves what the page has put there, and is no function, where it is', () => {
    vi.stubGlobal('tool', { of: 'the page' });
    callWhenReady('tool').call('consent', 'revoke');
    expect(page.tool).toEqual({ of: 'the page' });
  });
});

describe('stop', () => {
  it('takes the global away that was never made', () => {
    const { call, stop } = callWhenReady('tool');
    call('consent', 'revoke');
    stop();
    expect('tool' in globalThis).toBe(false);
  });

  it('leaves what waits uncalled', async () => {
    const { call, stop } = callWhenReady('tool', hasQueue);
    call('consent', 'revoke');
    stop();
    snippet();
    await endOfScript();
    expect(queue()).toEqual([]);
  });

  it('leaves what was there before', () => {
    vi.stubGlobal('tool', { of: 'the page' });
    const { call, stop } = callWhenReady('tool');
    call('consent', 'revoke');
    stop();
    expect(descriptor()?.value).toEqual({ of: 'the page' });
  });

  it('leaves the function of the vendor after a call', () => {
    const calls = recordFunction('tool');
    const { call, stop } = callWhenReady('tool');
    call('consent', 'grant');
    stop();
    (page.tool as Stub)('init');
    expect(calls).toEqual([['consent', 'grant'], ['init']]);
  });
});

/** As `var` at the top of a script: nothing can be put in its place. */
const fixed = (name: string, value?: unknown) => {
  Object.defineProperty(globalThis, name, { value, writable: true, enumerable: true, configurable: false });
  return (next: unknown) => Reflect.set(globalThis, name, next);
};
const tell = (moment: string) => document.dispatchEvent(new Event(moment));
const recorder = () => {
  const calls: unknown[][] = [];
  return { calls, tool: (...args: unknown[]) => void calls.push(args) };
};

describe('a global that the page has fixed', () => {
  it.each(['load', 'DOMContentLoaded'])(
    'is told once, at %s, and not before there is a function',
    (moment) => {
      const name = `fixedBefore${moment}`;
      const assign = fixed(name);
      const { calls, tool } = recorder();
      callWhenReady(name).call('consent', 'revoke');
      tell(moment);
      assign(tool);
      expect(calls).toEqual([]);
      tell(moment);
      tell(moment);
      expect(calls).toEqual([['consent', 'revoke']]);
      expect(errors).toEqual([]);
    },
  );

  it('is told at the next decision', () => {
    const assign = fixed('fixedUntilDecision');
    const { calls, tool } = recorder();
    const { call } = callWhenReady('fixedUntilDecision');
    call('consent', 'revoke');
    assign(tool);
    call('consent', 'grant');
    expect(calls).toEqual([['consent', 'grant']]);
  });

  it('is not told after the stop', () => {
    const assign = fixed('fixedAndStopped');
    const { calls, tool } = recorder();
    const { call, stop } = callWhenReady('fixedAndStopped');
    call('consent', 'revoke');
    stop();
    assign(tool);
    tell('load');
    expect(calls).toEqual([]);
    expect(Reflect.get(globalThis, 'fixedAndStopped')).toBe(tool);
  });
});

it('tells a function that a script has declared, after the next script', () => {
  callWhenReady('tool').call('consent', 'revoke');
  const { calls, tool } = recorder();
  Object.defineProperty(globalThis, 'tool', { value: tool, writable: true, configurable: true });
  tell('load');
  expect(calls).toEqual([['consent', 'revoke']]);
});

describe('a global with accessors of the page', () => {
  it('keeps them, and is told after the next script', () => {
    let own: unknown;
    const get = () => own;
    Object.defineProperty(globalThis, 'tool', { get, set: (next) => (own = next), configurable: true });
    callWhenReady('tool').call('consent', 'revoke');
    expect(descriptor()?.get).toBe(get);
    const { calls, tool } = recorder();
    page.tool = tool;
    tell('load');
    expect(calls).toEqual([['consent', 'revoke']]);
  });

  it('that throw is reported once for each decision, and told when they do not', () => {
    let own: unknown;
    const get = () => {
      if (!own) throw new Error('of the page');
      return own;
    };
    Object.defineProperty(globalThis, 'tool', { get, configurable: true });
    expect(() => callWhenReady('tool').call('consent', 'revoke')).not.toThrow();
    tell('load');
    expect(errors).toEqual([new Error('of the page')]);
    const { calls, tool } = recorder();
    own = tool;
    tell('load');
    expect(calls).toEqual([['consent', 'revoke']]);
  });

  it('may be those of another instance, which still tells after this one has stopped', () => {
    callWhenReady('tool', hasQueue).call('consent', 'revoke');
    const second = callWhenReady('tool', hasQueue);
    second.call('consent', 'revoke');
    second.stop();
    snippet();
    (page.tool as Stub)('init', 'id');
    expect(queue()).toEqual([
      ['consent', 'revoke'],
      ['init', 'id'],
    ]);
  });
});
