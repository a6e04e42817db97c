import { buildSync } from 'esbuild';
import type { Library } from '../../test/gate/library.ts';
import { attributesText, rewrite } from '../../test/gate/marks.ts';
import { BENCH } from './files.ts';

const FILE = '/peers/c15t.js';

interface Declared {
  id: string;
  category: 'measurement';
  src?: string;
  textContent?: string;
  async?: boolean;
  defer?: boolean;
  attributes?: Record<string, string>;
}

let bundled: string | undefined;
const bundle = () => {
  bundled ??= buildSync({
    stdin: {
      contents: `export { getOrCreateConsentRuntime } from 'c15t';`,
      resolveDir: BENCH,
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    globalName: 'c15t',
    define: { 'process.env.NODE_ENV': '"production"' },
  }).outputFiles[0]?.text;
  return bundled ?? '';
};

/**
 * Documentation that comes with the package: docs/frameworks/javascript/quickstart.md and
 * concepts/client-modes.md (offline, in Germany), script-loader.md (scripts are declared, not marked, so that
 * what would be marked is declared), iframe-blocking.md (`data-src`, `data-category`, `initializeIframeBlocker`).
 */
export function createC15t(): Library {
  let declared: Declared[] = [];
  return {
    name: 'c15t',
    files: { [FILE]: { body: bundle(), type: 'text/javascript' } },
    head(receipt, _tracker, nonce) {
      const scripts = JSON.stringify(declared).replaceAll('</', '<\\/');
      declared = [];
      return `<script src="${FILE}" nonce="${nonce}"></script>
        <script nonce="${nonce}">
          // It wants a body to watch.
          document.addEventListener('DOMContentLoaded', () => {
          const runtime = c15t.getOrCreateConsentRuntime({
            mode: 'offline',
            consentCategories: ['necessary', 'measurement'],
            overrides: { country: 'DE' },
            storageConfig: { storageKey: '${receipt}' },
            scripts: ${scripts},
          });
          window.consents = runtime.consentStore;
          consents.getState().initializeIframeBlocker();
          window.__ready = true;
          });
        </script>`;
    },
    held: (html) =>
      rewrite(html, ({ tag, attributes, text }) => {
        if (tag === 'script') {
          const { src, async, defer, ...more } = Object.fromEntries(attributes);
          declared.push({
            id: `s${declared.length}`,
            category: 'measurement',
            ...(src ? { src } : { textContent: text }),
            ...(async === undefined ? {} : { async: true }),
            ...(defer === undefined ? {} : { defer: true }),
            attributes: more,
          });
          return '';
        }
        if (tag !== 'iframe' || !attributes.has('src')) return undefined;
        const kept = new Map(
          [...attributes].map(([name, value]) => [name === 'src' ? 'data-src' : name, value]),
        );
        return `<iframe data-category="measurement"${attributesText(kept)}>`;
      }),
    declares: true,
    isReady: 'window.__ready',
    accept: `consents.getState().saveConsents('all')`,
    reject: `consents.getState().saveConsents('necessary')`,
    withdraw: `consents.getState().saveConsents('necessary')`,
    // docs/frameworks/javascript/callbacks.md: revocation reloads, unless a site turns that off.
    reloads: true,
    isOwn: (name) => name.startsWith('c15t'),
  };
}
