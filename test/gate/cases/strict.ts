import type { GateCase } from '../case.ts';
import { NONCE } from '../nonce.ts';
import { ranCode } from '../tracker.ts';

const group = 'Strict pages';
const csp = (policy: string) => ({ 'content-security-policy': policy });
const NONCE_ONLY = `script-src 'nonce-${NONCE}'`;
const STRICT_DYNAMIC = `script-src 'nonce-${NONCE}' 'strict-dynamic'; object-src 'none'; base-uri 'none'`;
const TRUSTED_TYPES = `${STRICT_DYNAMIC}; require-trusted-types-for 'script'`;
const both = (tracker: string) =>
  `<script nonce="${NONCE}" src="${tracker}/s/a.js"></script><script nonce="${NONCE}">${ranCode('b')}</script>`;

/** Pages whose own security policy is strict. */
export const STRICT: readonly GateCase[] = [
  {
    id: 'csp-nonce',
    group,
    title: 'Content-Security-Policy with a nonce',
    page: ({ held, tracker }) => ({ headers: csp(NONCE_ONLY), body: held(both(tracker)) }),
    released: { reached: ['/s/a.js'], ran: ['a', 'b'] },
  },
  {
    id: 'csp-no-nonce',
    group,
    title: 'A held script without the nonce is refused by the policy, also after a yes',
    page: ({ held, tracker }) => ({
      headers: csp(NONCE_ONLY),
      body: held(`<script src="${tracker}/s/a.js"></script><script>${ranCode('b')}</script>`),
    }),
  },
  {
    id: 'csp-strict-dynamic',
    group,
    title: "Content-Security-Policy with a nonce and `'strict-dynamic'`",
    page: ({ held, tracker }) => ({ headers: csp(STRICT_DYNAMIC), body: held(both(tracker)) }),
    released: { reached: ['/s/a.js'], ran: ['a', 'b'] },
  },
  {
    id: 'csp-hosts',
    group,
    title: 'Content-Security-Policy with a list of hosts: images, frames and scripts of the tracker',
    page: ({ held, tracker, origin }) => ({
      headers: csp(
        `script-src 'self' ${origin} 'nonce-${NONCE}'; img-src ${origin} data:; frame-src ${origin}`,
      ),
      body: held(
        `<script src="${tracker}/s/a.js"></script><img src="${tracker}/p/a.gif" alt=""><iframe src="${tracker}/f/a.html" title="a"></iframe>`,
      ),
    }),
    released: { reached: ['/f/a.html', '/p/a.gif', '/s/a.js'], ran: ['a'] },
  },
  {
    id: 'csp-styles',
    group,
    title: 'Content-Security-Policy without inline styles: scripts, images and frames',
    page: ({ held, tracker }) => ({
      headers: csp(`style-src 'self'; ${NONCE_ONLY}`),
      body: held(
        `${both(tracker)}<img src="${tracker}/p/a.gif" alt=""><iframe src="${tracker}/f/a.html" title="a"></iframe>`,
      ),
    }),
    released: { reached: ['/f/a.html', '/p/a.gif', '/s/a.js'], ran: ['a', 'b'] },
  },
  {
    id: 'trusted-types',
    group,
    title: 'Trusted Types: scripts that the parser made, with their own `src` or inline',
    page: ({ held, tracker }) => ({ headers: csp(TRUSTED_TYPES), body: held(both(tracker)) }),
    released: { reached: ['/s/a.js'], ran: ['a', 'b'] },
  },
  {
    id: 'trusted-types-files',
    group,
    title: 'Trusted Types: images and frames',
    page: ({ held, tracker }) => ({
      headers: csp(`require-trusted-types-for 'script'`),
      body: held(
        `<img src="${tracker}/p/a.gif" alt=""><iframe src="${tracker}/f/a.html" title="a"></iframe>`,
      ),
    }),
    released: { reached: ['/f/a.html', '/p/a.gif'] },
  },
  {
    id: 'meta-csp',
    group,
    title: 'Content-Security-Policy in a `<meta>`',
    page: ({ held, tracker }) => ({
      beforeLibrary: `<meta http-equiv="Content-Security-Policy" content="${NONCE_ONLY}">`,
      body: held(both(tracker)),
    }),
    released: { reached: ['/s/a.js'], ran: ['a', 'b'] },
  },
];
