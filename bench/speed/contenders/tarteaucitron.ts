import { PACKAGES } from '../../install.ts';
import type { Contender } from '../contender.ts';
import { json } from '../markup.ts';
import type { Category, Content } from '../situation.ts';
import { packageFile } from './package-file.ts';

/** It has kinds of its own; these come closest, and each has its heading in the panel. */
const KINDS: Record<Category, string> = {
  essential: 'other',
  analytics: 'analytic',
  preference: 'support',
  personalization: 'ads',
  performance: 'api',
};

/** A script of one's own is the code of a custom service. */
function servicesOf({ services, scripts }: Content): string {
  return services
    .map((service) => {
      const code = scripts
        .filter((script) => script.service === service)
        .map(({ src, code: text }) => (src ? `tarteaucitron.addScript(${json(src)});` : `${text};`))
        .join('');
      const { id, category, name, cookie } = service;
      return `tarteaucitron.services[${json(id)}]={key:${json(id)},type:${json(KINDS[category])},name:${json(name)},needConsent:true,cookies:[${json(cookie)}],js(){${code}},fallback(){}};
(tarteaucitron.job=tarteaucitron.job||[]).push(${json(id)});`;
    })
    .join('\n');
}

/**
 * https://github.com/AmauriC/tarteaucitron.js#readme: "How to use" with its defaults, "Create custom service". The bar at the
 * bottom instead of the default in the middle, since the others are bars; the minified file, which loads minified ones.
 */
export const createTarteaucitron = (): Contender => ({
  name: 'tarteaucitronjs',
  version: PACKAGES['tarteaucitronjs'] ?? '',
  file: (name) => packageFile(`tarteaucitronjs/${name}`),
  compose: (content, base) => ({
    head: `<script src="${base}tarteaucitron.min.js"></script>
<script>tarteaucitron.init({privacyUrl:'/privacy',orientation:'bottom',showIcon:false,removeCredit:true,googleConsentMode:false,bingConsentMode:false,pianoConsentMode:false})
${servicesOf(content)}</script>`,
  }),
  accept: '#tarteaucitronPersonalize2',
  customize: '#tarteaucitronCloseAlert',
  preferences: '#tarteaucitronAllAllowed',
  // Half a second after its root is there it listens to its buttons.
  wakesAfter: 600,
  showsServices: true,
});
