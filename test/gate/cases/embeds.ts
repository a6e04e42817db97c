import type { GateCase } from '../case.ts';

const group = 'Frames and media';
const PLACEHOLDERS = `document.querySelectorAll('[data-bandeau-layer="placeholder"]').length`;

/** Frames, players and objects. */
export const EMBEDS: readonly GateCase[] = [
  {
    id: 'iframe',
    group,
    title: 'A frame',
    page: ({ held, tracker }) => ({ body: held(`<iframe src="${tracker}/f/a.html" title="a"></iframe>`) }),
    released: { reached: ['/f/a.html'] },
  },
  {
    id: 'iframe-lazy',
    group,
    title: 'A lazy frame',
    page: ({ held, tracker }) => ({
      body: held(`<iframe loading="lazy" src="${tracker}/f/a.html" title="a"></iframe>`),
    }),
    released: { reached: ['/f/a.html'] },
  },
  {
    id: 'iframe-srcdoc',
    group,
    title: 'A frame with `srcdoc`',
    page: ({ held, tracker }) => ({
      body: held(`<iframe srcdoc="&lt;img src='${tracker}/p/a.gif'&gt;" title="a"></iframe>`),
    }),
    released: { reached: ['/p/a.gif'] },
  },
  {
    id: 'iframe-attributes',
    group,
    title: 'A frame is sandboxed and allowed as it was written',
    page: ({ held, tracker }) => ({
      body: held(
        `<iframe id="one" sandbox="allow-scripts" allow="fullscreen" src="${tracker}/f/a.html" title="a"></iframe>`,
      ),
      fact: '(({ sandbox, allow }) => [sandbox.value, allow])(document.getElementById("one"))',
    }),
    released: { reached: ['/f/a.html'] },
    facts: { control: ['allow-scripts', 'fullscreen'], accepted: ['allow-scripts', 'fullscreen'] },
  },
  {
    id: 'embed',
    group,
    title: 'An `<embed>`',
    page: ({ held, tracker }) => ({ body: held(`<embed type="text/html" src="${tracker}/f/a.html">`) }),
    released: { reached: ['/f/a.html'] },
  },
  {
    id: 'object',
    group,
    title: 'An `<object>`, by `data-data`',
    page: ({ held, tracker }) => ({
      body: held(`<object type="text/html" data="${tracker}/f/a.html"></object>`),
    }),
    released: { reached: ['/f/a.html'] },
  },
  {
    id: 'object-data-src',
    group,
    title: 'An `<object>`, by `data-src`',
    page: ({ held, tracker }) => ({
      body: held(`<object type="text/html" data="${tracker}/f/a.html"></object>`, { dataSrc: true }),
    }),
    released: { reached: ['/f/a.html'] },
    own: true,
  },
  {
    id: 'video',
    group,
    title: 'A video and its poster',
    page: ({ held, tracker }) => ({
      body: held(
        `<video preload="auto" controls src="${tracker}/v/a.mp4" poster="${tracker}/p/a.gif"></video>`,
      ),
    }),
    released: { reached: ['/p/a.gif', '/v/a.mp4'] },
  },
  {
    id: 'video-sources',
    group,
    title: 'A video with `<source>` elements',
    page: ({ held, tracker }) => ({
      body: held(`<video preload="auto" controls><source src="${tracker}/v/a.mp4" type="video/mp4"></video>`),
    }),
    released: { reached: ['/v/a.mp4'] },
  },
  {
    id: 'audio',
    group,
    title: 'A sound',
    page: ({ held, tracker }) => ({
      body: held(`<audio preload="auto" controls src="${tracker}/v/a.mp3"></audio>`),
    }),
    released: { reached: ['/v/a.mp3'] },
  },
  {
    id: 'placeholder',
    group,
    title: 'A held frame shows a placeholder, a released one none',
    page: ({ held, tracker }) => ({
      body: held(`<iframe src="${tracker}/f/a.html" title="a"></iframe>`),
      fact: PLACEHOLDERS,
    }),
    released: { reached: ['/f/a.html'] },
    facts: { control: 0, before: 1, accepted: 0, withdrawn: 1 },
    own: true,
  },
  {
    id: 'no-placeholder-for-pixels',
    group,
    title: 'A held image or script shows no placeholder',
    page: ({ held, tracker }) => ({
      body: held(`<img src="${tracker}/p/a.gif" alt=""><script src="${tracker}/s/a.js"></script>`),
      fact: PLACEHOLDERS,
    }),
    released: { reached: ['/p/a.gif', '/s/a.js'], ran: ['a'] },
    facts: { control: 0, before: 0, accepted: 0 },
    own: true,
  },
  {
    id: 'put-back',
    group,
    title: 'A withdrawal puts a frame back: it has no address any more',
    page: ({ held, tracker }) => ({
      body: held(`<iframe id="one" src="${tracker}/f/a.html" title="a"></iframe>`),
      fact: 'document.getElementById("one")?.hasAttribute("src") ?? false',
    }),
    released: { reached: ['/f/a.html'] },
    facts: { control: true, before: false, accepted: true, withdrawn: false },
  },
  {
    id: 'video-put-back',
    group,
    title: 'A withdrawal puts a video back: it has no address any more',
    page: ({ held, tracker }) => ({
      body: held(`<video id="one" preload="auto" src="${tracker}/v/a.mp4"></video>`),
      fact: 'document.getElementById("one")?.hasAttribute("src") ?? false',
    }),
    released: { reached: ['/v/a.mp4'] },
    facts: { control: true, before: false, accepted: true, withdrawn: false },
  },
];
