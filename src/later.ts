import type { EffectContext, Later } from './effects/effect.ts';
import type { loadTexts as LoadTexts } from './effects/load-ui/languages.ts';
import type { Updates } from './effects/load-ui/updates.ts';
import { startRecords } from './effects/records/records.ts';

/**
 * Puts together what no page needs at once: loaded when there is use for any of it, with what only some sites use in
 * parts of their own.
 */
export async function startLater(context: EffectContext, loadTexts: typeof LoadTexts): Promise<Later> {
  const { policy, options, state } = context;
  const reporting = options.report && (await import('./effects/records/report.ts'));
  const records = startRecords(context, reporting?.startReport);
  let isOver = false;
  let started: Updates | undefined;
  const updates = async () => {
    const { startUpdates } = await import('./effects/load-ui/updates.ts');
    started ??= startUpdates(context, loadTexts);
    if (isOver) started.stop();
    return started;
  };
  // What could not be loaded is tried again on the next page.
  if (policy.changes.some(({ inform }) => inform)) updates().catch(() => {});
  /** By the browser, or by a link of the page, which says nothing itself. */
  const isOptOut = ({ receipt, shown }: NonNullable<Parameters<Later['keep']>[0]>) =>
    receipt.method === 'signal' ||
    (receipt.method === 'custom' &&
      !shown &&
      policy.regime === 'opt-out' &&
      policy.units.every(({ id, isSale }) => !isSale || state.$choices.get()[id] === 'denied'));
  const inform: Later['inform'] = async (what) => (await updates()).inform(what);
  return {
    ...records,
    keep(decision, then) {
      // Where the browser keeps nothing there would be one for each page.
      if (decision?.receipt.method === 'signal' && !state.$isStored.get()) return;
      records.keep(decision, then);
      if (decision && isOptOut(decision)) inform('signal').catch(() => {});
    },
    inform,
    compareWithShown: async () =>
      (await import('./effects/load-ui/compare-with-shown.ts')).compareWithShown(context),
    loadRights: async (locale) => {
      const [{ drawRights }, words] = await Promise.all([
        import('./ui/rights.tsx'),
        loadTexts('rights', locale, policy),
      ]);
      return (handle) => drawRights({ handle, words, locale });
    },
    stop() {
      isOver = true;
      started?.stop();
    },
  };
}
