import type { Transfer } from '../measures/transfer.ts';
import type { ContenderResult } from '../results.ts';
import type { Summary } from '../statistics.ts';
import type { Figures } from './figures.ts';
import { kilobytes, median, NOT_THERE, table } from './words.ts';

/** Milliseconds that a banner may delay the largest paint of the page. */
const LCP_DELAY = 12;

interface Shown {
  readonly text: string;
  /** Absent where it can't be had. */
  readonly isReached?: boolean;
}

interface Goal {
  readonly label: string;
  readonly goal: string;
  /** Whose number is held against the goal: the first that was measured. */
  readonly judged: readonly string[];
  show(figures: Figures, contender: ContenderResult): Shown;
}

const BY_TAG = ['bandeau'];
/** How the core travels matters. */
const BY_STARTER = ['bandeau-starter', 'bandeau'];
const INLINED = ['bandeau-inlined'];

const atMost =
  (limit: number, read: (figures: Figures, name: string) => Summary | null): Goal['show'] =>
  (figures, { name }) => {
    const summary = read(figures, name);
    return { text: median(summary), ...(summary && { isReached: summary.median <= limit }) };
  };

/** The browser tells no event that takes less than 16 ms, and rounds the others to 8. */
const event =
  (limit: number, metric: string): Goal['show'] =>
  (figures, { name }) => {
    const summary = figures.of(name, metric);
    if (!summary) return { text: NOT_THERE };
    return { text: summary.median < 16 ? '< 16' : median(summary), isReached: summary.median <= limit };
  };

/** Where the library itself is in the page, that is told beside what is requested. */
const IN_PAGE = 1000;

const bytes =
  (
    limit: number,
    mostRequests: number,
    read: (facts: NonNullable<ContenderResult['facts']>) => Transfer | null,
    isWholeVisit = true,
  ) =>
  (_: Figures, { facts }: ContenderResult): Shown => {
    const transfer = facts && read(facts);
    if (!transfer) return { text: NOT_THERE };
    const requested = transfer.requests ? `${kilobytes(transfer.brotli)} (${transfer.requests})` : '0';
    return {
      text:
        isWholeVisit && facts.page > IN_PAGE
          ? `${requested} and ${kilobytes(facts.page)} in the page`
          : requested,
      isReached: transfer.brotli <= limit && transfer.requests <= mostRequests,
    };
  };

const keptText = ({ released, asksAgain }: { released: number; asksAgain: boolean }) => {
  if (released >= 500 && !asksAgain) return 'yes';
  return released ? 'partly' : 'lost';
};

