import type { Contender } from '../contender.ts';
import { heldMarkup } from '../markup.ts';

/** The page by itself, with scripts that nobody will ever release: what everything else is measured over. */
export const control: Contender = {
  name: 'control',
  version: '',
  file: () => undefined,
  compose: ({ scripts }) => ({ body: heldMarkup(scripts, () => '') }),
  showsServices: false,
};
