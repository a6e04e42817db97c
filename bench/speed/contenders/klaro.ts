import { PACKAGES } from '../../install.ts';
import type { Contender } from '../contender.ts';
import { json } from '../markup.ts';
import { CATEGORIES, type Content } from '../situation.ts';
import { packageFile } from './package-file.ts';

const configOf = ({ services }: Content) => ({
  version: 1,
  storageMethod: 'cookie',
  storageName: 'klaro',
  lang: 'en',
  default: false,
  mustConsent: false,
  acceptAll: true,
  groupByPurpose: true,
  translations: {
    en: {
      privacyPolicyUrl: '/privacy',
      purposes: Object.fromEntries(
        CATEGORIES.map((id) => [id, { title: id, description: 'What it is for, in one sentence.' }]),
      ),
    },
  },
  services: [
    { name: 'shop', title: 'Shop', purposes: ['essential'], required: true, default: true },
    ...services.map(({ id, category, name, purpose, cookie }) => ({
      name: id,
      title: name,
      description: purpose,
      purposes: [category],
      cookies: [cookie],
    })),
  ],
});

/**
 * https://klaro.org/docs/getting-started (`defer`, the configuration before it, marks on scripts),
 * https://klaro.org/docs/integration/annotated-configuration (services, purposes, storage).
 */
export const createKlaro = (): Contender => ({
  name: 'klaro',
  version: PACKAGES['klaro'] ?? '',
  file: (name) => packageFile(`klaro/dist/${name}`),
  compose: (content, base) => ({
    head: `<script>window.klaroConfig=${json(configOf(content))}</script>
<script defer src="${base}klaro.js"></script>`,
    body: content.scripts
      .map(({ service, src, code = '' }) => {
        const source = src ? ` data-src="${src}"` : '';
        return `<script type="text/plain" data-type="application/javascript" data-name="${service.id}"${source}>${code}</script>`;
      })
      .join('\n'),
  }),
  accept: '.klaro .cookie-notice .cm-btn-success',
  customize: '.klaro .cookie-notice .cn-learn-more, .klaro .cookie-notice .cm-link',
  preferences: '.klaro .cookie-modal .cm-btn-accept, .klaro .cookie-modal .cm-btn-success',
  showsServices: true,
});
