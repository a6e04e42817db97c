import type { GateCase } from '../case.ts';
import { ranCode } from '../tracker.ts';

const group = 'Scripts';
const inline = (name: string, attributes = '') => `<script${attributes}>${ranCode(name)}</script>`;

/** One script, in each of the ways in which one can be written. */
export const SCRIPTS: readonly GateCase[] = [
  {
    id: 'external',
    group,
    title: 'An external script with its `src`',
    page: ({ held, tracker }) => ({ body: held(`<script src="${tracker}/s/a.js"></script>`) }),
    released: { reached: ['/s/a.js'], ran: ['a'] },
  },
  {
    id: 'external-head',
    group,
    title: 'An external script in the head, before the body is parsed',
    page: ({ held, tracker }) => ({ head: held(`<script src="${tracker}/s/a.js"></script>`) }),
    released: { reached: ['/s/a.js'], ran: ['a'] },
  },
  {
    id: 'data-src',
    group,
    title: 'An external script with `data-src`',
    page: ({ held, tracker }) => ({
      body: held(`<script src="${tracker}/s/a.js"></script>`, { dataSrc: true }),
    }),
    released: { reached: ['/s/a.js'], ran: ['a'] },
  },
  {
    id: 'inline',
    group,
    title: 'An inline script',
    page: ({ held }) => ({ body: held(inline('a')) }),
    released: { ran: ['a'] },
  },
  {
    id: 'by-category',
    group,
    title: 'A script marked by its category alone',
    page: ({ held, tracker }) => ({
      body: held(`<script src="${tracker}/s/a.js"></script>`, { by: 'category' }),
    }),
    released: { reached: ['/s/a.js'], ran: ['a'] },
  },
  {
    id: 'by-service',
    group,
    title: 'A script marked by its service alone',
    page: ({ held, tracker }) => ({
      body: held(`<script src="${tracker}/s/a.js"></script>`, { by: 'service' }),
    }),
    released: { reached: ['/s/a.js'], ran: ['a'] },
  },
  {
    id: 'async',
    group,
    element: true,
    title: 'An `async` script, which is still `async`',
    page: ({ held, tracker }) => ({
      body: held(`<script id="one" async src="${tracker}/s/a.js"></script>`),
      fact: 'document.getElementById("one").async',
    }),
    released: { reached: ['/s/a.js'], ran: ['a'] },
    facts: { control: true, accepted: true },
  },
  {
    id: 'defer',
    group,
    element: true,
    title: 'A `defer` script, which is still `defer`',
    page: ({ held, tracker }) => ({
      body: held(`<script id="one" defer src="${tracker}/s/a.js"></script>`),
      fact: '(({ async, defer }) => [async, defer])(document.getElementById("one"))',
    }),
    released: { reached: ['/s/a.js'], ran: ['a'] },
    facts: { control: [false, true], accepted: [false, true] },
  },
  {
    id: 'module',
    group,
    title: 'A module and what it imports',
    page: ({ held, tracker }) => ({
      body: held(`<script type="module" src="${tracker}/s/a.js"></script>`),
      scripts: { a: `import './b.js'; import('./c.js'); ${ranCode('a')}` },
    }),
    released: { reached: ['/s/a.js', '/s/b.js', '/s/c.js'], ran: ['b', 'a', 'c'] },
  },
  {
    id: 'module-inline',
    group,
    title: 'An inline module, with a scope of its own and `import.meta`',
    page: ({ held }) => ({
      body: held(
        `<script type="module">const own = 1; ${ranCode('a')} __ran.push(typeof import.meta.url)</script>`,
      ),
      fact: 'typeof own',
    }),
    released: { ran: ['a', 'string'] },
    facts: { control: 'undefined', accepted: 'undefined' },
  },
  {
    id: 'import-map',
    group,
    title: "A module that needs the page's import map, which stands before the SDK",
    page: ({ held, tracker }) => ({
      beforeLibrary: `<script type="importmap">{ "imports": { "counter": "${tracker}/s/b.js" } }</script>`,
      body: held(`<script type="module">import 'counter'; ${ranCode('a')}</script>`),
    }),
    released: { reached: ['/s/b.js'], ran: ['b', 'a'] },
  },
  {
    id: 'import-map-after',
    group,
    title: "A module that needs the page's import map, which stands after the SDK",
    page: ({ held, tracker }) => ({
      head: `<script type="importmap">{ "imports": { "counter": "${tracker}/s/b.js" } }</script>`,
      body: held(`<script type="module">import 'counter'; ${ranCode('a')}</script>`),
    }),
    released: { reached: ['/s/b.js'], ran: ['b', 'a'] },
  },
  {
    id: 'attributes',
    group,
    element: true,
    title: 'A script keeps `id`, `class`, `crossorigin`, `referrerpolicy` and its own `data-` attributes',
    page: ({ held, tracker }) => ({
      body: held(
        `<script id="one" class="tag" crossorigin="anonymous" referrerpolicy="no-referrer" data-site="7" src="${tracker}/s/a.js"></script>`,
      ),
      scripts: { a: `${ranCode('a')} __ran.push(document.currentScript.dataset.site)` },
      fact: '(({ className, crossOrigin, referrerPolicy }) => [className, crossOrigin, referrerPolicy])(document.getElementById("one"))',
    }),
    released: { reached: ['/s/a.js'], ran: ['a', '7'] },
    facts: {
      control: ['tag', 'anonymous', 'no-referrer'],
      accepted: ['tag', 'anonymous', 'no-referrer'],
    },
  },
  {
    id: 'integrity',
    group,
    title: 'A script whose `integrity` does not match stays out, also after a yes',
    page: ({ held, tracker }) => ({
      body: held(
        `<script crossorigin="anonymous" integrity="sha256-47DEQpj8HBSa-/TImW-5JCeuQeRkm5NMpJWZG3hSuFU=" src="${tracker}/s/a.js"></script>`,
      ),
    }),
    released: { reached: ['/s/a.js'] },
  },
  {
    id: 'sets-a-cookie',
    group,
    title:
      'A script that sets a cookie and fills two storages: none before a yes, all gone after a withdrawal',
    page: ({ held, tracker }) => ({
      body: held(`<script src="${tracker}/s/a.js"></script>`),
      scripts: {
        a: `${ranCode('a')} document.cookie = 't_visits=1; path=/; max-age=999'; localStorage.t_local = 1; sessionStorage.t_session = 1;`,
      },
    }),
    released: {
      reached: ['/s/a.js'],
      ran: ['a'],
      stored: ['cookie t_visits', 'localStorage t_local', 'sessionStorage t_session'],
    },
  },
  {
    id: 'current-script',
    group,
    element: true,
    title: 'A script that looks for itself with `document.currentScript` and inserts before itself',
    page: ({ held }) => ({
      body: `<div id="place">${held(`<script>
        const mark = document.createElement('i');
        document.currentScript.before(mark);
        ${ranCode('a')}
      </script>`)}</div>`,
      fact: 'document.querySelector("#place > i") !== null',
    }),
    released: { ran: ['a'] },
    facts: { control: true, before: false, accepted: true },
  },
  {
    id: 'replay',
    group,
    title: 'With `data-replay`, its listeners for `DOMContentLoaded` and `load` are called, once each',
    page: ({ held, tracker }) => ({
      body: held(`<script src="${tracker}/s/a.js"></script>`, { attributes: 'data-replay' }),
      scripts: {
        a: `document.addEventListener('DOMContentLoaded', () => { ${ranCode('ready')} });
          window.addEventListener('load', () => { ${ranCode('load')} });
          ${ranCode('a')}`,
      },
    }),
    released: { reached: ['/s/a.js'], ran: ['a', 'ready', 'load'] },
    own: true,
  },
  {
    id: 'no-replay',
    group,
    title: 'Without `data-replay`, events that are over stay over, as for any late script',
    page: ({ held, tracker }) => ({
      body: held(`<script src="${tracker}/s/a.js"></script>`),
      scripts: { a: `addEventListener('load', () => { ${ranCode('load')} }); ${ranCode('a')}` },
    }),
    released: { reached: ['/s/a.js'], ran: ['a'] },
    unmarked: { reached: ['/s/a.js'], ran: ['a', 'load'] },
    own: true,
  },
  {
    id: 'document-write',
    group,
    title: '`document.write` in a released script never wipes the page',
    page: ({ held, tracker }) => ({
      body: held(`<script src="${tracker}/s/a.js"></script>`),
      scripts: { a: `${ranCode('a')} document.write('<p>written</p>');` },
      fact: 'document.querySelector("h1") !== null',
    }),
    released: { reached: ['/s/a.js'], ran: ['a'] },
    facts: { control: true, before: true, accepted: true, withdrawn: true },
  },
  {
    id: 'document-write-later',
    group,
    title: '`document.write` later, in a timer of a released script, never wipes the page',
    page: ({ held }) => ({
      body: held(
        `<script>setTimeout(() => { document.write('<p>written</p>'); ${ranCode('a')} }, 30);</script>`,
      ),
      fact: 'document.querySelector("h1") !== null',
    }),
    released: { ran: ['a'] },
    unmarked: 'not compared',
    facts: { before: true, accepted: true },
  },
  {
    id: 'noscript-pixel',
    group,
    title: 'A pixel in `<noscript>` is not requested by a browser that runs scripts',
    page: ({ tracker }) => ({ body: `<noscript><img src="${tracker}/p/a.gif" alt=""></noscript>` }),
  },
];
