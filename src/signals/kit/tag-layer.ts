import { queueOf } from './queue-of.ts';

/** A list that Google's tags read, and what comes first in it. */
export interface TagLayer {
  /** As `gtag(…)` does. */
  call(...words: unknown[]): void;
  /** For Tag Manager. */
  push(data: object): void;
}

/**
 * The list is asked for at each call, since the page may give its name to another one; in each, what is to come first is put
 * before what the page has put there, as long as no tag has read it. Where the page has a default of its own that counts, which
 * denies what this one does, there is no second; one that grants is overruled, by coming after it.
 * @param name of the global
 * @param terms of the default of consent
 * @param settings calls that follow it
 */
export function tagLayer(
  name: string,
  terms: Readonly<Record<string, unknown>>,
  ...settings: readonly (readonly unknown[])[]
): TagLayer {
  let begun: unknown;
  const isGrant = ({ 2: own }: IArguments) =>
    Object.entries(terms).some(([term, word]) => word === 'denied' && own?.[term] === 'granted');
  const here = () => {
    const queue = queueOf(name);
    if (queue === begun) return queue;
    const list: unknown[] = Array.isArray(queue) ? queue : [];
    // The page's own snippet may have been first, as it should be where a tag is not held.
    const own = list.filter(isDefault);
    if (!own[0] || own.some(isGrant)) {
      const calls = [['consent', 'default', terms], ...settings].map((words) => command(...words));
      const place = own.length && list.lastIndexOf(own[own.length - 1]) + 1;
      if (queue.push === Array.prototype.push) list.splice(place, 0, ...calls);
      // A tag has taken the list over: nothing that it has read can come later.
      else for (const one of calls) queue.push(one);
    }
    begun = queue;
    return queue;
  };
  here();
  return {
    call: (...words) => void here().push(command(...words)),
    push: (data) => void here().push(data),
  };
}

/** One for everybody. Tags take nothing but an arguments object for a call. */
const isDefault = (entry: unknown): entry is IArguments => {
  if (Object.prototype.toString.call(entry) !== '[object Arguments]') return false;
  const [what, how, terms] = Array.from(entry as IArguments);
  return what === 'consent' && how === 'default' && !terms?.region;
};

function command(..._words: unknown[]): IArguments {
  // biome-ignore lint/complexity/noArguments: Google's tags tell a call from data by it.
  return arguments;
}
