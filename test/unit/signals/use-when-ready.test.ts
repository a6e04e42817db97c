import { describe, expect, it, vi } from 'vitest';
import { useWhenReady } from '../../../src/signals/kit/use-when-ready.ts';
import { cleanGlobals } from '../../fixtures/signals.ts';

const errors = cleanGlobals('tool');

interface Tool {
  readonly name: string;
  readonly isMade?: boolean;
}

const make = (client?: () => unknown) => {
  const used: string[] = [];
  const tool = useWhenReady<Tool>('tool', ({ isMade }) => isMade, client);
  return { used, ...tool, note: () => tool.use(({ name }) => used.push(name)) };
};

describe('useWhenReady', () => {
  it('uses at once what is there', () => {
    vi.stubGlobal('tool', { name: 'a', isMade: true });
    const { note, used } = make();
    note();
    expect(used).toEqual(['a']);
  });

  it('makes no global: pages ask whether there is one', () => {
    make().note();
    expect(Reflect.get(globalThis, 'tool')).toBeUndefined();
  });

  it('uses what comes later before the page does', () => {
    const { note, used } = make();
    note();
    Reflect.set(globalThis, 'tool', { name: 'late', isMade: true });
    expect(used).toEqual(['late']);
    expect(Reflect.getOwnPropertyDescriptor(globalThis, 'tool')).toMatchObject({ writable: true });
  });

  it('waits while a snippet is still making it, and no longer than until the page reads it', () => {
    const { note, used } = make();
    note();
    const half = { name: 'half', isMade: false };
    Reflect.set(globalThis, 'tool', half);
    expect(Reflect.get(globalThis, 'tool')).toBe(half);
    expect(used).toEqual([]);
    half.isMade = true;
    expect(used).toEqual([]);
    Reflect.get(globalThis, 'tool');
    expect(used).toEqual(['half']);
  });

  it('uses it after the script that made it, where the page never reads it', async () => {
    const { note, used } = make();
    note();
    const half = { name: 'half', isMade: false };
    Reflect.set(globalThis, 'tool', half);
    half.isMade = true;
    await Promise.resolve();
    expect(used).toEqual(['half']);
  });

  it('says when the script that made it has come to its end', async () => {
    const settled: boolean[] = [];
    useWhenReady<Tool>('tool', (_, isSettled) => void settled.push(isSettled)).use(() => {});
    Reflect.set(globalThis, 'tool', {});
    await Promise.resolve();
    expect(settled).toEqual([false, true]);
  });

  it('does the last act only, and once', () => {
    const { note, used, use } = make();
    use(() => used.push('overtaken'));
    note();
    Reflect.set(globalThis, 'tool', { name: 'late', isMade: true });
    Reflect.set(globalThis, 'tool', { name: 'later', isMade: true });
    expect(used).toEqual(['late']);
  });

  it('leaves the page its global when it is stopped', () => {
    const { note, used, stop } = make();
    note();
    stop();
    expect('tool' in globalThis).toBe(false);
    Reflect.set(globalThis, 'tool', { name: 'late', isMade: true });
    expect(used).toEqual([]);
    expect(Reflect.get(globalThis, 'tool')).toEqual({ name: 'late', isMade: true });
  });

  it.each([[null], [undefined], [0], ['text'], [{ name: 'never made' }]])(
    'does not use %j',
    async (value) => {
      const { note, used } = make();
      note();
      Reflect.set(globalThis, 'tool', value);
      await Promise.resolve();
      expect(used).toEqual([]);
      expect(Reflect.get(globalThis, 'tool')).toEqual(value);
    },
  );

  it('reports what an act throws, and the page gets its global', () => {
    const { use } = make();
    use(() => {
      throw new Error('no');
    });
    const value = { name: 'late', isMade: true };
    Reflect.set(globalThis, 'tool', value);
    expect(Reflect.get(globalThis, 'tool')).toBe(value);
    expect(errors).toEqual([new Error('no')]);
  });

  it.each(['load', 'DOMContentLoaded'])(
    'uses a global that the page has fixed once, at %s, and not before it is ready',
    (moment) => {
      const name = `fixedToolBefore${moment}`;
      Reflect.defineProperty(globalThis, name, { value: undefined, configurable: false, writable: true });
      const used: string[] = [];
      useWhenReady<Tool>(name, ({ isMade }, isSettled) => isMade && isSettled).use((tool) => {
        used.push(tool.name);
      });
      const tell = () => document.dispatchEvent(new Event(moment));
      Reflect.set(globalThis, name, { name: 'half', isMade: false });
      tell();
      expect(used).toEqual([]);
      Reflect.set(globalThis, name, { name: 'late', isMade: true });
      expect(used).toEqual([]);
      tell();
      tell();
      expect(used).toEqual(['late']);
      expect(errors).toEqual([]);
    },
  );

  it('uses a global that the page has fixed at the next decision, and not after the stop', () => {
    Reflect.defineProperty(globalThis, 'fixed', { value: undefined, configurable: false, writable: true });
    const used: string[] = [];
    const { use, stop } = useWhenReady<Tool>('fixed', ({ isMade }) => isMade);
    use(() => used.push('first'));
    Reflect.set(globalThis, 'fixed', { name: 'late', isMade: true });
    use(() => used.push('second'));
    Reflect.set(globalThis, 'fixed', undefined);
    use(() => used.push('third'));
    stop();
    Reflect.set(globalThis, 'fixed', { name: 'late', isMade: true });
    document.dispatchEvent(new Event('load'));
    expect(used).toEqual(['second']);
  });

  it('reports a tool that cannot even be looked at, and the page gets its global', () => {
    const { use } = useWhenReady<Tool>('tool', () => {
      throw new Error('odd');
    });
    use(() => {});
    const value = { name: 'odd' };
    expect(() => Reflect.set(globalThis, 'tool', value)).not.toThrow();
    expect(errors).toEqual([new Error('odd')]);
    expect(Reflect.get(globalThis, 'tool')).toBe(value);
  });

  it('asks a client instead of the global', () => {
    const { note, used } = make(() => ({ name: 'npm', isMade: true }));
    vi.stubGlobal('tool', { name: 'global', isMade: true });
    note();
    expect(used).toEqual(['npm']);
  });

  it('waits for the promise of a client, and does the last act only', async () => {
    const { note, used, use } = make(() => Promise.resolve({ name: 'npm', isMade: true }));
    use(() => used.push('overtaken'));
    note();
    await vi.waitFor(() => expect(used).toEqual(['npm']));
  });

  it('does nothing with a client that is not there, or came after the stop', async () => {
    const absent = make(() => undefined);
    absent.note();
    const late = make(() => Promise.resolve({ name: 'npm', isMade: true }));
    late.note();
    late.stop();
    await new Promise((resolve) => setTimeout(resolve));
    expect([...absent.used, ...late.used]).toEqual([]);
  });

  it('reports the failure of a client', async () => {
    const { note, used } = make(() => Promise.reject(new Error('offline')));
    note();
    await vi.waitFor(() => expect(errors).toEqual([new Error('offline')]));
    expect(used).toEqual([]);
  });
});
