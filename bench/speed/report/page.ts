import type { Results } from '../results.ts';
import type { Figures } from './figures.ts';
import { goalsTable } from './goals.ts';
import {
  acceptTables,
  bannerTable,
  callsTable,
  memoryTable,
  preferencesTables,
  processorTable,
  ratiosTable,
  transferTable,
} from './sections.ts';

const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n');

function whoIsThere({ contenders, absent }: Results): string {
  return list([
    ...contenders.filter(({ version }) => version).map(({ name, version }) => `${name} ${version}`),
    ...absent.map(({ name, reason }) => `${name}: left out. ${reason}`),
  ]);
}

const whatWentWrong = ({ problems }: Results) =>
  problems.length
    ? `What could not be measured in some round, and is missing from the numbers of that round:\n\n${list(problems)}`
    : 'Nothing that was to be measured went missing.';

/** `docs/performance.md`. */
export function performancePage(results: Results, figures: Figures): string {
  const { date, machine, chromium, node, rounds, minutes } = results;
  return `# What it costs a page

Written by \`npm run bench\` on ${date}. Don't edit it. \`npm run bench\` measures everything again and writes this page;
\`npm run bench -- --write\` only writes it, from bench/results/latest.json.

${rounds} rounds in ${Math.round(minutes)} minutes on ${machine}, ${chromium} without a screen or graphics processor, node ${node}.
In each round every contender is visited, one after the other and beginning with another one each time, so that what
disturbs the machine disturbs all of them. Numbers are medians, in brackets the smallest and the largest. Milliseconds where
nothing else is said. Points in the middle of a curve and 4x processor times of a whole visit are taken in every fourth round.

${whoIsThere(results)}

## The goals

We set them before anything was measured: the best that any of the others does, or better. docs/adr/0016 says what the ones that are out of
reach would cost.

${goalsTable(figures)}

The number in bold is the one that is held against the goal: bandeau as a script tag (README, quick start), or with the
starter of \`npx bandeau snippet\` where the way of loading matters and the starter was measured.

![Transfer](performance/transfer.svg)

![Banner visible](performance/banner.svg)

![Script](performance/script.svg)

![Accept](performance/accept.svg)

![Preferences](performance/preferences.svg)

## Beside the floor and the best peer

Each ratio is taken in its own round; the best peer is the one that was best in that round.

${ratiosTable(figures)}

## a. Transfer

Bodies of scripts and styles that the library makes the browser request, with an empty cache: the addresses are those that
the browser asked for, the sizes those of the server (gzip at level 9, brotli at 11). Requests after a plus are for
something else: a policy that is a file. The last column is what configuration, marks and inline code add to the page, brotli, beyond the ten held scripts.

${transferTable(figures)}

## b. Processor

Over the same page without a library (\`control\`), with five services and ten held scripts, from the moment at which the document begins until everything a
library does by itself is over. Script is what compiles or runs JavaScript (microtasks, listeners and timers included, and
what they make the browser do at once); main thread is all of its tasks. Both are time of the
processor, not of the clock, from a trace. First visits have an empty cache; returning ones have accepted, have the files in the HTTP cache, and
release ten scripts. Nothing of ours is in these pages.

${processorTable(figures)}

## c. The banner

From navigation until the button that accepts has a box inside of the window and is opaque, as is everything around it, looked at once in a frame.
Slow 4G is 150 ms for each request, 1.6 Mbit/s down, 750 kbit/s up. The largest paint of the page by itself is a picture of 50 kB.

${bannerTable(figures)}

## d. Accept

A click of a real mouse a quarter of a second after the banner is there (tarteaucitron: later, since it draws its buttons before these do anything). The time begins at the
time stamp of the click event. Held scripts are inline, so that no network is in it; the order of external ones is
tested with the first of them answered last.

${acceptTables(figures)}

## e. Preferences

${preferencesTables(figures)}

## f. Memory, and the first script of a returning visit

After a forced collection, over the page without a library. The last table begins in the head of the page, before
anything of the library, with its files in the HTTP cache.

${memoryTable(figures)}

## g. The core in node

${callsTable(results)}

## What is not there

${list([
  'No number of a real phone or network: throttling stretches what the processor does and delays answers, and does neither as hardware does.',
  'No interaction of the field: event durations are those of one click on an idle page. Chromium tells none below 16 ms, and rounds the others to 8.',
  'osano has neither categories nor preferences and holds no script; c15t knows categories only. Where a number would compare nothing it is missing.',
  'c15t is measured in its offline mode: with a server of its own it would wait for one more answer before it asks.',
  'osano fades its banner in for a second, and vanilla-cookieconsent for a quarter of one: it counts as visible when that is over.',
  'What a visit costs when the compiled code is in the cache of the browser as well: that takes several visits within days, which a fresh profile has not had.',
])}

${whatWentWrong(results)}
`;
}
