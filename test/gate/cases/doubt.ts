import type { GateCase } from '../case.ts';

const group = 'Denied when in doubt';
const script = (tracker: string) => `<script src="${tracker}/s/a.js"></script>`;
const frame = (tracker: string) => `<iframe src="${tracker}/f/a.html" title="a"></iframe>`;
const acts = { reached: ['/f/a.html', '/s/a.js'], ran: ['a'] };

/** Marks that say nothing clear: what they are on stays held, also after a yes to everything. */
export const DOUBT: readonly GateCase[] = [
  {
    id: 'unknown-service',
    group,
    title: 'A service that the policy does not have',
    page: ({ held, tracker }) => ({
      body: held(script(tracker) + frame(tracker), { service: 'visitz', by: 'service' }),
    }),
    unmarked: acts,
    own: true,
  },
  {
    id: 'unknown-category',
    group,
    title: 'A category that the policy does not have',
    page: ({ held, tracker }) => ({
      body: held(script(tracker) + frame(tracker), { category: 'analytic', by: 'category' }),
    }),
    unmarked: acts,
    own: true,
  },
  {
    id: 'contradiction',
    group,
    title: 'A service in a category that is not its own',
    page: ({ held, tracker }) => ({
      body: held(script(tracker) + frame(tracker), { category: 'preference', service: 'visits' }),
    }),
    unmarked: acts,
    own: true,
  },
  {
    id: 'empty-mark',
    group,
    title: 'A mark without a value',
    page: ({ held, tracker }) => ({
      body: held(script(tracker) + frame(tracker), { category: '', by: 'category' }),
    }),
    unmarked: acts,
    own: true,
  },
  {
    id: 'prototype-names',
    group,
    title: 'A mark that is a name of JavaScript itself: `constructor`, `__proto__`',
    page: ({ held, tracker }) => ({
      body:
        held(script(tracker), { service: 'constructor', by: 'service' }) +
        held(frame(tracker), { category: '__proto__', by: 'category' }),
    }),
    unmarked: acts,
    own: true,
  },
  {
    id: 'no-mark',
    group,
    title: 'A data block that carries no mark is none of our business',
    page: ({ tracker }) => ({ body: `<script type="text/plain" src="${tracker}/s/a.js"></script>` }),
    own: true,
  },
  {
    id: 'other-type',
    group,
    title: 'A marked data block of another type (`application/json`) never runs',
    page: ({ tracker }) => ({
      body: `<script type="application/json" data-category="analytics" src="${tracker}/s/a.js"></script>`,
    }),
    own: true,
  },
  {
    id: 'javascript-address',
    group,
    title: 'A `javascript:` address in a held frame never runs in the page',
    page: () => ({
      body: `<iframe data-category="analytics" data-service="visits" data-src="javascript:parent.__ran = ['a']" title="a"></iframe>`,
    }),
    own: true,
  },
];
