import { describe, expect, it, vi } from 'vitest';
import { inWords, queueOf } from '../../../src/signals/index.ts';
import { cleanGlobals } from '../../fixtures/signals.ts';

cleanGlobals('queue');
const here = (): unknown => Reflect.get(globalThis, 'queue');

describe('the list of a vendor', () => {
  it('is made where there is none, so that the snippet of the vendor goes on with it', () => {
    queueOf('queue').push(['first']);
    queueOf('queue').push('second', 2);
    expect(here()).toEqual([['first'], 'second', 2]);
  });

  it('is the one that the page has made, after what it holds', () => {
    vi.stubGlobal('queue', [['of the page']]);
    queueOf('queue').push(['ours']);
    expect(here()).toEqual([['of the page'], ['ours']]);
  });

  it('is what the script of the vendor has put in its place, once it has', () => {
    queueOf('queue').push(['before']);
    const push = vi.fn();
    vi.stubGlobal('queue', { push });
    queueOf('queue').push('after', 'this');
    expect(push.mock.calls).toEqual([['after', 'this']]);
  });

  it('may be a function that takes calls too', () => {
    const push = vi.fn();
    vi.stubGlobal(
      'queue',
      Object.assign(() => {}, { push }),
    );
    queueOf('queue').push(['ours']);
    expect(push.mock.calls).toEqual([[['ours']]]);
  });

  it.each([[null], [undefined]])('is made in the place of %j, which is nothing', (found) => {
    vi.stubGlobal('queue', found);
    queueOf('queue').push(['ours']);
    expect(here()).toEqual([['ours']]);
  });

  it.each([['a word'], [''], [0], [false], [{ of: 'the page' }]])('never takes the place of %j', (found) => {
    vi.stubGlobal('queue', found);
    queueOf('queue').push(['ours']);
    expect(here()).toBe(found);
  });
});

it('is never made where the window itself has null', () => {
  const get = () => null;
  Object.defineProperty(globalThis, 'queue', { get, set: vi.fn(), configurable: true });
  expect(queueOf('queue').push(['ours'])).toBe(1);
  expect(Reflect.getOwnPropertyDescriptor(globalThis, 'queue')?.set).not.toHaveBeenCalled();
});

it('writes what is granted as vendors do', () => {
  expect(inWords({ a: true, b: false })).toEqual({ a: 'granted', b: 'denied' });
});
