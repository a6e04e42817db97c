import { adoptStyles } from '../lib/adopt-styles.ts';
import type { Appearance } from '../types.ts';
import css from './styles/layouts.css';

/** Places a first layer elsewhere than in its usual corner. Returns its stop. */
export function arrange(root: HTMLElement, { layout, position }: Appearance): () => void {
  if (layout) root.setAttribute('data-layout', layout);
  if (position) root.setAttribute('data-position', position);
  return adoptStyles(css);
}
