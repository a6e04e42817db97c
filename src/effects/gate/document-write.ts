/**
 * Refuses `document.write` to released scripts, and to everybody once the page is finished: it would replace
 * the page with what is written. Who really means to, calls `document.open` first. Returns its stop.
 * Source: https://html.spec.whatwg.org/multipage/dynamic-markup-insertion.html#document-write-steps
 */
export function refuseDocumentWrite(
  isReleased: (script: Element | null) => boolean,
  onRefused: (script: Element | null) => void,
): () => void {
  const stops = (['write', 'writeln'] as const).map((name) => {
    const original = document[name];
    const refusing = (...texts: string[]) => {
      const script = document.currentScript;
      if (document.readyState !== 'loading' || isReleased(script)) onRefused(script);
      else original.apply(document, texts);
    };
    document[name] = refusing;
    return () => {
      if (document[name] === refusing) document[name] = original;
    };
  });
  return () => {
    for (const stop of stops) stop();
  };
}
