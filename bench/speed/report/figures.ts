import type { ContenderResult, Results } from '../results.ts';
import { bestOfRound, eachRound, type Summary, summarize, type Values } from '../statistics.ts';

const OWN = ['control', 'floor'];

/** What can be asked about the results. A contender or a number that is not there gives null. */
export interface Figures {
  /** Those to compare: everybody but the page without a library. */
  readonly contenders: readonly ContenderResult[];
  readonly peers: readonly ContenderResult[];
  of(contender: string, metric: string): Summary | null;
  /** What is more than on the page without a library. */
  over(contender: string, metric: string): Summary | null;
  /** As a multiple of the hand-written page. */
  toFloor(contender: string, metric: string, isOverControl?: boolean): Summary | null;
  /** As a multiple of the best peer of each round. */
  toBestPeer(contender: string, metric: string, isOverControl?: boolean): Summary | null;
}

export const isOurs = (name: string) => name.startsWith('bandeau');

export function figuresOf({ contenders }: Results): Figures {
  const valuesOf = (name: string, metric: string): Values =>
    contenders.find((one) => one.name === name)?.samples[metric] ?? [];
  const over = (name: string, metric: string) =>
    eachRound(valuesOf(name, metric), valuesOf('control', metric), (own, control) => own - control);
  const ratio = (own: Values, other: Values) =>
    summarize(eachRound(own, other, (value, divisor) => (divisor > 0 ? value / divisor : Number.NaN)));
  const peers = contenders.filter(({ name }) => !OWN.includes(name) && !isOurs(name));
  const reader = (isOverControl: boolean) => (isOverControl ? over : valuesOf);
  return {
    contenders: contenders.filter(({ name }) => name !== 'control'),
    peers,
    of: (name, metric) => summarize(valuesOf(name, metric)),
    over: (name, metric) => summarize(over(name, metric)),
    toFloor(name, metric, isOverControl = false) {
      const read = reader(isOverControl);
      return ratio(read(name, metric), read('floor', metric));
    },
    toBestPeer(name, metric, isOverControl = false) {
      const read = reader(isOverControl);
      return ratio(read(name, metric), bestOfRound(peers.map((peer) => read(peer.name, metric))));
    },
  };
}
