/** A style sheet, minified, as text: it travels in the chunk that needs it. */
declare module '*.css' {
  const css: string;
  export default css;
}
