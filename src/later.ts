import type { EffectContext, Later } from './effects/effect.ts';
import { compareWithShown } from './effects/load-ui/compare-with-shown.ts';
import type { loadTexts as LoadTexts } from './effects/load-ui/languages.ts';
import { startUpdates } from './effects/load-ui/updates.ts';
import { startRecords } from './effects/records/records.ts';

/** Puts together what no page needs at once: loaded when there is use for any of it. */
export function startLater(context: EffectContext, loadTexts: typeof LoadTexts): Later {
  const records = startRecords(context);
  const updates = startUpdates(context, loadTexts);
  const carryOver = () => import('./effects/carry-over/carry-over.ts');
  return {
    ...records,
    inform: updates.inform,
    begin: async () => (await carryOver()).begin(context),
    attachAccount: async (account) => (await carryOver()).attachAccount(context, account),
    decorate: async (url) => (await carryOver()).decorate(context, url),
    compareWithShown: () => compareWithShown(context),
    loadRights: async (locale) => {
      const [{ drawRights }, words] = await Promise.all([
        import('./ui/rights.tsx'),
        loadTexts('rights', locale, context.policy),
      ]);
      return (handle) => drawRights({ handle, words, locale });
    },
    stop: updates.stop,
  };
}
