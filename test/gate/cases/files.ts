import type { GateCase } from '../case.ts';

const group = 'Images, styles and other files';

/** `[id, title, markup with {t} for the tracker, what reaches it]` */
type Simple = readonly [id: string, title: string, markup: string, ...reached: string[]];

const SIMPLE: readonly Simple[] = [
  ['img', 'An image', '<img src="{t}/p/a.gif" alt="">', '/p/a.gif'],
  ['img-srcset', 'An image with `srcset`', '<img srcset="{t}/p/a.gif 1x" alt="">', '/p/a.gif'],
  ['img-lazy', 'A lazy image', '<img loading="lazy" src="{t}/p/a.gif" alt="" width="9">', '/p/a.gif'],
  [
    'picture',
    'A `<picture>` with its sources',
    '<picture><source srcset="{t}/p/a.gif"><img src="{t}/p/b.gif" alt=""></picture>',
    '/p/a.gif',
  ],
  ['input-image', 'An `<input type="image">`', '<input type="image" src="{t}/p/a.gif" alt="">', '/p/a.gif'],
  [
    'svg-image',
    'An `<image>` in an SVG',
    '<svg width="9" height="9"><image href="{t}/p/a.gif" width="9" height="9"/></svg>',
    '/p/a.gif',
  ],
  ['stylesheet', 'A style sheet', '<link rel="stylesheet" href="{t}/a.css">', '/a.css'],
  [
    'style',
    'A background in a `style` attribute',
    '<p style="background:url({t}/p/a.gif)">text</p>',
    '/p/a.gif',
  ],
  ['preload', 'A `<link rel="preload">`', '<link rel="preload" as="image" href="{t}/p/a.gif">', '/p/a.gif'],
  [
    'modulepreload',
    'A `<link rel="modulepreload">`',
    '<link rel="modulepreload" href="{t}/s/a.js">',
    '/s/a.js',
  ],
];

/** Everything that a page loads and that is neither a script nor seen as a frame. */
export const FILES: readonly GateCase[] = [
  ...SIMPLE.map(
    ([id, title, markup, ...reached]): GateCase => ({
      id,
      group,
      title,
      page: ({ held, tracker }) => ({ body: held(markup.replaceAll('{t}', tracker)) }),
      released: { reached },
    }),
  ),
  {
    id: 'svg-use',
    group,
    title: "An SVG `<use>` of a file of the site's own",
    page: ({ held, own }) => ({
      body: held(`<svg width="9" height="9"><use href="${own}/icons.svg#i"/></svg>`),
      files: {
        [`${own}/icons.svg`]: {
          body: '<svg xmlns="http://www.w3.org/2000/svg"><path id="i" d="M0 0h9v9z"/></svg>',
          type: 'image/svg+xml',
        },
      },
    }),
    released: { reached: ['/icons.svg'] },
  },
  {
    id: 'first-party-pixel',
    group,
    title: "A pixel that is served from the site's own host",
    page: ({ held, own }) => ({
      body: held(`<img src="${own}/pixel.gif" alt="">`),
      files: { [`${own}/pixel.gif`]: { body: '', type: 'image/gif' } },
    }),
    released: { reached: ['/pixel.gif'] },
  },
  {
    id: 'prefetch',
    group,
    title: 'A `<link rel="prefetch">`',
    page: ({ held, tracker }) => ({ body: held(`<link rel="prefetch" href="${tracker}/p/a.gif">`) }),
    released: { reached: ['/p/a.gif'] },
    not: { webkit: 'prefetches nothing by default' },
  },
  {
    id: 'style-kept',
    group,
    title: 'A held `style` leaves the declarations beside it in force',
    page: ({ held, tracker }) => ({
      body: held(`<p id="one" style="background:url(${tracker}/p/a.gif)">text</p>`),
      head: '<style>#one { color: rgb(1, 2, 3) }</style>',
      fact: 'getComputedStyle(document.getElementById("one")).color',
    }),
    released: { reached: ['/p/a.gif'] },
    facts: { control: 'rgb(1, 2, 3)', before: 'rgb(1, 2, 3)', accepted: 'rgb(1, 2, 3)' },
  },
  {
    id: 'links-untouched',
    group,
    title: 'A `data-href` on a link of the page never becomes its address',
    page: ({ tracker }) => ({
      body: `<a id="one" data-category="analytics" data-service="visits" data-href="${tracker}/f/a.html">a</a>
        <map name="m"><area data-category="analytics" data-href="${tracker}/f/a.html"></map>`,
      fact: 'document.querySelectorAll("a[id][href], area[href]").length',
    }),
    facts: { control: 0, before: 0, accepted: 0 },
    own: true,
  },
  {
    id: 'base-untouched',
    group,
    title: 'A `data-href` on `<base>` never becomes the address of the page',
    page: ({ tracker }) => ({
      head: `<base data-category="analytics" data-service="visits" data-href="${tracker}/">`,
      fact: 'document.baseURI === location.href',
    }),
    facts: { control: true, before: true, accepted: true },
    own: true,
  },
];
