import { type BuildOptions, buildSync } from 'esbuild';
import { PACKAGES } from '../../install.ts';
import { BENCH } from '../../peers/files.ts';
import type { Contender, File } from '../contender.ts';
import { json } from '../markup.ts';
import type { Category, Content } from '../situation.ts';

/** It has five categories of its own; these are what they are called there. */
const NAMES: Record<Category, string> = {
  essential: 'necessary',
  analytics: 'measurement',
  preference: 'functionality',
  personalization: 'marketing',
  performance: 'experience',
};

/** What an app without anything else would be: the provider of the quickstart in a root of its own. */
const APP = `
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { ConsentBanner, ConsentDialog, ConsentManagerProvider } from '@c15t/react';
createRoot(document.getElementById('c15t')).render(
  createElement(ConsentManagerProvider, {
    options: {
      mode: 'offline',
      consentCategories: ${JSON.stringify(Object.values(NAMES))},
      overrides: { country: 'DE' },
      scripts: window.scripts,
    },
  }, createElement(ConsentBanner), createElement(ConsentDialog)));
`;

let files: ReadonlyMap<string, File> | undefined;
function bundle(): ReadonlyMap<string, File> {
  const build = (options: BuildOptions, type: string): File => {
    const output = buildSync({ ...options, bundle: true, minify: true, write: false, legalComments: 'none' });
    return { body: Buffer.from(output.outputFiles?.[0]?.contents ?? []), type };
  };
  const code: BuildOptions = {
    stdin: { contents: APP, resolveDir: BENCH },
    format: 'esm',
    define: { 'process.env.NODE_ENV': '"production"' },
  };
  const style: BuildOptions = {
    stdin: { contents: '@import "@c15t/react/styles.css";', resolveDir: BENCH, loader: 'css' },
  };
  return new Map([
    ['app.js', build(code, 'text/javascript')],
    ['app.css', build(style, 'text/css')],
  ]);
}

const scriptsOf = ({ scripts }: Content) =>
  scripts.map(({ service, src, code }, index) => ({
    id: `script${index}`,
    category: NAMES[service.category],
    ...(src ? { src } : { textContent: code }),
  }));

/**
 * Documentation that comes with the package: docs/frameworks/react/quickstart.md (provider, banner, dialog, stylesheet in the
 * app's own CSS), docs/shared/concepts/client-modes.md (offline, so that no server of its own is waited for),
 * docs/frameworks/react/script-loader.md (scripts are declared). It has no services. React is counted, since a page without
 * React has to bring it; bundled by esbuild for production.
 */
export const createC15t = (): Contender => ({
  name: 'c15t',
  version: PACKAGES['@c15t/react'] ?? '',
  file(name) {
    files ??= bundle();
    return files.get(name);
  },
  compose: (content, base) => ({
    head: `<link rel="stylesheet" href="${base}app.css">
<script>window.scripts=${json(scriptsOf(content))}</script>
<script type="module" src="${base}app.js"></script>`,
    body: '<div id="c15t"></div>',
  }),
  accept: '[data-testid=consent-banner-accept-button]',
  customize: '[data-testid=consent-banner-customize-button]',
  preferences: '[data-testid=consent-widget-footer-save-button]',
  showsServices: false,
});
