import { listen } from './listen.ts';

/** Every storage of the browser that a page can empty, but cookies. */
export type StorageKind = 'localStorage' | 'sessionStorage' | 'indexedDB' | 'cacheStorage';

/**
 * Removes keys, databases or caches. Where a storage is blocked there is nothing to remove.
 * @param told is given each, and whether it is gone; a database that is in use goes when its page does
 */
export async function eraseKeys(
  kind: StorageKind,
  isMeant: (key: string) => boolean,
  told: (key: string, isGone: boolean) => void,
): Promise<void> {
  try {
    if (kind === 'indexedDB') {
      for (const { name = '' } of await indexedDB.databases()) {
        if (!isMeant(name)) continue;
        listen(indexedDB.deleteDatabase(name), ['success', 'error', 'blocked'], ({ type }) =>
          told(name, type === 'success'),
        );
      }
    } else if (kind === 'cacheStorage') {
      for (const name of await caches.keys()) if (isMeant(name)) told(name, await caches.delete(name));
    } else {
      const storage = window[kind];
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
      for (const key of keys.filter(isMeant)) {
        storage.removeItem(key);
        told(key, storage.getItem(key) === null);
      }
    }
  } catch {
    // SecurityError: blocked, as in a sandboxed frame. Or not there, as caches on plain http.
  }
}
