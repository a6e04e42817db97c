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
