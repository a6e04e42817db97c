import { codeInside, literalInside } from './inside-script.ts';
import type { BuiltTexts } from './read-texts.ts';

/** The core as it stands in a page, with addresses for all that it imports from beside itself. */
export const inlined = (code: string, base: string): string =>
  codeInside(
    code.replace(/\bimport\((["'`])\.\//g, `import($1${base}`).replace(/^\/\/# sourceMappingURL=.*$/m, ''),
  );

/** What a script of the page reads as JSON. */
export const dataElement = (name: string, value: unknown) =>
  `<script type="application/json" ${name}>${literalInside(value)}</script>`;

/** The texts of the layers in each language, by the names that the core looks for. */
export function textsOf(built: BuiltTexts, layers: readonly string[], languages: readonly string[]): object {
  const entries = languages.flatMap((language) => {
    const { formats, ...words } = built[language] ?? {};
    return Object.entries(words)
      .filter(([layer]) => layers.includes(layer))
      .map(([layer, texts]) => [
        `${layer}/${language}`,
        layer === 'banner' && formats ? { ...texts, formats } : texts,
      ]);
  });
  return Object.fromEntries(entries);
}
