import { adoptStyles } from '../lib/adopt-styles.ts';
import { listen } from '../lib/listen.ts';
import type { InterfaceProps } from './contract.ts';
import css from './styles/layouts.css';

/** Places a first layer elsewhere than in its usual corner, or in front of a page that waits. Returns its stop. */
export function arrange(root: HTMLElement, { appearance, handle }: InterfaceProps): () => void {
  const { layout, position } = appearance;
  if (layout) root.setAttribute('data-layout', layout);
  if (position) root.setAttribute('data-position', position);
  const dropStyles = adoptStyles(css);
  if (!(root instanceof HTMLDialogElement)) return dropStyles;
  root.showModal();
  // Escape decides nothing.
  const stopListening = listen(root, ['close'], handle.close);
  return () => {
    stopListening();
    dropStyles();
  };
}
