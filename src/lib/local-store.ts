/** A localStorage key; null when there is none or none may be read. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    // SecurityError: a sandboxed frame, or a browser that refuses storage altogether.
    return null;
  }
}

/**
 * Writes a localStorage key.
 * @param text null to remove it
 * @returns whether it was kept: storage may be full or refused
 */
export function writeStored(key: string, text: string | null): boolean {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}
