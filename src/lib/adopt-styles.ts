/**
 * Adds styles to the document, or to a shadow root, as a constructed sheet, which a Content-Security-Policy without a nonce
 * for styles lets through. Returns their removal.
 */
export function adoptStyles(css: string, root: DocumentOrShadowRoot = document): () => void {
  const sheet = new CSSStyleSheet();
  // The build leaves the word out.
  sheet.replaceSync(css.replaceAll('!', '!important'));
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return () => {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
