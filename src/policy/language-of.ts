/** Norwegian as a whole and its other written form, and Hebrew by the code that old systems write. */
const SAME: Readonly<Record<string, string>> = { no: 'nb', nn: 'nb', iw: 'he' };

/** The tags that are written in the file of another. */
export const OTHER_TAGS: readonly string[] = Object.keys(SAME);

/** The language of the file in locales/ that a locale such as `fr-BE` is written in: `fr`. */
export const languageOf = (locale: string): string => {
  const language = locale.slice(0, 2).toLowerCase();
  return SAME[language] ?? language;
};
