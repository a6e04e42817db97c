import { bodyReady } from '../../lib/body-ready.ts';
import type { Effect, Stop } from '../effect.ts';
import { loadTexts } from './languages.ts';

const nothing = () => {};

/** Loads what shows the layers, once there is one to show. A returning visitor with nothing to answer never gets there. */
export const startUi: Effect = (context) => {
  const { policy, state, actions } = context;
  let stop: Stop | undefined;
  let isOver = false;
  let isLoading = false;

  const load = async () => {
    isLoading = true;
    try {
      // The script may stand in `<head>`, before there is anything to show something in.
      await bodyReady();
      // Side by side with what asks for them: a slow network takes as long for one as for both.
      loadTexts('banner', state.$locale.get(), policy).catch(nothing);
      if (state.$surface.get() === 'banner' && state.$promptReason.get()?.type !== 'policy-changed') {
        import('../../ui/banner.tsx').catch(nothing);
      }
      const { startLoadUi } = await import('./load-ui.ts');
      if (!isOver) stop = startLoadUi({ ...context, loadTexts });
    } catch (error) {
      // Tried again at the next wish to see one.
      isLoading = false;
      console.error('bandeau: could not be shown:', state.$surface.get(), error);
      actions.close();
    }
  };
  const stopWaiting = state.$surface.subscribe((surface) => {
    if (surface && !isLoading) void load();
  });

  return () => {
    isOver = true;
    stopWaiting();
    stop?.();
  };
};
