/** Whether a key of a storage is the declared one, in which `*` stands for any run of characters. */
export function matchesKey(declared: string, key: string): boolean {
  const escaped = declared.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 's').test(key);
}
