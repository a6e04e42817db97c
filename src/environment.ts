import type { Environment } from './types.ts';

declare global {
  interface Navigator {
    /** Source: https://w3c.github.io/gpc/ */
    readonly globalPrivacyControl?: boolean;
  }
  interface Document {
    /** Source: https://wicg.github.io/nav-speculation/prerendering.html */
    readonly prerendering?: boolean;
  }
}

/** The ambient facts; what changes in the life of a page is read when it is needed. Safe on a server. */
export function readEnvironment(overrides?: Partial<Environment>): Environment {
  const isBrowser = typeof document === 'object';
  return {
    now: Date.now,
    // The page's language before the browser's: a banner speaks the language of its page (R13).
    get languages() {
      return isBrowser ? [document.documentElement.lang, ...navigator.languages] : [];
    },
    secure: isBrowser && location.protocol === 'https:',
    gpc: isBrowser && !!navigator.globalPrivacyControl,
    dnt: isBrowser && navigator.doNotTrack === '1',
    prerendering: isBrowser && !!document.prerendering,
    uuid() {
      // crypto.randomUUID is missing on plain http; the name of a blob is a UUID everywhere (File API § 8.3).
      const url = URL.createObjectURL(new Blob());
      URL.revokeObjectURL(url);
      return url.slice(-36);
    },
    ...overrides,
  };
}
