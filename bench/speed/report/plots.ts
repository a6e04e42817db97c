import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Summary } from '../statistics.ts';
import { type Figures, isOurs } from './figures.ts';
import { number } from './words.ts';

const INK = '#1f2328';
const FAINT = '#59636e';
const PAPER = '#ffffff';
const WIDTH = 860;

/** One for each contender, the same in every plot; ours stand out. */
const COLORS: Record<string, string> = {
  floor: '#8c959f',
  bandeau: '#0969da',
  'bandeau-starter': '#218bff',
  'bandeau-inlined': '#54aeff',
  'vanilla-cookieconsent': '#bf8700',
  klaro: '#8250df',
  tarteaucitronjs: '#cf222e',
  c15t: '#1a7f37',
  osano: '#bc4c00',
};
const colorOf = (name: string) => COLORS[name] ?? INK;

const { document } = parseHTML('<!doctype html><body></body>');

/** With a background of its own: GitHub shows it on white and on black. */
function finish(svg: Element, title: string, note: string): string {
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', title);
  const make = (name: string, attributes: Record<string, string>, text = '') => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    element.setAttribute('text-anchor', 'start');
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    return element;
  };
  const background = make('rect', { width: '100%', height: '100%', fill: PAPER, rx: '6' });
  const heading = make(
    'text',
    { x: '16', y: '26', fill: INK, 'font-size': '15', 'font-weight': '600' },
    title,
  );
  const below = make('text', { x: '16', y: '45', fill: FAINT, 'font-size': '12' }, note);
  // What the library's own is for, a picture has no use for, but for this.
  const style = svg.querySelector('style');
  style?.after(background, heading, below);
  if (style) style.textContent = 'text{white-space:pre}';
  return `${svg}\n`;
}

const COMMON = {
  document,
  width: WIDTH,
  marginTop: 64,
  style: { fontFamily: 'system-ui, sans-serif', fontSize: '12px', color: INK, background: PAPER },
};

interface Bar {
  readonly name: string;
  readonly kind: string;
  readonly summary: Summary;
}

interface Bars {
  readonly title: string;
  readonly note: string;
  readonly label: string;
  readonly kinds: readonly string[];
  read(name: string, kind: string): Summary | null;
}

/** A group for each contender with a bar for each kind; the line through the end is from the smallest to the largest. */
function drawBars({ contenders }: Figures, { title, note, label, kinds, read }: Bars): string {
  const bars = contenders.flatMap(({ name }) =>
    kinds.flatMap((kind): Bar[] => {
      const summary = read(name, kind);
      return summary ? [{ name, kind, summary }] : [];
    }),
  );
  const value = ({ summary }: Bar) => Math.max(0, summary.median);
  const place = { y: ({ kind }: Bar) => kind, fy: ({ name }: Bar) => name };
  const names = contenders.map(({ name }) => name).filter((one) => bars.some(({ name }) => name === one));
  const svg = Plot.plot({
    ...COMMON,
    height: 100 + names.length * (kinds.length * 19 + 12),
    marginLeft: 158,
    marginRight: 250,
    marginBottom: 42,
    x: { label, labelArrow: 'none', labelAnchor: 'left', nice: true },
    y: { domain: kinds, axis: null, padding: 0.12 },
    fy: { domain: names, label: null, padding: 0.14 },
    marks: [
      Plot.gridX({ stroke: INK, strokeOpacity: 0.1 }),
      Plot.barX(bars, {
        ...place,
        x: value,
        fill: ({ name }: Bar) => colorOf(name),
        fillOpacity: ({ kind }: Bar) => 1 - kinds.indexOf(kind) * 0.25,
      }),
      Plot.ruleY(bars, {
        ...place,
        x1: ({ summary }: Bar) => Math.max(0, summary.min),
        x2: ({ summary }: Bar) => Math.max(0, summary.max),
        stroke: INK,
        strokeOpacity: 0.45,
      }),
      Plot.text(bars, {
        ...place,
        x: ({ summary }: Bar) => Math.max(0, summary.max),
        text: ({ summary, kind }: Bar) => `${number(summary.median)}  ${kind}`,
        dx: 6,
        textAnchor: 'start',
        fill: FAINT,
      }),
      Plot.ruleX([0], { stroke: INK, strokeOpacity: 0.4 }),
    ],
  });
  return finish(svg, title, note);
}

