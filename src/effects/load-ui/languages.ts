import type { PlaceholderTexts, PreferencesTexts, Texts } from '../../ui/contract.ts';

type Load<T> = () => Promise<{ default: T }>;

/** First layer, preferences, placeholders. */
type Loaders = readonly [Load<Texts>, Load<PreferencesTexts>, Load<PlaceholderTexts>];

/** One chunk per language and layer; only what is shown is loaded. */
const LANGUAGES: Readonly<Record<string, Loaders>> = {
  en: [
    () => import('../../../locales/en.json'),
    () => import('../../../locales/preferences/en.json'),
    () => import('../../../locales/placeholders/en.json'),
  ],
  fr: [
    () => import('../../../locales/fr.json'),
    () => import('../../../locales/preferences/fr.json'),
    () => import('../../../locales/placeholders/fr.json'),
  ],
  nl: [
    () => import('../../../locales/nl.json'),
    () => import('../../../locales/preferences/nl.json'),
    () => import('../../../locales/placeholders/nl.json'),
  ],
};

/** `fr-BE` as it is, `fr` for all else that begins so: `Intl` throws at the `fr_BE` that pages write. */
const toLocale = (tag: string): string => /^[a-z]{2}(-[a-z]{2}$)?/i.exec(tag)?.[0] ?? '';
const loadersOf = (locale: string) => LANGUAGES[locale.slice(0, 2).toLowerCase()];

/** The first of the tags that there are texts for, else English; and how to load them. */
export function chooseLanguage(tags: readonly string[]): readonly [locale: string, ...Loaders] {
  const locale = tags.map(toLocale).find(loadersOf) ?? 'en';
  return [locale, ...(loadersOf(locale) as Loaders)];
}
