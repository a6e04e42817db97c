import { findBody } from './find-body.ts';
import { listen } from './listen.ts';

/**
 * Settled when there is a body. Until then nothing is imported, either: Firefox ignores an import map of the page that
 * comes after the first module.
 */
export const bodyReady = (): unknown =>
  findBody() || new Promise((resolve) => listen(document, ['DOMContentLoaded'], resolve));
