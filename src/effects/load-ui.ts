import { listen } from '../lib/listen.ts';
import type { Surface } from '../types.ts';
import type { InterfaceModule, PreferencesTexts, Texts } from '../ui/contract.ts';
import type { Effect, Stop } from './effect.ts';

type Load<T> = () => Promise<{ default: T }>;

/** One chunk per language and layer; only what is shown is loaded. */
const LOCALES: Readonly<Record<string, readonly [Load<Texts>, Load<PreferencesTexts>]>> = {
  en: [() => import('../../locales/en.json'), () => import('../../locales/preferences/en.json')],
  fr: [() => import('../../locales/fr.json'), () => import('../../locales/preferences/fr.json')],
  nl: [() => import('../../locales/nl.json'), () => import('../../locales/preferences/nl.json')],
};

/** `fr-BE` as it is, `fr` for all else that begins so: `Intl` throws at the `fr_BE` that pages write. */
const toLocale = (tag: string): string => /^[a-z]{2}(-[a-z]{2}$)?/i.exec(tag)?.[0] ?? '';
const textsOf = (locale: string) => LOCALES[locale.slice(0, 2).toLowerCase()];

/** The script may stand in `<head>`, before there is a body to show anything in. */
const bodyReady = (): unknown =>
  document.body || new Promise((resolve) => listen(document, ['DOMContentLoaded'], resolve));

/** Loads and shows what `$surface` says. A returning visitor with nothing to answer never gets here. */
export const startLoadUi: Effect = ({ policy, state, environment, actions, handle, locale: own = '' }) => {
  const tags = [own, ...environment.languages].map(toLocale);
  const locale = tags.find(textsOf) ?? 'en';
  const [loadTexts, loadPreferencesTexts] = textsOf(locale) ?? [];
  let shown: Stop | undefined;
  let wanted = 0;
  let hadFocus = false;

  const load = (surface: Surface): Promise<InterfaceModule> =>
    surface === 'preferences'
      ? import('../ui/preferences.tsx')
      : state.$promptReason.get()?.type === 'policy-changed'
        ? import('../ui/notice.tsx')
        : import('../ui/banner.tsx');

  const stopListening = state.$surface.subscribe(async (surface) => {
    const ticket = ++wanted;
    try {
      const [ui, texts, more] = surface
        ? await Promise.all([
            load(surface),
            loadTexts?.(),
            surface === 'preferences' ? loadPreferencesTexts?.() : undefined,
            bodyReady(),
          ])
        : [];
      if (ticket !== wanted) return;
      // The preferences give focus back to what opened them; where that was the banner, it is gone meanwhile.
      if (surface === 'preferences') hadFocus = !!document.activeElement?.closest('[data-bandeau-root]');
      const takesFocus = !!shown && hadFocus;
      shown?.();
      shown = ui?.mount({
        policy,
        handle,
        texts: texts?.default as Texts,
        preferencesTexts: more?.default,
        locale,
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
