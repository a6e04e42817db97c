import type { GateCase, Kit } from '../case.ts';
import { ranCode } from '../tracker.ts';

const group = 'Elements that come later';
const script = (tracker: string, name = 'a') => `<script src="${tracker}/s/${name}.js"></script>`;
const image = (tracker: string) => `<img src="${tracker}/p/a.gif" alt="">`;

/** Makes the elements of a markup text anew, one by one, as a script would: none came from a parser. */
const MADE = `function made(markup) {
  const parsed = new DOMParser().parseFromString(markup, 'text/html');
  return [...parsed.head.childNodes, ...parsed.body.childNodes].map(function copy(node) {
    if (node.nodeType !== 1) return document.createTextNode(node.data);
    const element = document.createElement(node.localName);
    for (const { name, value } of node.attributes) element.setAttribute(name, value);
    element.append(...[...node.childNodes].map(copy));
    return element;
  });
}`;

interface Way {
  readonly id: string;
  readonly title: string;
  readonly body?: string;
  /** What adds the markup, a JavaScript text. */
  add(markupText: string): string;
  /** Scripts that come this way are not run by a browser, so a page without the library runs none. */
  readonly inert?: boolean;
  readonly own?: boolean;
}

const WAYS: readonly Way[] = [
  { id: 'append', title: '`append`', add: (text) => `${MADE} document.body.append(...made(${text}));` },
  {
    id: 'insert-before',
    title: '`insertBefore`',
    add: (text) =>
      `${MADE} for (const node of made(${text})) document.body.insertBefore(node, document.body.firstChild);`,
  },
  {
    id: 'replace',
    title: '`replaceWith`',
    body: '<p id="old">old</p>',
    add: (text) => `${MADE} document.getElementById('old')?.replaceWith(...made(${text}));`,
  },
  {
    id: 'inner-html',
    title: '`innerHTML`',
    body: '<div id="place"></div>',
    add: (text) => `document.getElementById('place').innerHTML = ${text};`,
    inert: true,
  },
  {
    id: 'insert-adjacent-html',
    title: '`insertAdjacentHTML`',
    add: (text) => `document.body.insertAdjacentHTML('beforeend', ${text});`,
    inert: true,
  },
  {
    id: 'fragment',
    title: '`createContextualFragment`',
    add: (text) => `document.body.append(document.createRange().createContextualFragment(${text}));`,
  },
  {
    id: 'deep',
    title: 'a subtree that is built first and inserted whole',
    add: (text) =>
      `${MADE} const deep = document.createElement('section'); const inner = document.createElement('div');
      inner.append(...made(${text})); deep.append(inner); document.body.append(deep);`,
  },
  {
    id: 'shadow',
    title: 'an open shadow root that is attached later',
    body: '<div id="host"></div>',
    add: (text) =>
      `${MADE} document.getElementById('host').attachShadow({ mode: 'open' }).append(...made(${text}));`,
  },
  {
    id: 'nested-shadow',
    title: 'a shadow root in a shadow root',
    add: (
      text,
    ) => `${MADE} const outer = document.createElement('div'); const inner = document.createElement('div');
      outer.attachShadow({ mode: 'open' }).append(inner); document.body.append(outer);
      inner.attachShadow({ mode: 'open' }).append(...made(${text}));`,
  },
  {
    id: 'closed-shadow',
    title: 'a closed shadow root that the site scans',
    add: (text) => `${MADE} const host = document.createElement('div'); document.body.append(host);
      const root = host.attachShadow({ mode: 'closed' }); root.append(...made(${text})); window.bandeau?.scan(root);`,
    own: true,
  },
];

const wayPage =
  ({ body = '', add }: Way, when: 'act' | 'afterAccept') =>
  ({ heldText, tracker }: Kit) => ({ body, [when]: add(heldText(script(tracker) + image(tracker))) });

