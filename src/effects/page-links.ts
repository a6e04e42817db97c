import { listen } from '../lib/listen.ts';
import type { Effect } from './effect.ts';

/**
 * Makes every `[data-bandeau]` element of the page act: `preferences`, `banner`, `accept`, `reject`, `opt-out`. One
 * listener on the document, so that elements that are added later need nothing.
 */
export const startPageLinks: Effect = ({ actions }) =>
  listen<MouseEvent>(document, ['click'], (event) => {
    // The path, since what lies in a shadow root is not the target that the document sees.
    const link = event
      .composedPath()
      .find((node): node is HTMLElement => node instanceof Element && node.hasAttribute('data-bandeau'));
    const verb = link?.dataset['bandeau'];
    if (verb === 'accept') actions.acceptAll();
    else if (verb === 'reject') actions.rejectAll();
    else if (verb === 'opt-out') actions.optOut();
    else if (link && (verb === 'preferences' || verb === 'banner')) {
      // Safari does not focus what is clicked, and focus must have somewhere to go back to.
      link.focus();
      actions.open(verb);
    } else return;
    event.preventDefault();
  });
