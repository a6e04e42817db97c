import type { Library } from '../../test/gate/library.ts';
import { rewrite } from '../../test/gate/marks.ts';
import { peerFolder } from './files.ts';

const FOLDER = '/peers/tarteaucitronjs';

/**
 * https://github.com/AmauriC/tarteaucitron.js#readme (`init`, "Create custom service") and
 * https://tarteaucitron.io/en/install/ (`tac_iframe`, `tarteaucitron.addScript`, `job.push`).
 * It has no marks for scripts: what would be marked becomes the code of a custom service, which is how its
 * documentation adds a tool of one's own. An inline script is inserted by that code.
 */
export function createTarteaucitron(): Library {
  let code: string[] = [];
  return {
    name: 'tarteaucitronjs',
    files: {
      ...peerFolder('tarteaucitronjs'),
      ...Object.fromEntries(
        ['lang', 'css'].flatMap((folder) => Object.entries(peerFolder(`tarteaucitronjs/${folder}`))),
      ),
    },
    head(receipt, _tracker, nonce) {
      const js = code.join('\n');
      code = [];
      return `<script src="${FOLDER}/tarteaucitron.js" nonce="${nonce}"></script>
        <script nonce="${nonce}">
          tarteaucitron.init({
            privacyUrl: '', hashtag: '#tarteaucitron', cookieName: '${receipt}', orientation: 'bottom',
            groupServices: false, serviceDefaultState: 'wait', showAlertSmall: false, cookieslist: false,
            adblocker: false, DenyAllCta: true, AcceptAllCta: true, highPrivacy: true, alwaysNeedConsent: true,
            handleBrowserDNTRequest: false, removeCredit: true, moreInfoLink: false, useExternalCss: false,
            useExternalJs: false, mandatory: false, googleConsentMode: false, bingConsentMode: false,
            pianoConsentMode: false, bypass: false,
          });
          tarteaucitron.services.visits = {
            key: 'visits', type: 'analytic', name: 'Mesurio', uri: '/', needConsent: true,
            cookies: ['t_visits', 't_host', 't_path'],
            js() { ${js} },
          };
          (tarteaucitron.job = tarteaucitron.job || []).push('visits', 'iframe');
        </script>`;
    },
    held: (html) =>
      rewrite(html.replaceAll('</iframe>', '</div>'), ({ tag, attributes, text }) => {
        const src = attributes.get('src');
        if (tag === 'script') {
          const isModule = attributes.get('type') === 'module';
          if (src) {
            const more = isModule ? `, '', undefined, true, 'type', 'module'` : '';
            code.push(`tarteaucitron.addScript('${src}'${more});`);
          } else {
            const script = JSON.stringify(text).replaceAll('</', '<\\/');
            const type = isModule ? 'module' : '';
            code.push(
              `document.head.append(Object.assign(document.createElement('script'), { text: ${script}, type: '${type}' }));`,
            );
          }
          return '';
        }
        if (tag !== 'iframe' || !src) return undefined;
        return `<div class="tac_iframe" data-url="${src}" url="${src}" width="300" height="150" title="a">`;
      }),
    declares: true,
    isReady: `window.tarteaucitron?.job?.includes?.('visits') && document.getElementById('tarteaucitronRoot') && tarteaucitron.added.visits`,
    accept: 'tarteaucitron.userInterface.respondAll(true)',
    reject: 'tarteaucitron.userInterface.respondAll(false)',
    withdraw: 'tarteaucitron.userInterface.respondAll(false)',
    isOwn: () => false,
  };
}
