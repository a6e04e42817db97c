import { cleanup } from '@testing-library/preact';
import { afterEach } from 'vitest';

// Testing Library does this by itself only where the test functions are globals.
afterEach(() => {
  cleanup();
  document.body.replaceChildren();
  document.adoptedStyleSheets = [];
});
