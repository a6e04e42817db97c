/** @jsxImportSource ../lib/dom-jsx */
import type { ButtonProps } from './contract.ts';

/** A round button that opens the preferences. Returns its stop. */
export function mountButton({ handle, locale, words }: ButtonProps): () => void {
  const root = (
    <button
      type="button"
      data-bandeau-root
      data-bandeau-layer="button"
      lang={locale}
      aria-label={words.title}
      onClick={() => handle.open('preferences')}
    />
  ) as HTMLElement;
  document.body.append(root);
  return () => root.remove();
}
