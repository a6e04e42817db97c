import type { GateCase } from '../case.ts';
import { ranCode } from '../tracker.ts';

const group = 'Order of scripts';
const inline = (name: string) => `<script>${ranCode(name)}</script>`;
const HUNDRED = Array.from({ length: 100 }, (_, index) => `i${index}`);

/** Several scripts: released in the order in which the browser would have run them. */
export const ORDER: readonly GateCase[] = [
  {
    id: 'inline-after-external',
    group,
    title: 'An inline script waits for the slow external one before it',
    page: ({ held, tracker }) => ({
      body: held(`<script src="${tracker}/slow-150/s/a.js"></script>${inline('b')}`),
    }),
    released: { reached: ['/slow-150/s/a.js'], ran: ['a', 'b'] },
  },
  {
    id: 'external-order',
    group,
    title: 'External scripts run as they stand, the slow one first',
    page: ({ held, tracker }) => ({
      body: held(
        `<script src="${tracker}/slow-150/s/a.js"></script><script src="${tracker}/s/b.js"></script><script src="${tracker}/s/c.js"></script>`,
      ),
    }),
    released: { reached: ['/s/b.js', '/s/c.js', '/slow-150/s/a.js'], ran: ['a', 'b', 'c'] },
  },
  {
    id: 'defer-and-modules-last',
    group,
    title: 'Classic scripts first, then the deferred ones and modules, each in their order',
    page: ({ held, tracker }) => ({
      body: held(
        `<script defer src="${tracker}/s/c.js"></script><script type="module">${ranCode('d')}</script><script src="${tracker}/slow-50/s/a.js"></script>${inline('b')}<script type="module" src="${tracker}/s/e.js"></script>`,
      ),
    }),
    released: {
      reached: ['/s/c.js', '/s/e.js', '/slow-50/s/a.js'],
      ran: ['a', 'b', 'c', 'd', 'e'],
    },
  },
  {
    id: 'async-keeps-nothing-back',
    group,
    title: 'A slow `async` script keeps nothing back',
    page: ({ held, tracker }) => ({
      body: held(`<script async src="${tracker}/slow-150/s/b.js"></script>${inline('a')}`),
    }),
    released: { reached: ['/slow-150/s/b.js'], ran: ['a', 'b'] },
  },
  {
    id: 'missing-source',
    group,
    title: 'A source that answers 404 keeps nobody back',
    page: ({ held, tracker }) => ({
      body: held(`<script src="${tracker}/fail/a.js"></script>${inline('b')}`),
    }),
    released: { reached: ['/fail/a.js'], ran: ['b'] },
  },
  {
    id: 'dead-host',
    group,
    title: 'A host that refuses the connection keeps nobody back',
    page: ({ held, tracker }) => ({
      // Port 1 is on the list of those that browsers never connect to.
      body: held(
        `<script src="http://127.0.0.1:1/a.js"></script>${inline('b')}<script src="${tracker}/s/c.js"></script>`,
      ),
    }),
    released: { reached: ['/s/c.js'], ran: ['b', 'c'] },
  },
  {
    id: 'throwing-script',
    group,
    title: 'A script that throws keeps nobody back',
    page: ({ held }) => ({ body: held(`<script>throw new Error('tracker');</script>${inline('b')}`) }),
    released: { ran: ['b'] },
  },
  {
    id: 'syntax-error',
    group,
    title: 'A script that does not parse keeps nobody back',
    page: ({ held }) => ({ body: held(`<script>this is no script</script>${inline('b')}`) }),
    released: { ran: ['b'] },
  },
  {
    id: 'shared-globals',
    group,
    title: 'A script sees the `let` and `const` of the ones before it',
    page: ({ held }) => ({
      body: held(`<script>let shared = 'a';</script><script>(window.__ran ??= []).push(shared)</script>`),
    }),
    released: { ran: ['a'] },
  },
  {
    id: 'hundred',
    group,
    title: 'A hundred inline scripts run in their order',
    page: ({ held }) => ({ body: held(HUNDRED.map(inline).join('')) }),
    released: { ran: HUNDRED },
  },
];
