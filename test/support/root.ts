import { fileURLToPath } from 'node:url';

/**
 * Folder that holds the `dist/` and `demo/` under test: this repository, unless BANDEAU_TEST_ROOT names a copy
 * (to prove that a test can fail, or while somebody rebuilds).
 */
export const ROOT = process.env['BANDEAU_TEST_ROOT'] ?? fileURLToPath(new URL('../..', import.meta.url));
