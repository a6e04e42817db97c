import type { HeldScript } from './situation.ts';

/** JSON inside of a `<script>`. */
export const json = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** Held scripts as markup: `type="text/plain"`, with the marks that a library reads. */
export const heldMarkup = (
  scripts: readonly HeldScript[],
  marks: (script: HeldScript) => string,
  sourceAttribute = 'src',
): string =>
  scripts
    .map((script) => {
      const source = script.src ? ` ${sourceAttribute}="${script.src}"` : '';
      return `<script type="text/plain" ${marks(script)}${source}>${script.code ?? ''}</script>`;
    })
    .join('\n');
