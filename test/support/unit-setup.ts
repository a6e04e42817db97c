import { afterAll, vi } from 'vitest';

// Files of rules share one process, since each costs more to begin than to run: what one has put in the place of a global
// is gone before the next.
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
