import type { Effect } from '../effect.ts';
import { loadTexts } from './languages.ts';
import { showPart } from './show-part.ts';

/** Loads the floating button, where the site wants one. It shows itself on pages that have no other way back. */
export const startLoadButton: Effect = ({ policy, state, handle, options }) => {
  const { appearance = {} } = options;
  if (!appearance.button) return [];
  return showPart(state, async (locale) => {
    const [{ mountButton }, words] = await Promise.all([
      import('../../ui/button.tsx'),
      loadTexts('preferences', locale, policy),
    ]);
    return () => mountButton({ handle, locale, appearance, words });
  });
};
