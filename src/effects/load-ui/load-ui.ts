import { bodyReady } from '../../lib/body-ready.ts';
import type { Surface } from '../../types.ts';
import type { InterfaceModule, Mounted } from '../../ui/contract.ts';
import type { Effect } from '../effect.ts';
import { loadTexts } from './languages.ts';

/** Loads and shows what `$surface` says. A returning visitor with nothing to answer never gets here. */
export const startLoadUi: Effect = ({ policy, state, actions, handle, options }) => {
  let shown: Mounted | undefined;
  /** What is shown; another language changes its texts and nothing else. */
  let shownSurface: Surface = null;
  let wanted = 0;
  let hadFocus = false;

  /** The part of the interface, and the layer whose texts it has besides those of the banner. */
  const partOf = (surface: Surface): readonly [Promise<InterfaceModule>, ('notice' | 'preferences')?] =>
    surface === 'preferences'
      ? [import('../../ui/preferences.tsx'), surface]
      : state.$promptReason.get()?.type === 'policy-changed'
        ? [import('../../ui/notice.tsx'), 'notice']
        : [import('../../ui/banner.tsx')];

  const close = () => {
    shown?.stop();
    shown = undefined;
    shownSurface = null;
  };

  const update = async () => {
    const surface = state.$surface.get();
    const ticket = ++wanted;
    try {
      if (!surface) return close();
      // The script may stand in `<head>`, before there is anything to show something in.
      await bodyReady();
      if (ticket !== wanted) return;
      const { appearance = {}, shield } = options;
      const { layout, position, modal } = appearance;
      const locale = state.$locale.get();
      const [part, layer] = partOf(surface);
      const [ui, texts, words, layouts] = await Promise.all([
        part,
        loadTexts('banner', locale, policy),
        layer && loadTexts(layer, locale, policy),
        (layout || position || modal) && import('../../ui/layouts.ts'),
      ]);
      if (ticket !== wanted) return;
      const given = {
        policy,
        handle,
        texts,
        words,
        locale,
        appearance,
        arrange: layouts ? layouts.arrange : undefined,
      };
      const props = { ...given, reloads: !!shield };
      if (shown && shownSurface === surface) return shown.update({ ...props, takesFocus: false });
      // The preferences give focus back to what opened them; where that was the banner, it is gone meanwhile.
      if (surface === 'preferences') hadFocus = !!document.activeElement?.closest('[data-bandeau-root]');
      const takesFocus = !!shown && hadFocus;
      close();
      shownSurface = surface;
      shown = ui.mount({ ...props, takesFocus });
    } catch (error) {
      console.error('bandeau: could not be shown:', surface, error);
      if (ticket === wanted) actions.close();
    }
  };

  const stopListening = [state.$surface.subscribe(update), state.$locale.listen(update)];

  return () => {
    wanted++;
    for (const stop of stopListening) stop();
    close();
    // What the first layer leaves behind when it goes.
    document.querySelector('[data-bandeau-layer=status]')?.remove();
  };
};
