/** Longer words are never typing mistakes of ours, and comparing them costs time. */
const MAX_COMPARED = 40;

/** How many insertions, removals and replacements turn one word into the other. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (previous[j] as number) + 1, (row[j - 1] as number) + 1));
    }
    previous = row;
  }
  return previous[b.length] as number;
}

/** Case and separators are what people mix up most: `cookie_domain`, `cookie-domain`. */
const bare = (word: string) => word.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * The known word that was probably meant: at most two letters away, and less than half of the word.
 * @returns undefined when none is near
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > MAX_COMPARED) return undefined;
  const meant = bare(word);
  const near = [...known]
    .map((candidate) => ({ candidate, away: distance(meant, bare(candidate)) }))
    .filter(({ candidate, away }) => away <= 2 && away * 2 < candidate.length)
    .sort((a, b) => a.away - b.away);
  return near[0]?.candidate;
}
