import type { Contender } from '../contender.ts';
import { heldMarkup } from '../markup.ts';
import { CATEGORIES } from '../situation.ts';

const STYLE = `
#bar,#more{position:fixed;inset:auto 0 0;padding:1rem;background:#fff;color:#111;border-top:1px solid #888;font:1rem/1.4 sans-serif}
#more{top:0;overflow:auto}#more li{content-visibility:auto;contain-intrinsic-height:auto 1.4rem}#bar[hidden],#more[hidden]{display:none}#bar button,#more button{font:inherit;padding:.5rem 1rem}`;

/** Written by hand: nothing that a library has to do is left out, and nothing that a page could do without is in. */
const CODE = `
const bar=document.getElementById('bar'),more=document.getElementById('more');
const release=()=>{for(const held of document.querySelectorAll('script[type="text/plain"]')){
const script=document.createElement('script');script.async=false;
if(held.dataset.src)script.src=held.dataset.src;else script.text=held.text;held.replaceWith(script)}};
const answer=value=>{document.cookie='floor='+value+';max-age=15552000;path=/;samesite=lax';bar.hidden=more.hidden=true;if(value==='yes')release()};
const known=/(?:^|; )floor=(\\w+)/.exec(document.cookie);
if(known){bar.remove();if(known[1]==='yes')release()}
else{bar.hidden=false;yes.onclick=save.onclick=()=>answer('yes');no.onclick=()=>answer('no');choose.onclick=()=>{more.hidden=false}}`.trim();

/** The least that asks, remembers and releases: static markup, one inline script, no library. */
export const floor: Contender = {
  name: 'floor',
  version: '',
  file: () => undefined,
  compose({ services, scripts }) {
    const purposes = CATEGORIES.map((name) => `<li>${name}</li>`).join('');
    const rows = services
      .map(
        ({ id, name, purpose }) =>
          `<li><label><input type="checkbox" name="${id}"> ${name}</label> ${purpose}</li>`,
      )
      .join('\n');
    return {
      head: `<style>${STYLE}</style>`,
      body: `${heldMarkup(scripts, () => '', 'data-src')}
<div id="bar" role="region" aria-label="Cookies"><h2>Your cookie choices</h2>
<p>We use cookies. Those that make the site work are always on; the others wait for your consent:</p><ul>${purposes}</ul>
<button id="no">Reject all</button> <button id="yes">Accept all</button> <button id="choose">Customize</button></div>
<div id="more" role="dialog" aria-label="Cookies" hidden><button id="save">Save</button><ul>${rows}</ul></div>
<script>${CODE}</script>`,
    };
  },
  accept: '#yes',
  customize: '#choose',
  preferences: '#save',
  showsServices: true,
};