const GOALS: readonly Goal[] = [
  {
    label: 'first visit: JS + CSS, brotli, kB (requests)',
    goal: '≤ 7.9',
    judged: BY_STARTER,
    show: bytes(7900, Number.POSITIVE_INFINITY, ({ first }) => first),
  },
  {
    label: 'preferences, when opened, on top',
    goal: '≤ 8.5',
    judged: BY_STARTER,
    show: bytes(8500, Number.POSITIVE_INFINITY, ({ preferences }) => preferences, false),
  },
  {
    label: 'returning visit: the same',
    goal: '≤ 4.5 (1)',
    judged: BY_STARTER,
    show: bytes(4500, 1, ({ returning }) => returning),
  },
  {
    label: 'script CPU over the page, first visit, ms',
    goal: '≤ 3.0',
    judged: BY_TAG,
    show: atMost(3, ({ over }, name) => over(name, 'first.script@1x')),
  },
  {
    label: 'script CPU, returning visit that releases 10 scripts, ms',
    goal: '≤ 3.0',
    judged: BY_TAG,
    show: atMost(3, ({ over }, name) => over(name, 'returning.script@1x')),
  },
  {
    label: 'main thread over the page, first visit, ms',
    goal: '≤ 9',
    judged: BY_TAG,
    show: atMost(9, ({ over }, name) => over(name, 'first.main@1x')),
  },
  {
    label: 'banner visible, no latency, × floor',
    goal: '≤ 2.0',
    judged: BY_STARTER,
    show: atMost(2, ({ toFloor }, name) => toFloor(name, 'banner@1x')),
  },
  {
    label: 'banner visible, slow 4G, × floor',
    goal: '≤ 2.0',
    judged: BY_STARTER,
    show: atMost(2, ({ toFloor }, name) => toFloor(name, 'banner@slow4g')),
  },
  {
    label: 'the same, core and banner inlined',
    goal: '≤ 1.2',
    judged: INLINED,
    show: (figures, contender) =>
      INLINED.includes(contender.name)
        ? atMost(1.2, ({ toFloor }, name) => toFloor(name, 'banner@slow4g'))(figures, contender)
        : { text: NOT_THERE },
  },
  {
    label: 'accept, N = 1,000: click to last script, ms (o: in order)',
    goal: '≤ 24, in order',
    judged: BY_TAG,
    show({ of }, { name }) {
      const last = of(name, 'accept.last@1x/1000');
      if (!last) return { text: NOT_THERE };
      const isInOrder = of(name, 'accept.inOrder@1x/1000')?.min === 1;
      return { text: `${median(last)}${isInOrder ? ' (o)' : ''}`, isReached: isInOrder && last.median <= 24 };
    },
  },
  {
    label: 'event duration of that click, N = 10, ms',
    goal: '≤ 16',
    judged: BY_TAG,
    show: event(16, 'accept.event@1x/10'),
  },
  {
    label: 'event duration, N = 1,000, ms',
    goal: '≤ 24',
    judged: BY_TAG,
    show: event(24, 'accept.event@1x/1000'),
  },
  {
    label: 'event duration, N = 1,000, 4x CPU, ms',
    goal: '≤ 56',
    judged: BY_TAG,
    show: event(56, 'accept.event@4x/1000'),
  },
  {
    label: 'preferences with 500 services: click to opaque, 4x CPU, ms',
    goal: '≤ 60',
    judged: BY_TAG,
    show: atMost(60, ({ of }, name) => of(name, 'preferences@4x/500')),
  },
  {
    label: 'elements added by that',
    goal: '≤ 250',
    judged: BY_TAG,
    show: atMost(250, ({ of }, name) => of(name, 'preferences.elements/500')),
  },
  {
    label: 'script CPU over the page with 500 services, first visit, ms',
    goal: '≤ 4',
    judged: BY_TAG,
    show: atMost(4, ({ over }, name) => over(name, 'many.script@1x')),
  },
  {
    label: 'consent kept after a reload with 500 services',
    goal: 'yes',
    judged: BY_TAG,
    show(_, { facts }) {
      if (!facts?.kept) return { text: NOT_THERE };
      const text = keptText(facts.kept);
      return { text, isReached: text === 'yes' };
    },
  },
  {
    label: 'heap over the page, first visit, KiB',
    goal: '≤ 84',
    judged: BY_TAG,
    show: atMost(84, ({ over }, name) => over(name, 'first.heap')),
  },
  {
    label: 'heap, returning visit, KiB',
    goal: '≤ 50',
    judged: BY_TAG,
    show: atMost(50, ({ over }, name) => over(name, 'returning.heap')),
  },
  {
    label: 'returning visit: library reached to first released script, ms',
    goal: '≤ 5',
    judged: BY_TAG,
    show: atMost(5, ({ of }, name) => of(name, 'released@1x')),
  },
  {
    label: 'the same, 4x CPU, ms',
    goal: '≤ 40',
    judged: BY_TAG,
    show: atMost(40, ({ of }, name) => of(name, 'released@4x')),
  },
  {
    label: 'LCP of the page over that without a library, slow 4G, ms',
    goal: `≤ ${LCP_DELAY}`,
    judged: BY_STARTER,
    show: atMost(LCP_DELAY, ({ over }, name) => over(name, 'lcp@slow4g')),
  },
];

/** Every goal with everybody's number, and whether it is reached. */
export function goalsTable(figures: Figures): string {
  const { contenders } = figures;
  const rows = GOALS.map(({ label, goal, judged, show }) => {
    const judge = judged.flatMap((name) => contenders.find((one) => one.name === name) ?? [])[0];
    const isReached = judge && show(figures, judge).isReached;
    const verdict = isReached === undefined ? 'not measured' : isReached ? 'yes' : '**no**';
    return [
      label,
      ...contenders.map((one) => {
        const { text } = show(figures, one);
        return one === judge && text !== NOT_THERE ? `**${text}**` : text;
      }),
      goal,
      verdict,
    ];
  });
  return table(['', ...contenders.map(({ name }) => name), 'goal', 'reached'], rows);
}
