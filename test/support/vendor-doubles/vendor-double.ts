/** What the script of a vendor does that a test can see. */
export interface Tag {
  /** It has understood this call, or sends this event. */
  hear(...call: readonly unknown[]): void;
  /** It puts this on the device. */
  store(name: string, value: string): void;
  stored(name: string): string | undefined;
}

/**
 * A double of a vendor's loading snippet and of its script, written from what its documentation and its behaviour say of
 * consent. Each function stands by itself: its text is what a page is given.
 */
export interface VendorDouble {
  /** The stub of the vendor's inline snippet. */
  readonly snippet?: (origin: string) => void;
  /** What a page says right after it. */
  readonly says?: () => void;
  /** The script. */
  readonly load: (tag: Tag) => void;
  /** What a page says once the script is there. */
  readonly after?: () => void;
}

/** A tag in this process: what it has heard, and what is on its device. */
export function recordTag(kept: Readonly<Record<string, string>> = {}) {
  const heard: (readonly unknown[])[] = [];
  const device = new Map(Object.entries(kept));
  const tag: Tag = {
    hear: (...call) => void heard.push(call),
    store: (name, value) => void device.set(name, value),
    stored: (name) => device.get(name),
  };
  return { heard, device, tag };
}

/** The script as a server hands it out: `/p/consent.gif?<name>=<n>:<call as JSON>` for each call, n from 0. */
export const scriptOf = (name: string, { load }: VendorDouble): string => `(() => {
  const { origin } = new URL(document.currentScript.src);
  let count = 0;
  const hear = (...call) => {
    new Image().src = origin + '/p/consent.gif?${name}=' + encodeURIComponent(count++ + ':' + JSON.stringify(call));
  };
  const store = (name, value) => { document.cookie = name + '=' + encodeURIComponent(value) + '; path=/'; };
  const stored = (name) => {
    const found = document.cookie.split('; ').find((one) => one.startsWith(name + '='));
    return found && decodeURIComponent(found.slice(name.length + 1));
  };
  ({ ${load} }).load({ hear, store, stored });
})();`;
