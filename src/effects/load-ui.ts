import type { InterfaceModule, PreferencesTexts, Texts } from '../ui/contract.ts';
import type { Surface } from '../types.ts';
import type { Effect, Stop } from './effect.ts';

/** One chunk per language and layer; only what is shown is loaded. */
const LOCALES: Readonly<Record<string, () => Promise<{ default: Texts }>>> = {
  en: () => import('../../locales/en.json'),
  fr: () => import('../../locales/fr.json'),
  nl: () => import('../../locales/nl.json'),
};

const PREFERENCES_LOCALES: Readonly<Record<string, () => Promise<{ default: PreferencesTexts }>>> = {
  en: () => import('../../locales/preferences/en.json'),
  fr: () => import('../../locales/preferences/fr.json'),
  nl: () => import('../../locales/preferences/nl.json'),
};

/** `fr-BE` as it is, `fr` for all else that begins so: `Intl` throws at the `fr_BE` that pages write. */
const toLocale = (tag: string): string => /^[a-z]{2}(-[a-z]{2}$)?/i.exec(tag)?.[0] ?? '';
const languageOf = (locale: string): string => locale.slice(0, 2).toLowerCase();

/** The script may stand in `<head>`, before there is a body to show anything in. */
const bodyReady = (): unknown =>
  document.body || new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve));

/** Loads and shows what `$surface` says. A returning visitor with nothing to answer never gets here. */
export const startLoadUi: Effect = ({ state, policy, environment, actions, handle, locale: own = '' }) => {
  const tags = [own, ...environment.languages].map(toLocale);
  const locale = tags.find((tag) => LOCALES[languageOf(tag)]) ?? 'en';
  const language = languageOf(locale);
  let shown: Stop | undefined;
  let wanted = 0;

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
            LOCALES[language]?.(),
            surface === 'preferences' ? PREFERENCES_LOCALES[language]?.() : undefined,
            bodyReady(),
          ])
        : [];
      if (ticket !== wanted) return;
      const isReturning = !!shown;
      shown?.();
      shown = ui?.mount({
        policy,
        handle,
        texts: texts?.default as Texts,
        preferencesTexts: more?.default,
        locale,
        isReturning,
      });
    } catch (error) {
      console.error(`bandeau: the ${surface} could not be shown`, error);
      if (ticket === wanted) actions.close();
    }
  });

  return () => {
    wanted++;
    stopListening();
    shown?.();
  };
};
