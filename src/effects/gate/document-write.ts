import { listen } from '../../lib/listen.ts';
import { override } from '../../lib/override.ts';

/**
 * Refuses `document.write` to released scripts, and to everybody where it would replace the page with what is
 * written: once the page is finished, and outside of the scripts of a page that is being parsed. Who really
 * means to, calls `document.open` first. Returns its stop.
 * Source: https://html.spec.whatwg.org/multipage/dynamic-markup-insertion.html#document-write-steps
 */
export function refuseDocumentWrite(
  isReleased: (script: HTMLOrSVGScriptElement | null) => boolean,
  onRefused: (script: HTMLOrSVGScriptElement | null) => void,
): () => void {
  let isParsed = document.readyState !== 'loading';
  const stopListening = listen(document, ['DOMContentLoaded'], () => {
    isParsed = true;
  });
  const stops = (['write', 'writeln'] as const).map((name) =>
    override(document, name, (original) => (...texts: string[]) => {
      const script = document.currentScript;
      const isOpen = document.readyState === 'loading' && (isParsed || script);
      if (!isOpen || isReleased(script)) onRefused(script);
      else original.apply(document, texts);
    }),
  );
  return () => {
    stopListening();
    for (const stop of stops) stop();
  };
}
