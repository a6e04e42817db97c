import type { GateCase } from '../case.ts';
import { ranCode } from '../tracker.ts';

const group = 'Out of reach of any script in a page';
const acts = (reached: string[], ran: string[] = []) => ({ reached, ran });
const ONCE_RUN = 'the browser runs it as it stands: only markup that it does not run can be held. Mark it.';

/**
 * What no script in a page can hold. Each case shows that it acts before any choice: should a browser or a
 * later version of the library change that, the table changes with it.
 */
export const IMPOSSIBLE: readonly GateCase[] = [
  {
    id: 'unmarked-script',
    group,
    title: 'An external script without a mark',
    page: ({ tracker }) => ({ body: `<script src="${tracker}/s/a.js"></script>` }),
    leaks: acts(['/s/a.js'], ['a']),
    impossible:
      'the preload scanner of the browser requests it before any script runs, and the parser runs it. Mark it.',
  },
  {
    id: 'unmarked-inline',
    group,
    title: 'An inline script without a mark',
    page: () => ({ body: `<script>${ranCode('a')}</script>` }),
    leaks: acts([], ['a']),
    impossible: ONCE_RUN,
  },
  {
    id: 'unmarked-image',
    group,
    title: 'An image without a mark',
    page: ({ tracker }) => ({ body: `<img src="${tracker}/p/a.gif" alt="">` }),
    leaks: acts(['/p/a.gif']),
    impossible: 'requested while the page is parsed, before any script could take the address away. Mark it.',
  },
  {
    id: 'unmarked-frame',
    group,
    title: 'A frame without a mark',
    page: ({ tracker }) => ({ body: `<iframe src="${tracker}/f/a.html" title="a"></iframe>` }),
    leaks: acts(['/f/a.html']),
    impossible: 'requested the moment it is parsed. Mark it.',
  },
  {
    id: 'unmarked-stylesheet',
    group,
    title: 'The files that a style sheet without a mark names',
    page: ({ tracker }) => ({ head: `<style>h1 { background: url(${tracker}/p/a.gif) }</style>` }),
    leaks: acts(['/p/a.gif']),
    impossible: 'a style sheet is applied as it is read. Use a held `style` attribute or a held `<link>`.',
  },
  {
    id: 'event-attribute',
    group,
    title: 'Code in an event attribute',
    page: () => ({ body: `<img src="data:," onerror="${ranCode('a')}" alt="">` }),
    leaks: acts([], ['a']),
    impossible: ONCE_RUN,
  },
  {
    id: 'dynamic-import',
    group,
    title: '`import()` in a script that may run',
    page: ({ tracker }) => ({ body: `<script>import('${tracker}/s/a.js')</script>` }),
    leaks: acts(['/s/a.js'], ['a']),
    impossible:
      'it is syntax: nothing that a page could replace stands between. Hold the script that says it.',
  },
  {
    id: 'fetch',
    group,
    title: '`fetch` in a script that may run',
    page: ({ tracker }) => ({ body: `<script>fetch('${tracker}/p/a.gif', { mode: 'no-cors' })</script>` }),
    leaks: acts(['/p/a.gif']),
    impossible:
      'the gate holds elements, not what a running script does. Hold the script; the server can refuse by Content-Security-Policy.',
  },
  {
    id: 'link-header',
    group,
    title: 'A `Link: rel=preload` header of the site',
    page: ({ tracker }) => ({ headers: { link: `<${tracker}/p/a.gif>; rel=preload; as=image` } }),
    leaks: acts(['/p/a.gif']),
    impossible: 'the browser acts on it before it has read the page. Take it out on the server.',
  },
  {
    id: 'set-cookie-header',
    group,
    title: 'A `Set-Cookie` header of the site',
    page: () => ({ headers: { 'set-cookie': 's_server=1; Path=/' } }),
    leaks: { stored: ['cookie s_server'] },
    impossible: 'stored before the page is read. The server has to read the receipt first: docs/receipt.md.',
  },
  {
    id: 'service-worker',
    group,
    title: "A request by the site's own service worker",
    page: ({ tracker }) => ({
      files: {
        '/worker.js': {
          body: `addEventListener('message', ({ data }) => fetch(data, { mode: 'no-cors' }))`,
          type: 'text/javascript',
        },
      },
      act: `const { active } = await navigator.serviceWorker.register('/worker.js')
          .then(() => navigator.serviceWorker.ready);
        active.postMessage('${tracker}/p/a.gif');`,
    }),
    leaks: acts(['/p/a.gif']),
    impossible: 'it runs outside of every page. Its own code has to ask.',
  },
  {
    id: 'fresh-realm',
    group,
    title: 'A request from the fresh window of an empty frame',
    page: ({ tracker }) => ({
      act: `const frame = document.createElement('iframe'); document.body.append(frame);
        frame.contentWindow.fetch('${tracker}/p/a.gif', { mode: 'no-cors' }).catch(() => {});`,
    }),
    leaks: acts(['/p/a.gif']),
    impossible: 'the window has functions of its own. Hold the script that makes it.',
  },
  {
    id: 'running-timers',
    group,
    title: 'The timers of a script that ran, after a withdrawal',
    page: ({ held, tracker }) => ({
      body: held(`<script>
        ${ranCode('a')} setInterval(() => fetch('${tracker}/p/a.gif', { mode: 'no-cors' }), 25);
      </script>`),
    }),
    released: acts(['/p/a.gif'], ['a']),
    withdrawn: { reached: ['/p/a.gif'] },
    impossible:
      'nothing stops a script that runs. `$needsReload` says so, `reload: true` reloads the page, `onWithdraw` lets it stop itself.',
  },
];