interface Point {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

interface Curves {
  readonly title: string;
  readonly note: string;
  readonly xLabel: string;
  readonly xs: readonly number[];
  read(name: string, x: number): Summary | null;
}

/** Smallest distance of two labels, as a factor on a logarithmic scale. */
const APART = 1.13;

/** The ends of the curves, moved apart where their names would cover each other. */
function endsOf(points: readonly Point[], lastX: number): Point[] {
  const ends = points.filter(({ x }) => x === lastX).sort((a, b) => a.y - b.y);
  let below = 0;
  return ends.map((end) => {
    below = Math.max(end.y, below * APART);
    return { ...end, y: below };
  });
}

/** Both axes are logarithmic: what grows as its number does is a diagonal, what does not grow is flat. */
function drawCurves({ contenders }: Figures, { title, note, xLabel, xs, read }: Curves): string {
  const points = contenders.flatMap(({ name }) =>
    xs.flatMap((x): Point[] => {
      const summary = read(name, x);
      return summary && summary.median > 0 ? [{ name, x, y: summary.median }] : [];
    }),
  );
  const lastX = Math.max(...xs);
  const whole = points.filter(({ name }) => points.some((one) => one.name === name && one.x === lastX));
  const channel = { x: ({ x }: Point) => x, y: ({ y }: Point) => y };
  const svg = Plot.plot({
    ...COMMON,
    height: 460,
    marginLeft: 56,
    marginRight: 220,
    marginBottom: 44,
    x: {
      type: 'log',
      ticks: xs,
      tickFormat: (x: number) => x.toLocaleString('en'),
      label: xLabel,
      labelArrow: 'none',
    },
    y: { type: 'log', label: null, labelArrow: 'none', ticks: 6, tickFormat: number },
    marks: [
      Plot.gridY({ stroke: INK, strokeOpacity: 0.1 }),
      Plot.line(whole, {
        ...channel,
        z: ({ name }: Point) => name,
        stroke: ({ name }: Point) => colorOf(name),
        strokeWidth: ({ name }: Point) => (isOurs(name) ? 3 : 1.75),
      }),
      Plot.dot(whole, { ...channel, fill: ({ name }: Point) => colorOf(name), r: 3.5 }),
      Plot.text(endsOf(whole, lastX), {
        ...channel,
        text: ({ name }: Point) =>
          `${name} ${number(whole.find((one) => one.name === name && one.x === lastX)?.y ?? 0)}`,
        dx: 10,
        textAnchor: 'start',
        fill: ({ name }: Point) => colorOf(name),
        fontWeight: 600,
      }),
    ],
  });
  return finish(svg, title, note);
}

const exact = (value: number | undefined): Summary | null =>
  value === undefined ? null : { median: value, min: value, max: value, count: 1 };

/** Every plot by the name of its file. */
export function drawPlots(figures: Figures): Record<string, string> {
  const range = 'Median; the line reaches from the smallest to the largest.';
  const factsOf = (name: string) => figures.contenders.find((one) => one.name === name)?.facts;
  return {
    'transfer.svg': drawBars(figures, {
      title: 'What a library makes the browser download',
      note: 'Scripts, styles, and what the page itself grows by; brotli, nothing in the cache.',
      label: 'kB',
      kinds: ['first visit', 'returning visit'],
      read: (name, kind) => {
        const facts = factsOf(name);
        const transfer = kind === 'first visit' ? facts?.first : facts?.returning;
        return exact(transfer && facts && (transfer.brotli + facts.page) / 1000);
      },
    }),
    'banner.svg': drawBars(figures, {
      title: 'From navigation to a banner that can be seen',
      note: `First visit, empty cache. ${range}`,
      label: 'ms',
      kinds: ['no latency', 'slow 4G'],
      read: (name, kind) => figures.of(name, kind === 'slow 4G' ? 'banner@slow4g' : 'banner@1x'),
    }),
    'script.svg': drawBars(figures, {
      title: 'Processor time of scripts, over the same page without a library',
      note: range,
      label: 'ms',
      kinds: ['first visit', 'first visit, 500 services', 'returning, 10 scripts released'],
      read: (name, kind) =>
        figures.over(
          name,
          kind === 'first visit'
            ? 'first.script@1x'
            : kind.startsWith('first')
              ? 'many.script@1x'
              : 'returning.script@1x',
        ),
    }),
    'accept.svg': drawCurves(figures, {
      title: 'From the click on accept to the last held script',
      note: 'By the number of held scripts; medians in ms, both axes logarithmic.',
      xLabel: 'held scripts',
      xs: [1, 10, 100, 1000],
      read: (name, count) => figures.of(name, `accept.last@1x/${count}`),
    }),
    'preferences.svg': drawCurves(figures, {
      title: 'From the click on customise to preferences that can be seen, 4x CPU',
      note: 'By the number of services; medians in ms, both axes logarithmic. c15t and osano know no services.',
      xLabel: 'services',
      xs: [5, 50, 500],
      read: (name, count) => figures.of(name, `preferences@4x/${count}`),
    }),
  };
}
