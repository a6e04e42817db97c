import { findBody } from './find-body.ts';

/**
 * Settled when there is a body, which may be long before the page is parsed. Until then nothing is imported, either:
 * Firefox ignores an import map of the page that comes after the first module.
 */
export const bodyReady = (): unknown =>
  findBody() ||
  new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      if (!findBody()) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(document.documentElement, { childList: true });
  });
