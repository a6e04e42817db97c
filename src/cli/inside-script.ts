/** Code as it can stand between the tags of a script: as the parser of HTML and older ones of JavaScript read it. */
export const codeInside = (text: string): string =>
  text
    .replace(/<(?=\/script|script|!--)/gi, '\\x3c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .trim();

/** A value as a literal there, or as the whole of a JSON element. */
export const literalInside = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
