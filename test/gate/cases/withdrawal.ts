import type { GateCase } from '../case.ts';
import { ranCode } from '../tracker.ts';

const group = 'Withdrawal';

/** What a taken-back yes does in the page itself; cookies by scope are in a suite of their own. */
export const WITHDRAWAL: readonly GateCase[] = [
  {
    id: 'erase-cookies',
    group,
    title: 'A cookie for the whole host and one for a deeper path are gone at once',
    page: ({ held, tracker }) => ({
      body: held(`<script src="${tracker}/s/a.js"></script>`),
      scripts: {
        a: `${ranCode('a')} document.cookie = 't_host=1; path=/'; document.cookie = 't_path=1; path=' + location.pathname;`,
      },
    }),
    released: {
      reached: ['/s/a.js'],
      ran: ['a'],
      stored: ['cookie t_host', 'cookie t_path'],
    },
  },
  {
    id: 'needs-reload',
    group,
    title: 'The page says that it needs a reload when a script has run that nobody can stop',
    page: ({ held }) => ({
      body: held(`<script>${ranCode('a')}</script>`),
      fact: 'window.bandeau?.$needsReload.get()',
    }),
    released: { ran: ['a'] },
    facts: { before: false, accepted: false, withdrawn: true },
    own: true,
  },
  {
    id: 'needs-no-reload',
    group,
    title: 'It says so for no pixel and no frame: these can be taken out',
    page: ({ held, tracker }) => ({
      body: held(`<iframe src="${tracker}/f/a.html" title="a"></iframe>`),
      fact: 'window.bandeau?.$needsReload.get()',
    }),
    released: { reached: ['/f/a.html'] },
    facts: { before: false, accepted: false, withdrawn: false },
    own: true,
  },
  {
    id: 'report-entries',
    group,
    title: 'The report names what was held and what was released, and each entry is an event',
    page: ({ held, tracker }) => ({
      beforeLibrary: `<script>
        window.entries = [];
        document.addEventListener('bandeau:gate', ({ detail }) => entries.push(detail));
      </script>`,
      body: held(`<script src="${tracker}/s/a.js"></script><img src="${tracker}/p/a.gif" alt="">`),
      fact: `(() => {
        const report = window.bandeau?.report() ?? [];
        const isSame = report.length === entries.length && report.every((entry, i) => entry === entries[i] || entry.element === entries[i].element);
        return [isSame, report.map(({ action, service, element }) => [action, service, element?.localName].join(' ')).sort()];
      })()`,
    }),
    released: { reached: ['/p/a.gif', '/s/a.js'], ran: ['a'] },
    unmarked: 'not compared',
    facts: {
      before: [true, ['held visits img', 'held visits script']],
      accepted: [
        true,
        ['held visits img', 'held visits script', 'released visits img', 'released visits script'],
      ],
    },
    own: true,
  },
  {
    id: 'report-failed',
    group,
    title: 'The report names a released script whose source did not come',
    page: ({ held, tracker }) => ({
      body: held(`<script src="${tracker}/fail/a.js"></script>`),
      fact: `(window.bandeau?.report() ?? []).map(({ action }) => action).join(' ')`,
    }),
    released: { reached: ['/fail/a.js'] },
    facts: { before: 'held', accepted: 'held released failed' },
    own: true,
  },
  {
    id: 'report-refused',
    group,
    title: 'The report names a `document.write` that was refused',
    page: ({ held }) => ({
      body: held(`<script>document.write('<p>written</p>'); ${ranCode('a')}</script>`),
      fact: `(window.bandeau?.report() ?? []).some(({ action }) => action === 'refused')`,
    }),
    released: { ran: ['a'] },
    facts: { control: false, before: false, accepted: true },
    own: true,
  },
];
