import type { Policy, Signal, SignalSettings } from '../../types.ts';

export * from '../../signals/index.ts';

type Make = (options: Omit<SignalSettings, 'name'>) => Signal;

/**
 * The signals that a policy names, each in a file of its own.
 * @throws where there is none of that name
 */
export const loadSignals = (named: NonNullable<Policy['signals']>): Promise<Signal[]> =>
  Promise.all(
    named.map(async (one) => {
      const { name, ...options } = typeof one === 'string' ? { name: one } : one;
      // A name becomes a part of an address.
      if (!/^[a-z]+$/.test(name)) throw new TypeError(`no signal "${name}"`);
      const module: Readonly<Record<string, Make>> = await import(`../../signals/${name}.ts`);
      const make = module[name];
      if (!make) throw new TypeError(`no signal "${name}"`);
      return make(options);
    }),
  );
