import type { ContenderResult, Results } from '../results.ts';
import type { Summary } from '../statistics.ts';
import { type Figures, isOurs } from './figures.ts';
import { kilobytes, NOT_THERE, number, spread, table } from './words.ts';

type Column = readonly [head: string, cell: (name: string) => string];

const row = (figures: Figures, columns: readonly Column[]) =>
  table(
    ['', ...columns.map(([head]) => head)],
    figures.contenders.map(({ name }) => [name, ...columns.map(([, cell]) => cell(name))]),
  );

/** The same with the page that has no library. */
const rowWithControl = (figures: Figures, columns: readonly Column[]) =>
  table(
    ['', ...columns.map(([head]) => head)],
    ['control', ...figures.contenders.map(({ name }) => name)].map((name) => [
      name,
      ...columns.map(([, cell]) => cell(name)),
    ]),
  );

export function transferTable({ contenders }: Figures): string {
  const cells = (transfer: NonNullable<ContenderResult['facts']>['first'] | null | undefined) =>
    transfer
      ? `${transfer.requests}${transfer.others ? ` + ${transfer.others}` : ''} · ${[transfer.raw, transfer.gzip, transfer.brotli].map(kilobytes).join(' · ')}`
      : NOT_THERE;
  return table(
    [
      'requests · raw · gzip · brotli, kB',
      'first visit',
      'returning',
      'preferences opened',
      'the page itself grows by',
    ],
    contenders.map(({ name, facts }) => [
      name,
      cells(facts?.first),
      cells(facts?.returning),
      cells(facts?.preferences),
      facts ? kilobytes(facts.page) : NOT_THERE,
    ]),
  );
}

/** What a contender costs over the page without any. */
const overPage =
  (figures: Figures) =>
  (metric: string): Column[1] =>
  (name) =>
    spread(figures.over(name, metric));

export function processorTable(figures: Figures): string {
  const over = overPage(figures);
  return [
    row(figures, [
      ['script, first, 1x', over('first.script@1x')],
      ['script, first, 4x', over('first.script@4x')],
      ['script, first, 500 services', over('many.script@1x')],
      ['script, returning, 1x', over('returning.script@1x')],
      ['script, returning, 4x', over('returning.script@4x')],
    ]),
    row(figures, [
      ['main thread, first, 1x', over('first.main@1x')],
      ['main thread, first, 4x', over('first.main@4x')],
      ['main thread, returning, 1x', over('returning.main@1x')],
      ['main thread, returning, 4x', over('returning.main@4x')],
    ]),
    row(figures, [
      ['layouts, first', over('first.layouts')],
      ['style recalculations, first', over('first.styles')],
      ['layouts, returning', over('returning.layouts')],
      ['style recalculations, returning', over('returning.styles')],
      ['long tasks, first, 4x', over('first.longTasks@4x')],
      ['long tasks, returning, 4x', over('returning.longTasks@4x')],
    ]),
  ].join('\n\n');
}

export function bannerTable(figures: Figures): string {
  const of =
    (metric: string): Column[1] =>
    (name) =>
      spread(figures.of(name, metric));
  return [
    row(figures, [
      ['visible, no latency, 1x', of('banner@1x')],
      ['visible, no latency, 4x', of('banner@4x')],
      ['visible, slow 4G', of('banner@slow4g')],
      ['× floor, no latency', (name) => spread(figures.toFloor(name, 'banner@1x'))],
      ['× floor, slow 4G', (name) => spread(figures.toFloor(name, 'banner@slow4g'))],
    ]),
    rowWithControl(figures, [
      ['LCP, no latency', of('lcp@1x')],
      ['LCP, slow 4G', of('lcp@slow4g')],
      ['layout shift, no latency', of('shift@1x')],
      ['layout shift, slow 4G', of('shift@slow4g')],
    ]),
  ].join('\n\n');
}

const growth = (small: Summary | null, large: Summary | null) =>
  small && large ? `× ${number(large.median / small.median)}` : NOT_THERE;

export function acceptTables(figures: Figures): string {
  const ask =
    (what: string, condition: string): Column[1] =>
    (name) =>
      spread(figures.of(name, `accept.${what}@${condition}`));
  const events =
    (condition: string): Column[1] =>
    (name) => {
      const duration = figures.of(name, `accept.event@${condition}`);
      return duration && duration.median < 16 ? '< 16' : spread(duration);
    };
  const order: Column[1] = (name) => {
    const isInline = figures.of(name, 'accept.inOrder@1x/1000');
    const facts = figures.contenders.find((one) => one.name === name)?.facts;
    const say = (kept: boolean | null | undefined) =>
      kept ? 'kept' : kept === false ? 'not kept' : NOT_THERE;
    return `${say(isInline && isInline.min === 1)} · ${say(facts?.keepsOrder)}`;
  };
  return [
    'Click to last script, by the number of held scripts, at 1x:',
    row(figures, [
      ['1', ask('last', '1x/1')],
      ['10', ask('last', '1x/10')],
      ['100', ask('last', '1x/100')],
      ['1,000', ask('last', '1x/1000')],
      [
        'from 10 to 1,000',
        (name) => growth(figures.of(name, 'accept.last@1x/10'), figures.of(name, 'accept.last@1x/1000')),
      ],
    ]),
    'Click to last script at 4x, click to first script, order of inline and of external scripts:',
    row(figures, [
      ['last of 10, 4x', ask('last', '4x/10')],
      ['last of 100, 4x', ask('last', '4x/100')],
      ['last of 1,000, 4x', ask('last', '4x/1000')],
      ['first of 10, 1x', ask('first', '1x/10')],
      ['first of 1,000, 1x', ask('first', '1x/1000')],
      ['first of 10, 4x', ask('first', '4x/10')],
      ['first of 1,000, 4x', ask('first', '4x/1000')],
      ['order, inline · external', order],
    ]),
    'Event duration of the click (what INP is made of):',
    row(figures, [
      ['10, 1x', events('1x/10')],
      ['1,000, 1x', events('1x/1000')],
      ['10, 4x', events('4x/10')],
      ['1,000, 4x', events('4x/1000')],
    ]),
  ].join('\n\n');
}

