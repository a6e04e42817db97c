/** @jsxImportSource preact */
import { render } from 'preact';
import { adoptStyles } from '../lib/adopt-styles.ts';
import { keepFocus } from '../lib/keep-focus.ts';
import type { InterfaceModule } from './contract.ts';
import { PreferencesForm } from './preferences-form.tsx';
import css from './styles/preferences.css';

/**
 * The second layer, in a native modal dialog: the browser keeps focus inside, closes it on Escape and
 * gives focus back to what opened it. Closing decides nothing.
 */
export const mount: InterfaceModule['mount'] = (props) => {
  const dropStyles = adoptStyles(css);
  const dialog = document.createElement('dialog');
  dialog.setAttribute('data-bandeau-root', '');
  dialog.setAttribute('data-bandeau-layer', 'preferences');
  dialog.setAttribute('aria-labelledby', 'bandeau-preferences-title');
  dialog.lang = props.locale;
  dialog.dir = props.texts.direction;
  dialog.addEventListener('close', props.handle.close);
  render(<PreferencesForm {...props} />, dialog);
  document.body.append(dialog);
  dialog.showModal();
  return () => {
    dialog.removeEventListener('close', props.handle.close);
    keepFocus(() => {
      dialog.close();
      dialog.remove();
    });
    render(null, dialog);
    dropStyles();
  };
};
