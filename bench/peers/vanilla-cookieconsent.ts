import type { Library } from '../../test/gate/library.ts';
import { attributesText, rewrite } from '../../test/gate/marks.ts';
import { peerFile } from './files.ts';

const FILE = '/peers/cookieconsent.umd.js';

/**
 * https://cookieconsent.orestbida.com/essential/getting-started.html#umd (the library),
 * https://cookieconsent.orestbida.com/advanced/manage-scripts.html (marks, services),
 * https://cookieconsent.orestbida.com/reference/configuration-reference.html#category-autoclear (erasing).
 * Everything but scripts is left as it is: the library says that it manages scripts, and names another one
 * for frames.
 */
export const createVanillaCookieConsent = (): Library => ({
  name: 'vanilla-cookieconsent',
  files: { [FILE]: peerFile('vanilla-cookieconsent/dist/cookieconsent.umd.js') },
  head: (receipt, _tracker, nonce) => `<script src="${FILE}" nonce="${nonce}"></script>
    <script nonce="${nonce}">addEventListener('DOMContentLoaded', () => {
      const text = { title: 'Cookies', description: 'Cookies', acceptAllBtn: 'Yes', acceptNecessaryBtn: 'No' };
      CookieConsent.run({
        cookie: { name: '${receipt}' },
        hideFromBots: false,
        autoClearCookies: true,
        manageScriptTags: true,
        categories: {
          necessary: { enabled: true, readOnly: true },
          analytics: {
            autoClear: { cookies: [{ name: /^t_/ }] },
            services: { visits: { label: 'Mesurio', cookies: [{ name: /^t_/ }] } },
          },
        },
        language: { default: 'en', translations: { en: { consentModal: text, preferencesModal: { sections: [] } } } },
      }).then(() => { window.__ready = true; });
    });</script>`,
  held: (html) =>
    rewrite(html, ({ tag, attributes, text }) => {
      if (tag !== 'script') return undefined;
      const kept = new Map([...attributes].filter(([name]) => name !== 'type'));
      const type = attributes.get('type');
      return `<script type="text/plain" data-category="analytics" data-service="visits"${type ? ` data-type="${type}"` : ''}${attributesText(kept)}>${text}</script>`;
    }),
  isReady: 'window.__ready',
  accept: `CookieConsent.acceptCategory('all')`,
  reject: 'CookieConsent.acceptCategory([])',
  withdraw: 'CookieConsent.acceptCategory([])',
  isOwn: () => false,
});
