import type { Stop } from '../effect.ts';
import type { PartContext } from './page-parts.ts';
import { showPart } from './show-part.ts';

/** Loads the floating button, where the site wants one. It shows itself on pages that have no other way back. */
export function startButton({ policy, state, handle, options, loadTexts }: PartContext): Stop {
  const { appearance = {} } = options;
  if (!appearance.button) return () => {};
  return showPart(state, async (locale) => {
    const [{ mountButton }, words] = await Promise.all([
      import('../../ui/button.tsx'),
      loadTexts('preferences', locale, policy),
    ]);
    return (shown) => {
      shown?.stop();
      return { stop: mountButton({ handle, locale, appearance, words }) };
    };
  });
}
