/** @jsxImportSource preact */
import { render } from 'preact';
import { adoptStyles } from '../lib/adopt-styles.ts';
import { keepFocus } from '../lib/keep-focus.ts';
import type { InterfaceModule, MountInline, PreferencesTexts } from './contract.ts';
import { PreferencesForm } from './preferences-form.tsx';
import css from './styles/preferences.css';

/**
 * The second layer, in a native modal dialog: the browser keeps focus inside, closes it on Escape and
 * gives focus back to what opened it. Closing decides nothing.
 */
export const mount: InterfaceModule['mount'] = (given) => {
  const dropStyles = adoptStyles(css);
  const dialog = document.createElement('dialog');
  dialog.setAttribute('data-bandeau-root', '');
  dialog.setAttribute('data-bandeau-layer', 'preferences');
  dialog.setAttribute('aria-labelledby', 'bandeau-preferences-title');
  const update = (props: typeof given) => {
    dialog.lang = props.locale;
    dialog.dir = props.texts.direction;
    // The same component: what was switched stays switched.
    render(<PreferencesForm {...props} />, dialog);
  };
  const { close } = given.handle;
  dialog.addEventListener('close', close);
  update(given);
  document.body.append(dialog);
  dialog.showModal();
  return {
    update,
    stop() {
      dialog.removeEventListener('close', close);
      keepFocus(() => {
        dialog.close();
        dialog.remove();
      });
      render(null, dialog);
      dropStyles();
    },
  };
};

/** The same in a place of the page. */
export const mountInline: MountInline = (props, place) => {
  const dropStyles = adoptStyles(css);
  const words = props.words as PreferencesTexts;
  render(<PreferencesForm {...props} words={words} appearance={{}} takesFocus={false} />, place);
  return () => {
    render(null, place);
    dropStyles();
  };
};
