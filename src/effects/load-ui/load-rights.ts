import type { Consent, Policy } from '../../types.ts';
import { loadTexts } from './languages.ts';

/** Loads what draws the visitor's records, when they are opened. */
export const loadRights =
  (policy: Policy, locale: string) => async (): Promise<(handle: Consent) => Node> => {
    const [{ drawRights }, words] = await Promise.all([
      import('../../ui/rights.tsx'),
      loadTexts('rights', locale, policy),
    ]);
    return (handle) => drawRights({ handle, words, locale });
  };
