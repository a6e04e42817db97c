import { bodyReady } from '../../lib/body-ready.ts';
import type { Surface } from '../../types.ts';
import type { InterfaceModule } from '../../ui/contract.ts';
import type { Effect, Stop } from '../effect.ts';
import { chooseLanguage } from './languages.ts';

/** Loads and shows what `$surface` says. A returning visitor with nothing to answer never gets here. */
export const startLoadUi: Effect = ({
  policy,
  state,
  environment,
  actions,
  handle,
  shield,
  locale: own = '',
}) => {
  let shown: Stop | undefined;
  let wanted = 0;
  let hadFocus = false;

  const load = (surface: Surface): Promise<InterfaceModule> =>
    surface === 'preferences'
      ? import('../../ui/preferences.tsx')
      : state.$promptReason.get()?.type === 'policy-changed'
        ? import('../../ui/notice.tsx')
        : import('../../ui/banner.tsx');

  const stopListening = state.$surface.subscribe(async (surface) => {
    const ticket = ++wanted;
    try {
      if (!surface) {
        shown?.();
        shown = undefined;
        return;
      }
      // The script may stand in `<head>`, before there is anything to show something in.
      await bodyReady();
      if (ticket !== wanted) return;
      const [locale, loadTexts, loadPreferencesTexts] = chooseLanguage([own, ...environment.languages]);
      const [ui, texts, more] = await Promise.all([
        load(surface),
        loadTexts(),
        surface === 'preferences' ? loadPreferencesTexts() : undefined,
      ]);
      if (ticket !== wanted) return;
      // The preferences give focus back to what opened them; where that was the banner, it is gone meanwhile.
      if (surface === 'preferences') hadFocus = !!document.activeElement?.closest('[data-bandeau-root]');
      const takesFocus = !!shown && hadFocus;
      shown?.();
      shown = ui.mount({
        policy,
        handle,
        texts: texts.default,
        preferencesTexts: more?.default,
        locale,
        reloads: !!shield,
        takesFocus,
      });
    } catch (error) {
      console.error('bandeau: could not be shown:', surface, error);
      if (ticket === wanted) actions.close();
    }
  });

  return () => {
    wanted++;
    stopListening();
    shown?.();
  };
};
