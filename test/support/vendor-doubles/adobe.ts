import type { VendorDouble } from './vendor-double.ts';

type Args = readonly [command: string, options?: Readonly<Record<string, unknown>>];
type Queued = readonly [(value: unknown) => void, (error: unknown) => void, Args];
type Alloy = ((...args: Args) => Promise<unknown>) & { q?: Queued[] };

/**
 * Adobe's base code, which makes no stub where there is a global of that name, and its library: refuses every command before
 * `configure`, and takes over the queue of the stub. Events wait while consent is pending, and are dropped when it is out.
 */
export const adobe = {
  snippet() {
    const found = (): Alloy | undefined => Reflect.get(globalThis, 'alloy');
    if (found()) return;
    const stub = (...args: Args) =>
      new Promise<unknown>((resolve, reject) => {
        const { q } = found() ?? {};
        if (!q) throw new TypeError('the stub has no queue yet');
        q.push([resolve, reject, args]);
      });
    Reflect.set(globalThis, 'alloy', stub);
    Object.assign(found() ?? {}, { q: [] });
  },
  says() {
    const alloy = Reflect.get(globalThis, 'alloy');
    alloy('configure', { defaultConsent: 'pending' });
    alloy('sendEvent', {});
  },
  load({ hear, store }) {
    let consent: unknown;
    let waiting: Args[] = [];
    const instance = async (...args: Args): Promise<void> => {
      const [command, options = {}] = args;
      if (command !== 'configure' && !consent) throw new Error('The library must be configured first.');
      if (command === 'configure') consent = options['defaultConsent'] ?? 'in';
      if (command === 'sendEvent' && consent === 'pending') waiting.push(args);
      if (command === 'sendEvent' && consent !== 'in') return;
      hear(...args);
      if (command !== 'setConsent') return;
      consent = JSON.stringify(options).includes('"val":"y"') ? 'in' : 'out';
      store('kndctr_A_consent', `general=${consent}`);
      const events = waiting;
      waiting = [];
      for (const event of events) await instance(...event);
    };
    const stub: Alloy | undefined = Reflect.get(globalThis, 'alloy');
    const execute = ([resolve, reject, args]: Queued) => instance(...args).then(resolve, reject);
    if (stub?.q) {
      stub.q.push = (...items) => items.map(execute).length;
      stub.q.forEach(execute);
    } else Reflect.set(globalThis, 'alloy', instance);
  },
} satisfies VendorDouble;
