/** `{ ad_storage: 'granted' }`, as several vendors write it. */
export const inWords = <T extends string>(
  granted: Readonly<Record<T, boolean>>,
): Record<T, 'granted' | 'denied'> =>
  Object.fromEntries(
    Object.entries(granted).map(([term, isGranted]) => [term, isGranted ? 'granted' : 'denied']),
  ) as Record<T, 'granted' | 'denied'>;
