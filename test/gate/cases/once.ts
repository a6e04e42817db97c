import type { GateCase } from '../case.ts';
import { ranCode } from '../tracker.ts';

const group = 'Exactly once';
const inline = (name: string, id: string) => `<script id="${id}">${ranCode(name)}</script>`;

/** What pages do to elements while they are held, and after. */
export const ONCE: readonly GateCase[] = [
  {
    id: 'scanned-twice',
    group,
    title: 'A page that is scanned again and again',
    page: ({ held, tracker }) => ({
      body: held(`<script src="${tracker}/s/a.js"></script>${inline('b', 'b')}`),
      act: 'window.bandeau?.scan(); window.bandeau?.scan(document.body);',
      afterAccept: 'for (let i = 0; i < 3; i++) { bandeau.scan(); await 0; bandeau.scan(document.body); }',
    }),
    released: { reached: ['/s/a.js'], ran: ['a', 'b'] },
    own: true,
  },
  {
    id: 'accepted-twice',
    group,
    title: 'A visitor who says yes again',
    page: ({ held, tracker }) => ({
      body: held(`<script src="${tracker}/s/a.js"></script>${inline('b', 'b')}`),
      afterAccept: 'if (bandeau.isGranted("visits")) bandeau.acceptAll();',
    }),
    released: { reached: ['/s/a.js'], ran: ['a', 'b'] },
    own: true,
  },
  {
    id: 'moved-before',
    group,
    element: true,
    title: 'A script that is moved while it is held',
    page: ({ held, tracker }) => ({
      body: `<div id="to"></div>${held(`<script id="one" src="${tracker}/s/a.js"></script>`)}`,
      act: 'document.getElementById("to").append(document.getElementById("one"));',
    }),
    released: { reached: ['/s/a.js'], ran: ['a'] },
  },
  {
    id: 'moved-after',
    group,
    element: true,
    title: 'A script that is moved after it ran',
    page: ({ held }) => ({
      body: `<div id="to"></div>${held(inline('a', 'one'))}`,
      afterAcceptOnce: 'window.__ran',
      afterAccept: `document.getElementById('to').append(document.getElementById('one'));`,
    }),
    released: { ran: ['a'] },
  },
  {
    id: 'cloned-after',
    group,
    element: true,
    title: 'A clone of a script that ran does not run',
    page: ({ held }) => ({
      body: `<div id="to"></div>${held(inline('a', 'one'))}`,
      afterAcceptOnce: 'window.__ran',
      afterAccept: `if (window.__ran) document.getElementById('to').append(document.getElementById('one').cloneNode(true));`,
    }),
    released: { ran: ['a'] },
  },
  {
    id: 'cloned-before',
    group,
    element: true,
    title:
      'A held script that is cloned runs once: the clone is a copy, and a browser runs no copy of a script',
    page: ({ held }) => ({
      body: `<div id="to"></div>${held(inline('a', 'one'))}`,
      act: `document.getElementById('to').append(document.getElementById('one').cloneNode(true));`,
    }),
    released: { ran: ['a'] },
  },
  {
    id: 'removed',
    group,
    element: true,
    title: 'A script that is taken out of the page before the yes does not run',
    page: ({ held, tracker }) => ({
      body: held(`<script id="one" src="${tracker}/s/a.js"></script>${inline('b', 'b')}`),
      act: 'document.getElementById("one").remove();',
    }),
    released: { ran: ['b'] },
    unmarked: { reached: ['/s/a.js'], ran: ['a', 'b'] },
  },
  {
    id: 'removed-and-back',
    group,
    element: true,
    title: 'A script that is taken out and put back before the yes runs once',
    page: ({ held, tracker }) => ({
      body: held(`<script id="one" src="${tracker}/s/a.js"></script>`),
      act: 'const one = document.getElementById("one"); one.remove(); await 0; document.body.append(one);',
    }),
    released: { reached: ['/s/a.js'], ran: ['a'] },
  },
  {
    id: 'same-source-twice',
    group,
    title: 'Two scripts with one address are two scripts',
    page: ({ held, tracker }) => ({
      body: held(`<script src="${tracker}/s/a.js"></script><script src="${tracker}/s/a.js"></script>`),
    }),
    released: { reached: ['/s/a.js'], ran: ['a', 'a'] },
  },
  {
    id: 'image-once',
    group,
    title: 'A pixel that is scanned again is requested once',
    page: ({ held, tracker }) => ({
      body: held(`<img id="one" src="${tracker}/p/a.gif" alt="">`),
      afterAccept: `bandeau.scan(); await 0; bandeau.scan();`,
      fact: `document.querySelectorAll('img').length`,
    }),
    released: { reached: ['/p/a.gif'] },
    facts: { control: 1, before: 1, accepted: 1 },
    own: true,
  },
];
