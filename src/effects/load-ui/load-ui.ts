import type { InterfaceModule, Mounted } from '../../ui/contract.ts';
import type { Stop } from '../effect.ts';
import { answersOf } from './answers-of.ts';
import { loadRegion } from './load-region.ts';
import type { PartContext } from './page-parts.ts';

type Part = 'banner' | 'notice' | 'preferences';

/** Loads and shows what `$surface` says. */
export function startLoadUi(context: PartContext): Stop {
  const { policy, state, actions, inbound, options, loadTexts } = context;
  const { appearance = {}, shield } = options;
  const { layout, position, modal } = appearance;
  let shown: Mounted | undefined;
  let shownPart: Part | undefined;
  let wanted = 0;
  let hadFocus = false;

  const load = (part: Part): Promise<InterfaceModule> =>
    part === 'preferences'
      ? import('../../ui/preferences.tsx')
      : part === 'notice'
        ? import('../../ui/notice.tsx')
        : import('../../ui/banner.tsx');
  /** Where that leaves nothing to ask, what is shown is decided anew. */
  const compare = async () => {
    try {
      return await (await inbound.later()).compareWithShown();
    } catch {
      // Asked about more than need be, rather than not at all.
      return undefined;
    }
  };
  const loadAll = async (part: Part, locale: string) => {
    const [ui, texts, words, layouts, updates, difference, [region, regionWords]] = await Promise.all([
      load(part),
      loadTexts('banner', locale, policy),
      part === 'banner' ? undefined : loadTexts(part, locale, policy),
      layout || position || modal ? import('../../ui/layouts.ts') : undefined,
      inbound.hasAccount ? loadTexts('updates', locale, policy) : undefined,
      part === 'notice' ? compare() : undefined,
      part === 'notice' ? [] : loadRegion(policy, locale, loadTexts),
    ]);
    const seen = answersOf(context, {
      layer: part,
      locale,
      texts: { banner: texts, [part]: words ?? texts, region: regionWords },
    });
    const props = {
      policy,
      handle: seen,
      texts,
      words,
      locale,
      appearance,
      arrange: layouts?.arrange,
      difference,
      accountScope: updates?.accountScope,
      loadRights: async () => (await inbound.later()).loadRights(locale),
      reloads: !!shield,
      // Whoever comes near what opens them has little to wait for then.
      prepare: () => void loadAll('preferences', locale).catch(() => {}),
    };
    return [ui, regionWords ? region.adapt(props, regionWords) : props] as const;
  };

  const close = () => {
    shown?.stop();
    shown = shownPart = undefined;
  };

  const update = async () => {
    const surface = state.$surface.get();
    const ticket = ++wanted;
    if (!surface) return close();
    const isNotice = surface === 'banner' && state.$promptReason.get()?.type === 'policy-changed';
    const part: Part = isNotice ? 'notice' : surface;
    // The same part says the same in another language, or about another change.
    const isSame = part === shownPart;
    try {
      const locale = state.$locale.get();
      const [ui, props] = await loadAll(part, locale).catch((error) => {
        // Asked in English rather than not at all; but what is there already stays as it is.
        if (isSame || locale === 'en') throw error;
        return loadAll(part, 'en');
      });
      if (ticket !== wanted) return;
      if (isSame) return shown?.update({ ...props, takesFocus: false });
      // The preferences give focus back to what opened them; where that was the banner, it is gone meanwhile.
      if (part === 'preferences') hadFocus = !!document.activeElement?.closest('[data-bandeau-root]');
      const takesFocus = !!shown && hadFocus;
      close();
      shown = ui.mount({ ...props, takesFocus });
      shownPart = part;
    } catch (error) {
      console.error('bandeau: could not be shown:', part, error);
      if (ticket === wanted && !isSame) actions.close();
    }
  };

  const stops = [
    state.$surface.subscribe(update),
    state.$locale.listen(update),
    state.$promptReason.listen(() => {
      if (shownPart !== 'preferences') void update();
    }),
  ];

  return () => {
    wanted++;
    for (const stop of stops) stop();
    close();
    // What the first layer leaves behind when it goes.
    document.querySelector('[data-bandeau-layer=status]')?.remove();
  };
}
