/** The element of that id. Throws when the page and the app no longer agree. */
export function element<E extends HTMLElement>(id: string): E {
  const found = document.getElementById(id);
  if (!found) throw new Error(`#${id} is missing from the page`);
  return found as E;
}

/** Origin of the trackers, written by the demo server. */
export const trackers = document.documentElement.dataset['trackers'] ?? '';
