import type { Library } from '../../test/gate/library.ts';
import { attributesText, loads, rewrite } from '../../test/gate/marks.ts';
import { peerFile } from './files.ts';

const FILE = '/peers/klaro.js';
const MARK = 'data-name="visits"';

/**
 * https://klaro.org/docs/getting-started (the script and the marks: `type`, `data-type`, `data-src`,
 * `data-name` on scripts, frames, images and links),
 * https://klaro.org/docs/integration/annotated-configuration (storage, cookies by pattern),
 * https://klaro.org/docs/api/js_api (the consent manager).
 */
export const createKlaro = (): Library => ({
  name: 'klaro',
  files: { [FILE]: peerFile('klaro/dist/klaro.js') },
  head: (receipt, _tracker, nonce) => `<script nonce="${nonce}">
      window.klaroConfig = {
        version: 1,
        storageMethod: 'cookie',
        storageName: '${receipt}',
        default: false,
        mustConsent: false,
        acceptAll: true,
        lang: 'en',
        translations: { en: { purposes: { analytics: 'Analytics' }, visits: { description: 'Counts visits' } } },
        services: [{ name: 'visits', purposes: ['analytics'], cookies: [/^t_.*$/] }],
      };
    </script>
    <script defer src="${FILE}" nonce="${nonce}"></script>`,
  held: (html) =>
    rewrite(html, (element) => {
      const { tag, attributes, text } = element;
      if (tag === 'script') {
        const kept = new Map(
          [...attributes].map(([name, value]) => [/^(src|type)$/.test(name) ? `data-${name}` : name, value]),
        );
        return `<script type="text/plain" ${MARK}${attributesText(kept)}>${text}</script>`;
      }
      // It knows these two addresses.
      const known = loads(element).filter((name) => name === 'src' || name === 'href');
      if (!known.length) return undefined;
      const kept = new Map(
        [...attributes].map(([name, value]) => [
          known.some((one) => one === name) ? `data-${name}` : name,
          value,
        ]),
      );
      return `<${tag} ${MARK}${attributesText(kept)}>`;
    }),
  isReady: 'window.klaro?.getManager()',
  accept: '(klaro.getManager().changeAll(true), klaro.getManager().saveAndApplyConsents())',
  reject: '(klaro.getManager().changeAll(false), klaro.getManager().saveAndApplyConsents())',
  withdraw: '(klaro.getManager().changeAll(false), klaro.getManager().saveAndApplyConsents())',
  isOwn: () => false,
});
