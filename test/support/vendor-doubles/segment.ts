import type { VendorDouble } from './vendor-double.ts';

interface Event {
  readonly obj: { event: string; context?: Record<string, unknown> };
}
type Stamp = (event: { payload: Event; next(payload: Event): void }) => void;
type Call = readonly [method: string, ...args: unknown[]];

/**
 * Segment's snippet, a list with a method for each call that is kept, made in one go; and its script, by which each event
 * goes through the middlewares and is sent. It adds those before it does anything else that was kept.
 */
export const segment = {
  snippet() {
    const list = Reflect.get(globalThis, 'analytics') ?? [];
    Reflect.set(globalThis, 'analytics', list);
    if (list.initialize || list.invoked) throw new Error('Segment snippet included twice.');
    list.invoked = true;
    for (const method of ['addSourceMiddleware', 'track']) {
      list[method] = (...args: readonly unknown[]) => list.push([method, ...args]);
    }
  },
  says() {
    Reflect.get(globalThis, 'analytics').track('Page viewed');
  },
  load({ hear, store }) {
    const list: Call[] = Reflect.get(globalThis, 'analytics') ?? [];
    const stamps: Stamp[] = [];
    const track = (event: string, _properties?: unknown, context: Record<string, unknown> = {}) => {
      const payload: Event = { obj: { event, context } };
      for (const stamp of stamps) stamp({ payload, next: () => {} });
      hear(event, payload.obj.context);
      store('ajs_anonymous_id', '1');
    };
    const addSourceMiddleware = (stamp: Stamp) => void stamps.push(stamp);
    const isStamp = ([method]: Call) => method === 'addSourceMiddleware';
    for (const [, stamp] of list.filter(isStamp)) addSourceMiddleware(stamp as Stamp);
    for (const [, ...args] of list.filter((call) => !isStamp(call))) track(...(args as [string]));
    Reflect.set(globalThis, 'analytics', { initialize: true, addSourceMiddleware, track });
  },
} satisfies VendorDouble;
