import { adoptStyles } from '../lib/adopt-styles.ts';
import { findBody } from '../lib/find-body.ts';
import { keepFocus } from '../lib/keep-focus.ts';
import type { InterfaceModule, MountInline } from './contract.ts';
import { createForm } from './preferences-form.tsx';
import { announce } from './status.ts';
import css from './styles/preferences.css';

/**
 * The second layer, in a native modal dialog: the browser keeps focus inside, closes it on Escape and
 * gives focus back to what opened it. Closing decides nothing.
 */
export const mount: InterfaceModule['mount'] = (given) => {
  const dropStyles = adoptStyles(css);
  const dialog = document.createElement('dialog');
  const form = createForm(given, dialog, 'bandeau');
  announce(given, '');
  dialog.onclose = given.handle.close;
  findBody()?.append(dialog);
  dialog.showModal();
  return {
    update: form.update,
    stop() {
      dialog.onclose = null;
      keepFocus(() => {
        dialog.close();
        dialog.remove();
      });
      form.stop();
      dropStyles();
    },
  };
};

/** The same in a place of the page, which stays there after an answer and shows what is stored. */
export const mountInline: MountInline = (given, place) => {
  const home = place.getRootNode();
  const tree = home instanceof ShadowRoot ? home : document;
  const dropStyles = adoptStyles(css, tree);
  let number = 1;
  while (tree.getElementById(`bandeau-${number}-preferences-title`)) number++;
  const section = document.createElement('section');
  const form = createForm(given, section, `bandeau-${number}`);
  const before = [...place.childNodes];
  place.replaceChildren(section);
  return {
    update: form.update,
    stop() {
      // Where it stands, if it still does: what the page has put there since is the page's.
      keepFocus(() => section.replaceWith(...before));
      form.stop();
      dropStyles();
    },
  };
};
