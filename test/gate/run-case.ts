import { isDeepStrictEqual } from 'node:util';
import type { Session } from '../support/engines.ts';
import { until } from '../support/processes.ts';
import type { Site } from '../support/servers.ts';
import { settled } from '../support/settled.ts';
import type { CasePage, Facts, GateCase, Outcome } from './case.ts';
import { control, type Library } from './library.ts';
import { NONCE } from './nonce.ts';
import type { Tracker } from './tracker.ts';

/** Where cases are played. */
export interface GateStage {
  readonly session: Session;
  readonly site: Site;
  readonly tracker: Tracker;
  /** How long a page has for what it should do. What it should not do is not waited for. @default 3000 */
  readonly patienceMs?: number;
}

/** What was seen in one phase. */
export interface Seen extends Outcome {
  /** Absent where the case compares none. */
  readonly fact?: unknown;
}

/** The phases of a case, in the order in which they are played. */
export const PHASES = [
  'before a choice',
  'after accept',
  'after withdrawal',
  'after withdrawal and reload',
  'after refuse',
  'after refuse and reload',
  'on a second page',
] as const;

export type Phase = (typeof PHASES)[number];
export type Played = Record<Phase, Seen>;

const NOTHING: Outcome = { reached: [], ran: [], stored: [] };

/** What the control has to show. Undefined where it is not compared. */
export function expectedUnmarked({ unmarked, released, leaks, facts }: GateCase): Seen | undefined {
  if (unmarked === 'not compared') return undefined;
  return withFact({ ...NOTHING, ...(unmarked ?? released ?? leaks) }, facts, 'control');
}

/** What every phase has to show. */
export function expectedOf({ leaks, released, withdrawn, facts }: GateCase): Played {
  const held: Outcome = { ...NOTHING, ...leaks };
  const accepted: Outcome = { ...held, ...released };
  // What ran has run, and the log begins anew: that nothing more happens is what counts.
  const taken: Outcome = { ...held, reached: [], ran: accepted.ran, ...withdrawn };
  return {
    'before a choice': withFact(held, facts, 'before'),
    'after accept': withFact(accepted, facts, 'accepted'),
    'after withdrawal': withFact(taken, facts, 'withdrawn'),
    'after withdrawal and reload': withFact(held, facts, 'before'),
    'after refuse': withFact(held, facts, facts && 'refused' in facts ? 'refused' : 'before'),
    'after refuse and reload': withFact(held, facts, 'before'),
    'on a second page': withFact(held, facts, 'before'),
  };
}

const withFact = (outcome: Outcome, facts: Facts | undefined, phase: keyof Facts): Seen =>
  facts && phase in facts ? { ...outcome, fact: facts[phase] } : { ...outcome };

let visits = 0;

/** A name that no visit had before, in this process and in its neighbours. */
const RECEIPT = 'choice_';
const newReceipt = (): string => `${RECEIPT}${process.pid}_${++visits}`;

/** Plays the page without a library and without marks: shows that the log sees what the marks would hold. */
export async function playUnmarked(stage: GateStage, one: GateCase): Promise<Seen | undefined> {
  const expected = expectedUnmarked(one);
  if (!expected) return undefined;
  const visit = openVisit(stage, one, control);
  await visit.open('/');
  const seen = await visit.see(expected);
  await visit.forget();
  return seen;
}

/**
 * Plays every phase of a case with a library.
 * @param goesOn is asked after each phase; the rest is left out after a no. @default always
 */
export async function playCase(
  stage: GateStage,
  one: GateCase,
  library: Library,
  goesOn: (phase: Phase, seen: Seen) => boolean = () => true,
): Promise<Partial<Played>> {
  const expected = expectedOf(one);
  const played: Partial<Played> = {};

  const visitor = async (steps: readonly [phase: Phase, act: (visit: Visit) => Promise<void>][]) => {
    const visit = openVisit(stage, one, library);
    for (const [phase, act] of steps) {
      await act(visit);
      const seen = await visit.see(expected[phase]);
      played[phase] = seen;
      if (!goesOn(phase, seen)) {
        await visit.forget();
        return false;
      }
    }
    await visit.forget();
    return true;
  };

  const isFinished = await visitor([
    ['before a choice', (visit) => visit.open('/')],
    ['after accept', (visit) => visit.decide('accept')],
    [
      'after withdrawal',
      (visit) => {
        stage.tracker.clear();
        stage.site.clear();
        return visit.decide('withdraw');
      },
    ],
    ['after withdrawal and reload', (visit) => visit.open('/')],
  ]);
  if (!isFinished) return played;
  await visitor([
    [
      'after refuse',
      async (visit) => {
        await visit.open('/');
        await visit.decide('reject');
      },
    ],
    ['after refuse and reload', (visit) => visit.reload()],
    ['on a second page', (visit) => visit.open('/second')],
  ]);
  return played;
}

type Visit = ReturnType<typeof openVisit>;

