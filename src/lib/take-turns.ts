/**
 * Runs the task unless another tab of this site is at it. Where browsers have no locks, as on plain http, it runs.
 * Never rejects, provided that the task does not.
 */
export async function takeTurns(name: string, task: () => Promise<void>): Promise<void> {
  // Absent from pages of plain http, whatever the types say.
  const locks: LockManager | undefined = navigator.locks;
  try {
    if (locks) await locks.request(name, { ifAvailable: true }, async (lock) => lock && task());
    else await task();
  } catch {
    // SecurityError: there is no storage here to take turns at.
  }
}
