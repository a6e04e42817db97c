import { describe, expect, it, vi } from 'vitest';
import { adobe } from '../../../src/signals/adobe.ts';
import { cleanGlobals, itHears, openPage, recordFunction, VISITS } from '../../fixtures/signals.ts';

const errors = cleanGlobals('alloy');

type Args = readonly unknown[];
type Queued = readonly [(value: unknown) => void, (error: unknown) => void, Args];
type Stub = ((...args: Args) => Promise<unknown>) & { q: Queued[] };

/** A double of Adobe's base code, which makes no stub where there is a global of that name. */
const runBaseCodeDouble = () => {
  const stub = (): Partial<Stub> | undefined => Reflect.get(globalThis, 'alloy');
  if (stub()) return;
  Reflect.set(
    globalThis,
    'alloy',
    (...args: Args) =>
      new Promise<unknown>((resolve, reject) => {
        const { q } = stub() ?? {};
        if (!q) throw new TypeError('the stub has no queue yet');
        q.push([resolve, reject, args]);
      }),
  );
  Object.assign(stub() ?? {}, { q: [] });
};

/** A double of Adobe's library: refuses every command before `configure`, and takes over the queue of the stub. */
const loadDouble = (done: unknown[]) => {
  let isConfigured = false;
  const instance = async (...[command, options]: Args) => {
    if (command !== 'configure' && !isConfigured) throw new Error('The library must be configured first.');
    isConfigured = true;
    done.push([command, options]);
  };
  const execute = ([resolve, reject, args]: Queued) => instance(...args).then(resolve, reject);
  const stub = Reflect.get(globalThis, 'alloy') as Stub | undefined;
  const { q } = stub ?? {};
  if (q) {
    q.push = (...items) => items.map(execute).length;
    q.forEach(execute);
  }
  return instance;
};

const alloy = (...args: Args) => (Reflect.get(globalThis, 'alloy') as Stub)(...args);

const consent = (val: string) => [
  'setConsent',
  { consent: [{ standard: 'Adobe', version: '2.0', value: { collect: { val } } }] },
];

describe('adobe', () => {
  itHears(adobe, () => recordFunction('alloy'), {
    'nothing is known yet': [],
    'a first visit': [],
    accepting: [consent('y')],
    refusing: [consent('n')],
    'granting analytics alone': [consent('y')],
    'accepting, then withdrawing': [consent('y'), consent('n')],
    'back after accepting': [consent('y')],
    'back after refusing': [consent('n')],
    'accepting, then reset': [consent('y'), consent('n')],
    'accepting after the signal was stopped': [],
  });

  it('comes after configure and before the first event, where the base code comes after the choice', async () => {
    const done: unknown[] = [];
    VISITS.refusing(openPage(adobe()));
    runBaseCodeDouble();
    void alloy('configure', { orgId: 'a' });
    void alloy('sendEvent', {});
    loadDouble(done);
    await vi.waitFor(() => expect(done).toHaveLength(3));
    expect(done).toEqual([['configure', { orgId: 'a' }], consent('n'), ['sendEvent', {}]]);
    expect(errors).toEqual([]);
  });

  it('comes after configure, where the page does no more than configure', async () => {
    const done: unknown[] = [];
    VISITS.accepting(openPage(adobe()));
    runBaseCodeDouble();
    void alloy('configure', {});
    loadDouble(done);
    await vi.waitFor(() => expect(done).toEqual([['configure', {}], consent('y')]));
    expect(errors).toEqual([]);
  });

  it('tells a base code that was there first', async () => {
    const done: unknown[] = [];
    runBaseCodeDouble();
    void alloy('configure', {});
    VISITS.accepting(openPage(adobe()));
    loadDouble(done);
    await vi.waitFor(() => expect(done).toEqual([['configure', {}], consent('y')]));
  });

  it('tells an instance that comes without a base code, as that of Adobe tags', async () => {
    const done: unknown[] = [];
    VISITS.accepting(openPage(adobe()));
    const instance = loadDouble(done);
    void instance('configure', {});
    Reflect.set(globalThis, 'alloy', instance);
    await vi.waitFor(() => expect(done).toEqual([['configure', {}], consent('y')]));
  });

  it('writes nothing after a refusal while the library is held', () => {
    VISITS.refusing(openPage(adobe()));
    runBaseCodeDouble();
    expect((Reflect.get(globalThis, 'alloy') as Stub).q).toEqual([]);
  });

  it('makes no global, by which the base code would do nothing', () => {
    VISITS.accepting(openPage(adobe()));
    expect(Reflect.get(globalThis, 'alloy')).toBeUndefined();
  });

  it('goes by the name of the instance', () => {
    const calls = recordFunction('alloy');
    const own = vi.fn();
    vi.stubGlobal('web', own);
    VISITS.accepting(openPage(adobe({ instance: 'web' })));
    expect(calls).toEqual([]);
    expect(own.mock.calls).toEqual([consent('y')]);
  });

  it('reports what Adobe refuses', async () => {
    vi.stubGlobal('alloy', () => Promise.reject(new Error('offline')));
    VISITS.accepting(openPage(adobe()));
    await vi.waitFor(() => expect(errors).toEqual([new Error('offline')]));
  });

  it('tells the npm package', () => {
    const own = vi.fn();
    VISITS.accepting(openPage(adobe({ client: () => own })));
    expect(own.mock.calls).toEqual([consent('y')]);
  });
});
