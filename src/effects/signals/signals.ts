import { bodyReady } from '../../lib/body-ready.ts';
import type { EffectContext, Stop } from '../effect.ts';

/**
 * Tells other tools the choice. First of all effects, so that each hears what holds before anything is known, and then
 * every choice before the gate acts on it. What the policy names has to be loaded: nothing is released before it is
 * there, since a tool that hears nothing may take everything for granted.
 */
export const startSignals = ({ policy, options, handle, inbound, page }: EffectContext): Stop => {
  const stops = (options.signals ?? []).map((signal) => signal.start(handle, policy));
  let isOver = false;
  const load = async (named: NonNullable<typeof policy.signals>, resolve: () => void) => {
    try {
      await bodyReady();
      const { loadSignals } = await import('./load-signals.ts');
      const signals = await loadSignals(named);
      if (isOver) return;
      stops.push(...signals.map((signal) => signal.start(handle, policy)));
      inbound.heard = null;
      page.scan();
      resolve();
    } catch (error) {
      console.error('bandeau: no signals, everything stays held:', error);
    }
  };
  const { signals: named } = policy;
  if (named?.[0]) inbound.heard = new Promise((resolve) => void load(named, resolve));
  return () => {
    isOver = true;
    for (const stop of stops) stop();
  };
};