/** Each way to add an element to a page, before a yes and after one. */
export const LATER: readonly GateCase[] = [
  ...WAYS.flatMap((way): GateCase[] => [
    {
      id: `later-${way.id}`,
      group,
      title: `A script and a pixel, added by ${way.title} before the choice`,
      page: wayPage(way, 'act'),
      released: { reached: ['/p/a.gif', '/s/a.js'], ran: ['a'] },
      ...(way.inert ? { unmarked: { reached: ['/p/a.gif'] } } : {}),
      own: way.own ?? false,
    },
    {
      id: `after-${way.id}`,
      group,
      title: `The same after the yes: ${way.title}`,
      page: wayPage(way, 'afterAccept'),
      released: { reached: ['/p/a.gif', '/s/a.js'], ran: ['a'] },
      unmarked: 'not compared',
      own: way.own ?? false,
    },
  ]),
  {
    id: 'declarative-shadow',
    group,
    title: 'In a declarative shadow root',
    page: ({ held, tracker }) => ({
      body: `<div><template shadowrootmode="open">${held(script(tracker) + image(tracker))}</template></div>`,
    }),
    released: { reached: ['/p/a.gif', '/s/a.js'], ran: ['a'] },
  },
  {
    id: 'template',
    group,
    title: 'In a `<template>`: not there, and as soon as its content is inserted',
    page: ({ held, tracker }) => ({
      body: `<template id="t">${held(script(tracker) + image(tracker))}</template>`,
      act: 'document.body.append(document.getElementById("t").content.cloneNode(true));',
    }),
    released: { reached: ['/p/a.gif', '/s/a.js'], ran: ['a'] },
  },
  {
    id: 'template-stays',
    group,
    title: 'In a `<template>` that nobody inserts: never',
    page: ({ held, tracker }) => ({ body: `<template>${held(script(tracker) + image(tracker))}</template>` }),
    // Firefox requests an unmarked image of a template.
    unmarked: 'not compared',
  },
  {
    id: 'by-released-script',
    group,
    title: 'Added by a script that was released: what it marks is held or released like anything else',
    page: ({ held, heldText, tracker }) => ({
      body: held(script(tracker)),
      scripts: {
        a: `${ranCode('a')} document.body.insertAdjacentHTML('beforeend', ${heldText(script(tracker, 'b') + image(tracker))});`,
      },
    }),
    released: { reached: ['/p/a.gif', '/s/a.js', '/s/b.js'], ran: ['a', 'b'] },
    unmarked: { reached: ['/p/a.gif', '/s/a.js'], ran: ['a'] },
  },
  {
    id: 'unmarked-by-released',
    group,
    title: 'Added unmarked by a script that was released: acts, as the visitor allowed that script',
    page: ({ held, tracker }) => ({
      body: held(script(tracker)),
      scripts: {
        a: `${ranCode('a')} const b = document.createElement('script'); b.src = '${tracker}/s/b.js'; document.head.append(b);`,
      },
    }),
    released: { reached: ['/s/a.js', '/s/b.js'], ran: ['a', 'b'] },
  },
  {
    id: 'late-frame',
    group,
    title: 'A frame that is added before the choice, by `innerHTML`',
    page: ({ heldText, tracker }) => ({
      body: '<div id="place"></div>',
      act: `document.getElementById('place').innerHTML = ${heldText(`<iframe src="${tracker}/f/a.html" title="a"></iframe>`)};`,
    }),
    released: { reached: ['/f/a.html'] },
  },
  {
    id: 'late-order',
    group,
    title: 'Scripts that are added one after the other run in that order',
    page: ({ heldText, tracker }) => ({
      act: `${MADE} document.body.append(...made(${heldText(`<script src="${tracker}/slow-100/s/a.js"></script>`)}));
        await 0;
        document.body.append(...made(${heldText(`<script>${ranCode('b')}</script>`)}));`,
    }),
    released: { reached: ['/slow-100/s/a.js'], ran: ['a', 'b'] },
    // A script that another one inserts is async.
    unmarked: { reached: ['/slow-100/s/a.js'], ran: ['b', 'a'] },
  },
];
