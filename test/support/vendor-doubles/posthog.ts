import type { VendorDouble } from './vendor-double.ts';

type Item = readonly unknown[] | ((this: unknown) => void);

/**
 * PostHog's snippet: a list with `_i`, and after `init` a method for each call that is kept. Its script does what was kept,
 * functions first, with the instance as `this`, and everything else at once. What it captures while it is opted out is dropped.
 */
export const posthog = {
  snippet() {
    const list: Item[] = Reflect.get(globalThis, 'posthog') ?? [];
    Reflect.set(globalThis, 'posthog', list);
    const made = {
      _i: [] as unknown[],
      init(...args: readonly unknown[]) {
        Object.assign(list, { capture: (...call: readonly unknown[]) => list.push(['capture', ...call]) });
        made._i.push(args);
      },
    };
    Object.assign(list, made);
  },
  says() {
    Reflect.get(globalThis, 'posthog').init('token', { opt_out_capturing_by_default: true });
    Reflect.get(globalThis, 'posthog').capture('viewed');
  },
  load({ hear, store, stored }) {
    const list: Item[] & { _i?: unknown[] } = Reflect.get(globalThis, 'posthog');
    let isOut = JSON.stringify(list._i).includes('"opt_out_capturing_by_default":true');
    if (stored('__ph_opt_in_out_token')) isOut = stored('__ph_opt_in_out_token') === '0';
    const put = (name: string, isNowOut: boolean, options: unknown) => {
      isOut = isNowOut;
      hear(name, options);
      store('__ph_opt_in_out_token', isOut ? '0' : '1');
    };
    const instance = {
      __loaded: true,
      has_opted_out_capturing: () => isOut,
      opt_in_capturing: (options: object) => put('in', false, options),
      opt_out_capturing: (options: object) => put('out', true, options),
      push(item: Item) {
        if (typeof item === 'function') item.call(instance);
        else if (!isOut) hear(...item);
      },
    };
    for (const item of list.filter((one) => typeof one === 'function')) instance.push(item);
    for (const item of list.filter((one) => typeof one !== 'function')) instance.push(item);
    Reflect.set(globalThis, 'posthog', instance);
  },
} satisfies VendorDouble;
