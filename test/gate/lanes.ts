import { type Engine, type EngineName, launchEngine } from '../support/engines.ts';
import { startSite } from '../support/servers.ts';
import type { GateStage } from './run-case.ts';
import { startGateTracker } from './tracker.ts';

/** Several browsers of one engine side by side, each with servers and thus with a log of its own. */
export interface Lanes {
  /** Lends a stage to the task, as soon as one is free. */
  run<T>(task: (stage: GateStage) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * Starts `count` browsers. Not several tabs of one: a tab in the background paints nothing, and its timers
 * are slow.
 */
export async function openLanes(name: EngineName, count: number): Promise<Lanes> {
  const engines: Engine[] = [];
  const open = async () => {
    const [engine, site, tracker] = await Promise.all([launchEngine(name), startSite(), startGateTracker()]);
    engines.push(engine);
    return { session: await engine.newSession(), site, tracker };
  };
  const stages: GateStage[] = await Promise.all(Array.from({ length: count }, open));
  const free = [...stages];
  const waiting: ((stage: GateStage) => void)[] = [];
  const take = () => {
    const stage = free.pop();
    return stage ?? new Promise<GateStage>((resolve) => waiting.push(resolve));
  };
  return {
    async run(task) {
      const stage = await take();
      try {
        return await task(stage);
      } finally {
        const next = waiting.shift();
        if (next) next(stage);
        else free.push(stage);
      }
    },
    async close() {
      await Promise.all(engines.map((engine) => engine.close()));
      await Promise.all(stages.flatMap(({ site, tracker }) => [site.close(), tracker.close()]));
    },
  };
}
