/** Not `document.body`, which markup of the page can shadow: `<img name="body">`. */
export const findBody = (): HTMLElement | null => document.querySelector('body');
