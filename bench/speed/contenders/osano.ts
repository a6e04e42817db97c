import { PACKAGES } from '../../install.ts';
import type { Contender } from '../contender.ts';
import { heldMarkup } from '../markup.ts';
import { packageFile } from './package-file.ts';

/** It holds nothing: what its callbacks are for is left to the site, and this is the least that a site would write. */
const RELEASE = `function release(){if(!this.hasConsented())return;
for(const held of document.querySelectorAll('script[type="text/plain"]')){const script=document.createElement('script');
script.async=false;if(held.dataset.src)script.src=held.dataset.src;else script.text=held.text;held.replaceWith(script)}}`;

/**
 * https://cookieconsent.osano.com/documentation/javascript-api/ (`initialise`, `onInitialise`, `onStatusChange`),
 * https://cookieconsent.osano.com/documentation/compliance/ (`opt-in`). One answer to everything: neither categories nor
 * preferences.
 */
export const createOsano = (): Contender => ({
  name: 'osano',
  version: PACKAGES['cookieconsent'] ?? '',
  file: (name) => packageFile(`cookieconsent/build/${name}`),
  compose: ({ scripts }, base) => ({
    head: `<link rel="stylesheet" href="${base}cookieconsent.min.css">`,
    body: `${heldMarkup(scripts, () => '', 'data-src')}
<script src="${base}cookieconsent.min.js"></script>
<script>${RELEASE}
cookieconsent.initialise({type:'opt-in',palette:{popup:{background:'#fff',text:'#111'},button:{background:'#111',text:'#fff'}},
onInitialise:release,onStatusChange:release})</script>`,
  }),
  accept: '.cc-window .cc-allow',
  showsServices: false,
});