/** One visitor on the pages of one case. */
function openVisit(
  { session, site, tracker, patienceMs = 3000 }: GateStage,
  one: GateCase,
  library: Library,
) {
  const receipt = newReceipt();
  const base = `/${one.id}-${library.name}`;
  // One of an earlier visit may be for a domain or a path that `forget` does not know.
  const isReceipt = (name: string) => name.startsWith(RECEIPT) || library.isOwn(name);
  let load = '';

  /** Writes the page anew for one load, with addresses that no browser has in a cache. */
  const publish = (): CasePage => {
    load = `/v${++visits}`;
    const page = one.page({
      tracker: tracker.origin + load,
      origin: tracker.origin,
      own: load,
      held: (html, mark) => library.held(html, mark),
      heldText: (html, mark) => JSON.stringify(library.held(html, mark)).replaceAll('</', '<\\/'),
    });
    Object.assign(site.pages, library.files, page.files);
    for (const path of ['/', '/second']) {
      site.pages[base + path] = {
        body: documentOf(page, library.head(receipt, tracker.origin, NONCE)),
        headers: page.headers ?? {},
      };
    }
    for (const name of Object.keys(tracker.scripts)) delete tracker.scripts[name];
    Object.assign(tracker.scripts, page.scripts);
    tracker.clear();
    site.clear();
    return page;
  };
  let page = publish();

  const begun = async () => {
    await session.waitFor(library.isReady);
    const { act } = page;
    if (act) await session.evaluate(`(async () => { ${act} })()`);
  };

  const settle = () => session.evaluate(settled(tracker.origin));

  const look = async (wanted: Seen): Promise<Seen> => {
    const { ran, stored, fact } = await session.evaluate<{ ran: string[]; stored: string[]; fact: unknown }>(
      `(async () => {
        return {
          ran: window.__ran ?? [],
          stored: [
            ...document.cookie.split('; ').filter(Boolean).map((pair) => 'cookie ' + pair.split('=', 1)[0]),
            ...Object.keys(localStorage).map((key) => 'localStorage ' + key),
            ...Object.keys(sessionStorage).map((key) => 'sessionStorage ' + key),
          ],
          fact: await (${('fact' in wanted && page.fact) || 'null'}),
        };
      })()`,
    );
    const reached = [...tracker.requests, ...site.requests]
      .filter(({ url }) => url.startsWith(`${load}/`))
      .map(({ url }) => url.slice(load.length));
    return {
      reached: [...new Set(reached)].sort(),
      ran: one.anyOrder ? ran.sort() : ran,
      stored: stored.filter((line) => !isReceipt(line.slice(line.indexOf(' ') + 1))).sort(),
      ...('fact' in wanted ? { fact } : {}),
    };
  };

  return {
    async open(path: string) {
      page = publish();
      await session.goto(`${site.origin}${base}${path}`);
      await begun();
    },
    async reload() {
      page = publish();
      await session.reload();
      await begun();
    },
    async decide(how: 'accept' | 'reject' | 'withdraw') {
      const expression = library[how];
      if (library.reloads && how === 'withdraw') {
        await session.evaluate(`(() => {
          window.__isLeft = true;
          setTimeout(() => { ${expression}; });
        })()`);
        // One that had nothing to take back stays as it is.
        const isNew = `!window.__isLeft && document.readyState === 'complete'`;
        await session.waitFor(isNew, patienceMs).catch(() => {});
        await begun();
        return;
      }
      const { afterAccept = '', afterAcceptOnce } = how === 'withdraw' ? {} : page;
      if (!afterAcceptOnce) {
        await session.evaluate(`(async () => { await (${expression}); ${afterAccept} })()`);
        return;
      }
      await session.evaluate(`(async () => { await (${expression}); })()`);
      // What does not come after a yes is seen in what follows; after a no it should not.
      if (how === 'accept') await session.waitFor(afterAcceptOnce, patienceMs).catch(() => {});
      else await settle();
      await session.evaluate(`(async () => { ${afterAccept} })()`);
    },
    async see(wanted: Seen): Promise<Seen> {
      // What should happen is waited for, and compared by the caller; what should not has the time of `settled`.
      if (!isDeepStrictEqual(wanted, NOTHING)) {
        const isThere = async () => isDeepStrictEqual(await look(wanted), wanted);
        await until(() => one.title, patienceMs, isThere).catch(() => {});
      }
      await settle();
      return look(wanted);
    },
    /** Leaves nothing behind for the next visit. */
    async forget() {
      await session.evaluate(`(() => {
        for (const pair of document.cookie.split('; ')) {
          document.cookie = pair.split('=', 1)[0] + '=; max-age=0; path=/';
        }
        localStorage.clear();
        sessionStorage.clear();
      })()`);
    },
  };
}

const documentOf = ({ beforeLibrary = '', head = '', body = '' }: CasePage, libraryHead: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>case</title>
  <link rel="icon" href="data:,">${beforeLibrary}${libraryHead}${head}</head>
  <body><main><h1>Case</h1></main>${body}</body></html>`;
