import type { VendorDouble } from './vendor-double.ts';

type Item = readonly unknown[] | ((this: unknown) => void);

/**
 * Mixpanel's snippet: a list with `_i`, and after `init` a method for each call that is kept. Its script does what was kept,
 * functions first, with the instance as `this`, and everything else at once. What it tracks while it is opted out is dropped.
 */
export const mixpanel = {
  snippet() {
    const list: Item[] = Reflect.get(globalThis, 'mixpanel') ?? [];
    Reflect.set(globalThis, 'mixpanel', list);
    const made = {
      _i: [] as unknown[],
      init(...args: readonly unknown[]) {
        Object.assign(list, { track: (...call: readonly unknown[]) => list.push(['track', ...call]) });
        made._i.push(args);
      },
    };
    Object.assign(list, made);
  },
  says() {
    Reflect.get(globalThis, 'mixpanel').init('token', { opt_out_tracking_by_default: true });
    Reflect.get(globalThis, 'mixpanel').track('viewed');
  },
  load({ hear, store, stored }) {
    const list: Item[] & { _i?: unknown[] } = Reflect.get(globalThis, 'mixpanel');
    let isOut = JSON.stringify(list._i).includes('"opt_out_tracking_by_default":true');
    if (stored('__mp_opt_in_out_token')) isOut = stored('__mp_opt_in_out_token') === '0';
    const put = (name: string, isNowOut: boolean, options: unknown) => {
      isOut = isNowOut;
      hear(name, options);
      store('__mp_opt_in_out_token', isOut ? '0' : '1');
    };
    const instance = {
      __loaded: true,
      has_opted_out_tracking: () => isOut,
      opt_in_tracking: (options: object) => put('in', false, options),
      opt_out_tracking: (options: object) => put('out', true, options),
      push(item: Item) {
        if (typeof item === 'function') item.call(instance);
        else if (!isOut) hear(...item);
      },
    };
    for (const item of list.filter((one) => typeof one === 'function')) instance.push(item);
    for (const item of list.filter((one) => typeof one !== 'function')) instance.push(item);
    Reflect.set(globalThis, 'mixpanel', instance);
  },
} satisfies VendorDouble;