export function preferencesTables(figures: Figures): string {
  const of =
    (metric: string): Column[1] =>
    (name) =>
      spread(figures.of(name, metric));
  return [
    'Click on customise to a button of the preferences that is visible and opaque, by the number of services:',
    row(figures, [
      ['5, 1x', of('preferences@1x/5')],
      ['50, 1x', of('preferences@1x/50')],
      ['500, 1x', of('preferences@1x/500')],
      ['5, 4x', of('preferences@4x/5')],
      ['50, 4x', of('preferences@4x/50')],
      ['500, 4x', of('preferences@4x/500')],
      [
        'from 5 to 500, 4x',
        (name) => growth(figures.of(name, 'preferences@4x/5'), figures.of(name, 'preferences@4x/500')),
      ],
    ]),
    'Elements that it adds, event duration, and what became of 500 services that were accepted, after a reload:',
    row(figures, [
      ['elements, 5', of('preferences.elements/5')],
      ['elements, 50', of('preferences.elements/50')],
      ['elements, 500', of('preferences.elements/500')],
      ['event, 500, 1x', of('preferences.event@1x/500')],
      ['event, 500, 4x', of('preferences.event@4x/500')],
      [
        'consent kept',
        (name) => {
          const kept = figures.contenders.find((one) => one.name === name)?.facts?.kept;
          return kept ? `${kept.released} of 500 released${kept.asksAgain ? ', asks again' : ''}` : NOT_THERE;
        },
      ],
    ]),
  ].join('\n\n');
}

export function memoryTable(figures: Figures): string {
  const over = overPage(figures);
  return [
    row(figures, [
      ['heap, first, KiB', over('first.heap')],
      ['heap, returning, KiB', over('returning.heap')],
      ['elements, first', over('first.elements')],
      ['elements, returning', over('returning.elements')],
      ['listeners, first', over('first.listeners')],
      ['listeners, returning', over('returning.listeners')],
    ]),
    row(figures, [
      ['reached to first released script, 1x', (name) => spread(figures.of(name, 'released@1x'))],
      ['the same, 4x', (name) => spread(figures.of(name, 'released@4x'))],
    ]),
  ].join('\n\n');
}

export function callsTable({ calls }: Results): string {
  return table(
    ['one call in node, median', 'µs'],
    Object.entries(calls).map(([name, nanoseconds]) => [name, number(nanoseconds / 1000)]),
  );
}

/** What is compared to whom, and whether it is what remains over the page without a library. */
const COMPARED: readonly (readonly [label: string, metric: string, isOverControl: boolean])[] = [
  ['script CPU over the page, first visit', 'first.script@1x', true],
  ['script CPU over the page, returning', 'returning.script@1x', true],
  ['main thread over the page, first visit', 'first.main@1x', true],
  ['script CPU with 500 services', 'many.script@1x', true],
  ['banner visible, no latency', 'banner@1x', false],
  ['banner visible, 4x CPU', 'banner@4x', false],
  ['banner visible, slow 4G', 'banner@slow4g', false],
  ['accept, last of 10', 'accept.last@1x/10', false],
  ['accept, last of 1,000', 'accept.last@1x/1000', false],
  ['accept, last of 1,000, 4x', 'accept.last@4x/1000', false],
  ['preferences, 500 services, 4x', 'preferences@4x/500', false],
  ['heap over the page, first visit', 'first.heap', true],
  ['heap over the page, returning', 'returning.heap', true],
  ['first released script, returning', 'released@1x', false],
  ['first released script, returning, 4x', 'released@4x', false],
];

export function ratiosTable(figures: Figures): string {
  const ours = figures.contenders.filter(({ name }) => isOurs(name));
  return table(
    ['', ...ours.flatMap(({ name }) => [`${name} / floor`, `${name} / best peer`])],
    COMPARED.map(([label, metric, isOverControl]) => [
      label,
      ...ours.flatMap(({ name }) => [
        spread(figures.toFloor(name, metric, isOverControl)),
        spread(figures.toBestPeer(name, metric, isOverControl)),
      ]),
    ]),
  );
}
