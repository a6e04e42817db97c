const read = (): Readonly<Record<string, unknown>> => {
  try {
    const element = document.querySelector('script[data-bandeau-texts]');
    return JSON.parse(element?.textContent ?? '') ?? {};
  } catch {
    // They are loaded as those of any other language are.
    return {};
  }
};

/**
 * Texts that stand in the page, as `npx bandeau snippet --inline banner` writes them: a JSON object of texts by layer and
 * language, `banner/fr`. Read by `bandeau.first.js` alone.
 * @returns them as the module of a file would hold them; nothing where they have to be loaded
 */
export const textsInPage = (name: string): { readonly default: unknown } | undefined => {
  const texts = read();
  return Object.hasOwn(texts, name) ? { default: texts[name] } : undefined;
};
